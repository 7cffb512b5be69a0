"""List the words for totals in languages beside Chinese, English, German, French and Spanish.

`SURE_WORDS` can hardly be anything but a label; `PLAIN_WORDS` may be a name. Both are expressions
without regard to case, of which `data.layout.total_words` makes its own.
"""

from __future__ import annotations

SURE_WORDS = (
    r"총합계|전체 ?합계|총계|소계|누계|総合計|総計|総額|小計|累計"
    r"|รวมทั้ง(?:หมด|สิ้น)|ผลรวม(?:ทั้งหมด)?|ยอดรวม(?:ทั้งหมด|ย่อย)?|รวมย่อย"
    r"|tổng (?:cộng|số|phụ|tiền|kết)|cộng dồn|(?:genel|ara) toplam"
    r"|suma (?:total[ăa]|częściowa|końcowa|całkowita|ogółem)|łącznie|razem ogółem"
    r"|celkový součet|mezisoučet|medzisúčet|celkov[áý] (?:suma|súčet|částka)"
    r"|végösszeg|részösszeg|mind ?összesen|суб-?итог|подытог|общая сумма"
    r"|(?:γενικ[όο]|μερικ[όο]|τελικ[όο]) σ[ύυ]νολο|(?:ال)?مجموع (?:الكلي|الفرعي|العام)"
    r"|(?:ال)?[إا]جمالي (?:الكلي|العام|الفرعي)|סך ה?כו?ל|סיכום ביניים|कुल योग|उप[ -]?योग"
    r"|(?:total|jumlah) keseluruhan|jumlah (?:total|besar)|grand jumlah"
    r"|delsumma|totalsumma|hovedtotal|totalsum|delsum|sum totalt|samlet (?:sum|total)"
    r"|välisumma|loppusumma|kokonaissumma|kaikki yhteensä"
    r"|(?:загальний|проміжний) підсумок|загальна сума|усього разом"
    r"|(?:importo|totale|valore) complessivo|importo totale|importe total|(?:suma|monto) total"
    r"|valor total|montant total|somme totale|totaalbedrag|gesamtbetrag|sum total|total amount"
)
PLAIN_WORDS = (
    r"합계|총합|요약|集計|รวม|tổng|cộng|ogółem|celkem|součet|spolu|súčet|összesen|összesítés"
    r"|итог|σ[ύυ]νολο|άθροισμα|(?:ال)?مجموع|(?:ال)?[إا]جمالي|סה[\"״”']{0,2}כ|סיכום|कुल|योग|jumlah"
    r"|summa|totalt|i ?alt|samlet|yhteensä|разом|усього|всього|підсумок|общо|ukupno|skupaj|укупно"
    r"|iš viso|kopā|kokku|insgesamt|complessivo|somma"
)
# What Arrow searches for; its letters are simple ones, of any case.
MAYBE = (
    r"합계|총합|총계|소계|누계|요약|総額|集計|รวม|tổng|cộng|łącznie|ogółem|celk|souč|spolu|súč|összes|összeg"
    r"|подытог|сумма|σ[ύυ]νολο|άθροισμα|somma|مجموع|جمالي|סה|סך|סיכום|कुल|योग|jumlah|totalt"
    r"|\bi ?alt\b|samlet|yhteens"
    r"|разом|усього|всього|підсум|сума|общо|ukupno|skupaj|укупно|iš viso|kop|kokku|complessivo"
    r"|insgesamt"
)
