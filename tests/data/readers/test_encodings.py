"""Files that do not say their encoding: names come back as they were written."""

from __future__ import annotations

import pytest

from data.readers.encodings import encoding_of
from data.readers.other_readings import encoding_note

GERMAN = ["Müller", "Größe GmbH", "Jäger & Söhne", "Köln AG"]
FRENCH = ["François", "Société Générale", "Élysée", "Hôtel Crillon"]
SPANISH = ["Muñoz", "José Peña", "Compañía López"]
NORDIC = ["Østergård", "Søren", "Århus"]
POLISH = ["Łódź", "Kraków", "Wrocław", "Spółka Akcyjna"]
CZECH = ["Dvořák", "Novák", "Škoda", "Příbram"]
HUNGARIAN = ["Győr", "Kovács Bőr", "Szűcs"]
RUSSIAN = ["Иванов", "ООО Ромашка", "Петров и сыновья"]

# | encoding | names
WRITTEN = [
    *[
        pytest.param(encoding, names, id=f"{encoding}-{names[0]}")
        for encoding in ("cp1252", "iso8859-15", "cp850", "mac_roman")
        for names in (GERMAN, FRENCH, SPANISH, NORDIC)
    ],
    *[
        pytest.param(encoding, names, id=f"{encoding}-{names[0]}")
        for encoding in ("cp1250", "iso8859-2", "cp852")
        for names in (POLISH, CZECH)
    ],
    *[
        pytest.param(encoding, RUSSIAN, id=encoding)
        for encoding in ("cp1251", "koi8-r", "iso8859-5", "cp866")
    ],
    pytest.param("cp1252", ["Müller"], id="one-name"),
    pytest.param("cp850", ["Müller"], id="one-name-of-dos"),
    pytest.param("cp1252", ["Müller", *["Alder"] * 300], id="one-name-of-many"),
    pytest.param("cp1252", ["MÜLLER", "KÖLN"], id="capitals"),
    pytest.param("cp1252", ["Müller", "François", "Muñoz", "Søren"], id="several-languages"),
    pytest.param("cp1252", ["São Paulo", "Conceição", "Ações"], id="portuguese"),
    pytest.param("cp1252", ["Caffè Perù", "Città"], id="italian"),
    pytest.param("cp1252", ["Þórður Guðjónsson", "Jón"], id="icelandic"),
    pytest.param("cp1252", ["Alder £5", "Birch €7"], id="signs"),
    pytest.param("cp1252", ["Alder’s", "Birch – “Co”"], id="quotes"),
    pytest.param("iso8859-15", ["Müller €5"], id="euro"),
    pytest.param("cp1250", HUNGARIAN, id="hungarian"),
    pytest.param("cp1250", ["Timişoara", "Iaşi", "Constanţa"], id="romanian"),
    pytest.param("cp1254", ["Işık", "Şahin", "Güneş"], id="turkish"),
    pytest.param("cp1257", ["Žemaitė", "Šiauliai", "Ąžuolas"], id="lithuanian"),
    pytest.param("cp1253", ["Παπαδόπουλος", "Αθήνα"], id="greek"),
    pytest.param("cp1255", ["שלום", "כהן"], id="hebrew"),
    pytest.param("cp1251", ["Иванов"], id="one-russian"),
    pytest.param("gbk", ["张三", "上海公司"], id="chinese"),
    pytest.param("gbk", ["张三", *["Alder"] * 300], id="one-chinese"),
    pytest.param("big5", ["台灣公司", "張三"], id="traditional"),
    pytest.param("cp932", ["株式会社山田", "東京"], id="japanese"),
]


@pytest.mark.parametrize(("encoding", "names"), WRITTEN)
def test_letters_within_words_tell_the_encoding(encoding: str, names: list[str]) -> None:
    lines = [f"O-{at},2026-03-01,{name},Ann Vale,{100 + at}" for at, name in enumerate(names)]
    text = "\n".join(["Order ID,Order Date,Customer,Sales Rep,Amount", *lines])
    raw = text.encode(encoding)
    assert raw.decode(encoding_of(raw)[0]) == text


def said(encoding: str, names: list[str]) -> dict[str, object]:
    rows = [f"O-{at},{name},{100 + at}" for at, name in enumerate(names)]
    raw = "\n".join(["Order ID,Customer,Amount", *rows]).encode(encoding)
    note = encoding_note(encoding_of(raw)[0], raw)
    return {"code": note.code, **dict(note.params)}


