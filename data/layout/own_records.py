"""Tell records without a number from the further lines of a document.

    >>> cells = pa.table({"0": ["S1", None, None], "1": ["Acme", "Acme", "Bolt"]})
    >>> own_records(cells, ["Order No", "Customer"], [0]).to_pylist()
    [True, False, True]

A further line leaves the customer, the rep and the day of its document blank, or repeats them. A
row that has others is a record of its own, and the number above it is not its number.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import kind
from data.values.amount_words import role
from data.values.header_text import normalise

_SAMPLE = 500
_MOSTLY = 0.95
_DAYS = ("date", "period")
_NUMBERED = re.compile(r"[^\s\d]*+\d\S*+")
_NUMBER = re.compile(
    r"\b(?:no|nr|num|number|id|nummer|numéro|numero|número|n°)\b\.?|nummer$|番号|번호|номер"
)
_CUSTOMER = re.compile(
    r"\b(?:customer|client|account|buyer|company|organi[sz]ation|sold to|bill to|guest|patient)\b"
    r"|\bkunden?(?:name)?\b|\b(?:firma|auftraggeber|debitor|client[ei]?|acheteur|comprador|klant"
    r"|klient|nabywca|kontrahent|müşteri|zákazník|odběratel|vevő|ügyfél|kund|asiakas|pelanggan"
    r"|khách hàng|клиент|покупатель|заказчик|клієнт|покупець|πελάτης)\b"
    r"|客户|客戶|顾客|顧客|买家|買家|买方|買方|购货单位|购买方|单位名称|往来单位|公司名称|甲方|会员"
    r"|得意先|取引先|고객|거래처|ลูกค้า|عميل|לקוח|ग्राहक"
)
_REP = re.compile(
    r"\b(?:rep|reps|sales ?(?:person|man|agent|representative)|seller|sold by|owner"
    r"|account (?:manager|executive)|verkäufer(?:in)?|vertreter|vertriebler|kundenbetreuer"
    r"|commercial|vendeu[rs]e?|vendedora?|comercial|venditore|verkoper|handlowiec|sprzedawca"
    r"|продавец|менеджер)\b"
    r"|销售[员姓代顾经人]|^销售$|业务员|業務員|业务代表|业务人员|客户经理|负责人|跟单员|担当者|담당자|영업"
)
# What has one number each; products and lines are numbered, too, but are no records.
_RECORD = re.compile(
    r"\b(?:order|invoice|contract|deal|opportunity|quote|receipt|transaction|payment|ticket|lead)\b"
    r"|auftrag|bestell|rechnung|beleg|vertrag|commande|facture|contrat|pedido|factura|ordine"
    r"|fattura|bestelling|zamówieni|faktur|заказ|договор|счет|счёт"
    r"|订单|訂單|单号|單號|合同|发票|發票|商机|交易|流水|线索|注文|受注|請求|契約|주문|계약"
)
# Every line of a document may be delivered, due or paid on another day.
_OF_LINE = re.compile(
    r"deliver|ship|due|expir|expected|promis|paid|pay|receipt|start|end\b|liefer|fällig|versand|zahl"
    r"|livr|échéance|expéd|paie|entrega|envío|vencim|pago|consegna|scadenza|pagam"
    r"|交货|交付|发货|到货|送货|出货|到期|有效|截止|付款|收款|回款|到账|开始|结束|納期|出荷|入金|납기|배송"
)
_TIME = r"[T ,]+\d{1,2}:\d{2}.*$"


def own_records(table: pa.Table, header: Sequence[str], parents: Collection[int]) -> pa.Array:
    """Return for each row whether it has a customer, a rep or a day of its own.

    `parents` are the columns whose blanks would be filled. Where these have the customer, a day
    says nothing: the payments of a contract are of several.
    """
    customers = [at for at in range(len(header)) if _CUSTOMER.search(normalise(header[at]))]
    telling = [at for at in customers if at not in parents and not _is_number(header[at])]
    if len(telling) == len(customers):
        telling += [
            at for at in range(len(header)) if at not in parents and _tells(table, header, at)
        ]
    nothing = pa.array([False] * table.num_rows)
    return reduce(pc.or_, (_differs(table.column(at)) for at in telling), nothing)


def numbers_records(table: pa.Table, header: Sequence[str], at: int) -> bool:
    """Return whether a column has the numbers of documents: named so, or codes that differ."""
    if _is_number(header[at]):
        return True
    cells = [cell.strip() for cell in table.column(at).slice(0, _SAMPLE).to_pylist() if cell]
    coded = [cell for cell in cells if _NUMBERED.fullmatch(cell) and kind(cell) not in _DAYS]
    return len(coded) >= _MOSTLY * len(cells) and len(set(cells)) >= _MOSTLY * len(cells)


def has_own_numbers(table: pa.Table, header: Sequence[str], parents: Collection[int]) -> bool:
    """Return whether each row has the number of an order, a deal or another record of its own."""
    return any(
        _RECORD.search(normalise(header[at]))
        and not table.column(at).null_count
        and numbers_records(table, header, at)
        and len(pc.unique(table.column(at))) == table.num_rows
        for at in range(len(header))
        if at not in parents
    )


def _is_number(header: str) -> bool:
    return role(header) == "id" or bool(_NUMBER.search(normalise(header)))


def _tells(table: pa.Table, header: Sequence[str], at: int) -> bool:
    """Return whether a column has the reps of documents, or their days."""
    name = normalise(header[at])
    if _REP.search(name):
        return not _is_number(header[at])
    cells = [cell for cell in table.column(at).slice(0, _SAMPLE).to_pylist() if cell]
    days = sum(kind(cell) == "date" for cell in cells)
    return days * 2 > len(cells) and not _OF_LINE.search(name)


def _differs(column: pa.ChunkedArray) -> pa.Array:
    """Return for each row whether its cell is filled and is not the one above it."""
    texts = pc.replace_substring_regex(column.cast(pa.string()), _TIME, "").combine_chunks()
    above = pc.fill_null_forward(texts).slice(0, max(0, len(texts) - 1))
    above = pa.concat_arrays([pa.array([None], pa.string()), above])
    return pc.and_(pc.is_valid(texts), pc.fill_null(pc.not_equal(texts, above), True))
