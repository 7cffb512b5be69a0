"""Detect the encoding of a text file, and transcode it to UTF-8.

>>> encoding_of("客户,金额".encode("gbk"))
('gb18030', 0)
"""

from __future__ import annotations

import codecs
import re
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import pyarrow as pa

from data.layout.sheet import Note
from data.readers import scripts, single_byte
from domain.errors import FileError

_BOMS = (
    (codecs.BOM_UTF8, "utf8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAMPLE = 1 << 18
# Two bytes of the everyday half of GB2312; western accents stand alone between letters.
_COMMON_HANZI = re.compile(rb"[\xa1-\xa9\xb0-\xd7][\xa1-\xfe]")
# Level 1 of Big5, the 5,401 everyday characters: their first byte is never above 0xC6.
_COMMON_BIG5 = re.compile(rb"[\xa1\xa4-\xc6][\x40-\x7e\xa1-\xfe]")
# Phonetic signs, Armenian and rare Cyrillic, which two bytes of GB18030 look like as UTF-8.
_UNUSUAL = re.compile("[\u0180-\u02af\u0370-\u0377\u0500-\u058f\u0600-\u0605\u0700-\u07ff]")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1e]")
# Words, but not what stands beside a digit, if it is no sign of a currency: there are 元 and 月.
_WORD = re.compile(
    rb"(?<![0-9A-Za-z\x80-\xff])(?:[A-Za-z'\x80-\xff]+(?![0-9A-Za-z\x80-\xff])|[\x80\xa3-\xa5])"
)
# The share of words that must make sense, and how many words are enough to tell.
_BEYOND_DOUBT, _SENSE, _WORDS = 0.9, 0.7, 500
# Pages of DOS, of old Macintoshes and of printers, which no program of today writes.
_OLD_PAGE = re.compile(r"cp[478]\d\d$|cp1(006|125)$|mac_|hp_|johab|latin_1|iso8859|ptcp|kz1048")
_CHUNK = 1 << 24


def encoding_of(raw: bytes) -> tuple[str, int]:
    """Return the name of the encoding and the length of the byte-order mark.

    "utf-8" is valid from end to end, "utf8" may not be. Of a large file only a part is
    examined, except for the check whether it is UTF-8.
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return encoding, len(bom)
    # Zeros between letters would be valid UTF-8.
    if wide := _two_byte_ascii(raw[:SAMPLE]):
        return wide, 0
    if _is_utf8(raw):
        return ("gb18030" if _by_chance_utf8(raw[:SAMPLE]) else "utf-8"), 0
    return _guess(telling(raw)), 0


def transcoded(raw: bytes, encoding: str) -> tuple[bytes, list[Note]]:
    """Transcode `raw` to UTF-8, with notes; raises FileError("unreadable_text")."""
    refuse_control(raw[:SAMPLE].decode(encoding, errors="replace"))
    notes: list[Note] = []
    sound = encoding == "utf-8" or (encoding == "utf8" and _is_utf8(raw))
    # Searching one byte is many times faster than searching three.
    if sound and not (b"\xef" in raw and b"\xef\xbf\xbd" in raw):
        return raw, notes
    body = b"".join(
        part.decode(encoding, errors="replace").encode("utf-8", errors="replace")
        for part in _parts(raw, encoding)
    )
    if broken := body.count(b"\xef\xbf\xbd"):
        if broken * 10 > len(body):
            raise FileError("unreadable_text")
        line = body.count(b"\n", 0, body.index(b"\xef\xbf\xbd")) + 1
        notes.append(Note.of("broken_characters", count=broken, row=line))
    return body, notes


def refuse_control(sample: str) -> None:
    """Raise FileError("unreadable_text") for what is no text in any encoding."""
    if len(_CONTROL.findall(sample)) > len(sample) // 100:
        raise FileError("unreadable_text")


def _parts(raw: bytes, encoding: str) -> list[bytes]:
    """Split after line ends, which are part of no other character; wide encodings stay whole."""
    if encoding.startswith(("utf-16", "utf-32")) or len(raw) <= _CHUNK:
        return [raw]
    parts, start = [], 0
    while start < len(raw):
        end = raw.find(b"\n", start + _CHUNK)
        end = len(raw) if end < 0 else end + 1
        parts.append(raw[start:end])
        start = end
    return parts


def _is_utf8(raw: bytes) -> bool:
    """Validate with Arrow, four times as fast as decoding in Python, in two threads."""
    middle = raw.find(b"\n", len(raw) // 2) + 1 if len(raw) > _CHUNK else 0
    whole = pa.py_buffer(raw)
    with ThreadPoolExecutor(2) as parts:
        return all(parts.map(_sound, [whole.slice(0, middle), whole.slice(middle)]))


def _sound(part: pa.Buffer) -> bool:
    ends = pa.array([0, part.size], pa.int64()).buffers()[1]
    try:
        pa.Array.from_buffers(pa.large_binary(), 1, [None, ends, part]).cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _by_chance_utf8(sample: bytes) -> bool:
    """Return whether Chinese bytes happen to be valid UTF-8: a lone 元 is an unusual letter."""
    beyond = {letter for letter in sample.decode("utf-8", errors="ignore") if letter > "\x7f"}
    if not beyond or not all(map(_UNUSUAL.match, beyond)):
        return False
    return _written_in_chinese(sample)


def telling(raw: bytes) -> bytes:
    """Return the head of the bytes, or what follows the first byte beyond ASCII."""
    first = _HIGH.search(raw)
    start = 0 if first is None or first.start() < SAMPLE // 2 else first.start()
    start = raw.rfind(b"\n", 0, start) + 1 if start else 0
    end = raw.find(b"\n", start + SAMPLE)
    return raw[start:] if end < 0 else raw[start : end + 1]


def _guess(sample: bytes) -> str:
    """Guess the encoding of bytes that are not valid UTF-8 and have no mark."""
    high = len(_HIGH.findall(sample))
    if sample.decode("utf-8", errors="replace").count("\ufffd") * 20 < high:
        return "utf8"  # but for a few bytes, which were broken on the way
    words = words_of(sample)
    if _written_in_chinese(sample):
        return scripts.certain(words) or "gb18030"
    read = single_byte.best(words)
    if words and read.share >= _BEYOND_DOUBT:
        return read.encoding
    if 1.2 * len(_COMMON_BIG5.findall(sample)) > 0.6 * high and _big5(sample):
        return "big5hkscs"
    if words and read.share >= _SENSE:
        return read.encoding
    if script := scripts.thai_or_arabic(words):
        return script
    import charset_normalizer  # rarely needed, and slow to import

    guess = charset_normalizer.from_bytes(_high_lines(sample)).best()
    known = guess is not None and not _OLD_PAGE.match(guess.encoding)
    return guess.encoding if guess and known else read.encoding if words else "cp1252"


def words_of(sample: bytes) -> list[bytes]:
    """Return distinct words with bytes beyond ASCII."""
    words = (word for word in _WORD.findall(sample) if _HIGH.search(word))
    return list(islice(dict.fromkeys(words), _WORDS))


def _written_in_chinese(sample: bytes) -> bool:
    high = len(_HIGH.findall(sample))
    common = 2 * len(_COMMON_HANZI.findall(sample))
    return common > 0.6 * high and _sensible(sample, "gb18030")


def _sensible(sample: bytes, encoding: str) -> bool:
    """Return whether the bytes make sense as Chinese: Big5 in GB18030 has private characters."""
    text = sample.decode(encoding, errors="replace")
    odd = sum(1 for letter in text if "\ue000" <= letter <= "\uf8ff" or letter == "\ufffd")
    return odd * 100 <= len(text)


def _big5(sample: bytes) -> bool:
    """Return whether the bytes are runs of Chinese in Big5, not accents between letters."""
    text = sample.decode("big5hkscs", errors="replace")
    hanzi = sum(1 for letter in text if "\u4e00" <= letter <= "\u9fff")
    runs = len(re.findall("[\u4e00-\u9fff]{2,}", text))
    return _sensible(sample, "big5hkscs") and hanzi > 0 and runs * 3 >= hanzi // 4


def _high_lines(raw: bytes) -> bytes:
    """Return the lines with bytes beyond ASCII, which decide."""
    lines = (line for line in raw[: 1 << 22].splitlines() if _HIGH.search(line))
    return b"\n".join(islice(lines, 500))


def _two_byte_ascii(sample: bytes) -> str:
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 5 > even:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) // 5 > odd else ""
