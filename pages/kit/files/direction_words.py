"""Words of the question what a kind of document does with its amounts.

>>> sentence(_, question)                                            # doctest: +SKIP
'what does “Correction” do with the amount?'
"""

from __future__ import annotations

from data.cleaning.summary import Question
from data.staging import not_sales
from data.values.directions import ADDS, direction, document_of
from pages.kit.i18n.numbers import escaped
from pages.kit.i18n.words import Words


def sentence(_: Words, question: Question) -> str:
    """Return the question as markdown."""
    if not_sales.says_so(question.about):
        return _(
            "“{word}” may say that this list is one of purchases, of quotes or of stock. Are "
            "these amounts sales?",
            word=escaped(question.about),
        )
    # What is known to be a sale is asked about beside another document of the same sale.
    if document_of(question.about) and direction(question.about) == ADDS:
        return _(
            "“{word}” stands in this list beside invoices or deliveries. If they are of the same "
            "sales, both would count each sale twice. Do these amounts count as well?",
            word=escaped(question.about),
        )
    return _("what does “{word}” do with the amount?", word=escaped(question.about))