@pytest.mark.parametrize(
    ("encoding", "names", "word", "row"),
    [
        pytest.param("cp1252", ["Alder", "Muñoz"], "Muñoz", 3, id="spanish-or-polish"),
        pytest.param("cp1252", ["Alder", "Birch", "Hélène"], "Hélène", 4, id="french-or-czech"),
        pytest.param("cp1250", ["Alder", "Řehoř"], "Øehoø", 3, id="czech-read-as-danish"),
        pytest.param("cp1252", ["Müller", "Köln", "Jäger", "B²Bø¢"], "B²Bø¢", 5, id="no-word"),
    ],
)
def test_where_letters_may_be_others_a_row_with_them_is_shown(
    encoding: str, names: list[str], word: str, row: int
) -> None:
    note = said(encoding, names)
    assert (note["code"], note["word"], note["row"]) == ("encoding_doubt", word, row)


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        pytest.param("cp1252", GERMAN, id="german"),
        pytest.param("cp1252", FRENCH, id="french"),
        pytest.param("cp1250", POLISH, id="polish"),
        pytest.param("cp1251", RUSSIAN, id="russian"),
        pytest.param("gbk", ["张三", "上海公司"], id="chinese"),
    ],
)
def test_where_the_words_are_beyond_doubt_nothing_more_is_said(
    encoding: str, names: list[str]
) -> None:
    assert said(encoding, names)["code"] == "encoding"


KOREAN = ["삼성전자", "현대자동차", "김철수", "이영희", "서울특별시", "대한민국", "롯데백화점"]
JAPANESE = ["東京電力", "株式会社トヨタ", "カメラのキタムラ", "ソニー", "佐藤商店", "ヤマダ電機"]
THAI = ["บริษัทไทย", "สมชาย", "กรุงเทพ", "เชียงใหม่", "ลูกค้า", "ปูนซิเมนต์"]
ARABIC = ["شركة النيل", "محمد", "القاهرة", "أحمد علي", "الرياض", "دبي"]
CHINESE = ["张三", "阿里巴巴", "包钢股份", "保定长城", "北京百度", "安徽海螺", "广东美的", "大连港"]


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        pytest.param("cp949", KOREAN, id="korean"),
        pytest.param("euc_jp", JAPANESE, id="japanese-euc"),
        pytest.param("cp932", JAPANESE, id="japanese"),
        pytest.param("cp874", THAI, id="thai"),
        pytest.param("cp1256", ARABIC, id="arabic"),
        pytest.param("koi8_r", ["Иванов", "Петров", "Москва"], id="three-russians-in-koi8"),
        pytest.param("gbk", CHINESE, id="chinese"),
        pytest.param("mac_roman", ["Müller", "Göbel"], id="mac"),
        pytest.param("cp852", ["Dvořák", "Černý", "Nováková"], id="dos-czech"),
    ],
)
def test_other_scripts_are_not_read_as_chinese_or_russian(encoding: str, names: list[str]) -> None:
    text = "\n".join(["Order ID,Customer", *(f"{at},{name}" for at, name in enumerate(names))])
    raw = text.encode(encoding)
    assert raw.decode(encoding_of(raw)[0]) == text


@pytest.mark.parametrize(
    ("encoding", "names", "right"),
    [
        pytest.param("cp949", KOREAN[:3], "0,삼성전자,100", id="few-korean-names"),
        pytest.param("cp1250", ["Alder", "Řehoř"], "1,Řehoř,101", id="czech-or-danish"),
        pytest.param("cp1252", ["Alder", "Muñoz"], "1,Muñoz,101", id="spanish-or-polish"),
        pytest.param("cp1251", ["Alder", "Ёж"], "1,Ёж,101", id="russian"),
        pytest.param("mac_roman", ["Alder", "Muñoz"], "1,Muñoz,101", id="mac"),
        pytest.param("cp852", ["Řehoř", "Kačer"], "0,Řehoř,100", id="dos-czech"),
        pytest.param("koi8_r", ["Ёж", "Юг"], "0,Ёж,100", id="koi8"),
    ],
)
def test_the_right_reading_of_a_doubtful_row_is_among_those_shown(
    encoding: str, names: list[str], right: str
) -> None:
    rows = [f"{at},{name},{100 + at}" for at, name in enumerate(names)]
    raw = "\n".join(["Order ID,Customer,Amount", *rows]).encode(encoding)
    own, _mark = encoding_of(raw)
    note = encoding_note(own, raw)
    shown: dict[str, str] = dict(dict(note.params).get("readings", ()))  # type: ignore[call-overload]
    if note.code == "encoding_doubt":
        assert right in shown.values() and next(iter(shown)) == own
    else:
        assert raw.decode(own) == raw.decode(encoding)
