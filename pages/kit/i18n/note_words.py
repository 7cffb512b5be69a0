"""What each problem, reason and note of an import says."""

from __future__ import annotations

from domain.tables import N_


def NN_(singular: str, more: str) -> tuple[str, str]:
    """Marks a sentence that is stored in a table in two forms, for one and for more."""
    return singular, more


# Why a value or a row was not taken as it stood.
PROBLEMS: dict[str, str] = {
    "missing_key": N_("the row has no number or name to identify it"),
    "only_a_name": N_("the row has nothing but a name"),
    "unreadable_date": N_("not a date"),
    "unreadable_number": N_("not a number"),
    "missing_amount": N_("the amount is blank"),
    "missing_date": N_("the date is blank"),
    "negative_target": N_("a target below zero; it does not count"),
    "id_lost_digits": N_("a spreadsheet has cut digits off this number; it identifies nothing"),
    "no_number": N_("no number, only a sign that there is none; the row stands by itself"),
    "without_number": N_("rows have no number here; each counts as an order of its own"),
    "unknown_word": N_("an unknown value in this column"),
    "known_newer": N_("older than what a newer export already brought"),
    "gave_way": N_("replaced by a newer version of the list in the same upload"),
    "same_key_again": N_("the same number appears again; the last row counts"),
    "other_row_holds": N_("another row of the same person holds"),
    "counts_elsewhere": N_("the same record counts as it came in another file"),
    "not_counted": N_("the row does not count, as you said"),
    "left_by_word": N_(
        "has left according to this column, which has no dates: taken as gone the day before the "
        "list; months before keep the team"
    ),
    "state_unknown": N_(
        "nobody knows whether this says that somebody has left; taken as still here"
    ),
    "question_open": N_("waiting for your answer to a question"),
    "no_name": N_("says that the name is missing, and is read as blank"),
    "minus_one_means_none": N_("−1 means “no amount” here and is read as blank"),
    "unit_in_header": N_("the header states a unit; amounts were multiplied by it"),
    "unit_as_answered": N_("amounts were multiplied by the unit you chose"),
    "order_as_beside": N_("the order of day and month follows another column"),
    "mark_as_beside": N_("the decimal separator follows another column"),
    "thai_years": N_("years of the Thai calendar: 2569 is 2026"),
    "minguo_years": N_("years of the Republic of China calendar: 115 is 2026"),
    "weeks_in_months": N_(
        "weeks are ISO weeks, Monday to Sunday; a week in two months is split by its days"
    ),
    "weeks_in_part": N_("only some weeks of these months have a target"),
    "fiscal_in_months": N_("targets of fiscal periods, split over their months by days"),
    "currency_by_sign": N_("the currency follows the signs or the header"),
    "shares_do_not_sum": N_("the shares of this order do not add up to 100%"),
    "unknown_status": N_("unknown status; the row still counts"),
    "month_as_day": N_("a month without a day, taken as the first of the month"),
    "sign_elsewhere": N_("credit notes and returns, counted as negative amounts"),
    "budget_not_spend": N_("rows of a budget, counted as budget and not as spend"),
    "paid_already": N_("paid by their status: nothing is owed of them any more"),
    "returned_twice": N_("returned orders with a negative line too, taken back once"),
    "department_moved": N_(
        "another department than in earlier files: the rep is in the new team from the day given; "
        "without one, for all days"
    ),
    "team_mixed": N_(
        "several departments at the same time: the one with most rows is the team of all their days"
    ),
    "department_of_rows": N_(
        "differs from row to row for the same rep: no team is taken from this column"
    ),
    "order_unknown": N_("a return of an order that is not known"),
    "returned_more": N_("more came back than was sold in this order"),
    "returned_before": N_(
        "this order was cancelled or has negative lines of its own: nothing is taken off besides"
    ),
    "refund_taken_off": N_(
        "the orders' own file has taken off what was given back: the list of returns takes off "
        "nothing more"
    ),
    "same_day_export": N_(
        "another export of the same day was imported before, and no time says which is newer: the "
        "one imported last counts"
    ),
    "otherwise_in_drop": N_(
        "another file of this upload has these records with other amounts or statuses, and nothing "
        "says which is newer: this file counts, as it was read last. The other file, and how many "
        "records"
    ),
    "number_shared": N_(
        "numbers that stand for different customers on different days, counted as one order each: "
        "their amounts all count, but the number of orders is too low if they are different ones. "
        "The first of them, and how many"
    ),
    "older_currency": N_(
        "amounts changed by this file, which has no currency: they keep the currency of the "
        "earlier file. If they are in another one, add a column for it and import the file again"
    ),
    "level_unknown": N_(
        "targets of a level that is not known, so they count in no figure: level, rows, sum. Name "
        "the level company, team, region or rep to have them count"
    ),
    "targets_stand": N_(
        "targets of an earlier list that this one does not have, so they still count: names, "
        "number, sum"
    ),
    "total_differs": N_(
        "the total in the file is not the sum of its rows, as after a filter or where rows were "
        "taken out or added: total, rows, difference"
    ),
    "late_currency": N_(
        "amounts of a newer file without a currency: they are now taken to be in the one that this "
        "older file names. If they are in another one, add a column for it and import them again"
    ),
    "record_void": N_("void or out by its status in the source system"),
    "void_as_cancelled": N_("void in the source system; kept as cancelled and not counted"),
    "record_deleted": N_("deleted in the source system"),
    "added_up": N_("added to another row of the same key"),
    "total_of_rows": N_("the total of the other rows"),
    "about_others": N_("a sum, a statistic or a target below the records, and none of them"),
    "target_is_share": N_("a percentage, and no amount that could be reached"),
    "other_target": N_("another kind of target than the one that counts"),
    "target_of_group": N_(
        "targets of the company, a team or a manager, kept as theirs and not added to the people's"
    ),
    "not_a_sale": N_("no sale: a payout, an expense, a purchase or a quote"),
    "older_version": N_("an older version of this document"),
    "record_pending": N_("not in force in the source system, e.g. not yet approved"),
    "day_unclear": N_("11.1 may be the 1st or the 10th: Excel drops the final zero of 11.10"),
    "date_far_ahead": N_("a date years later than the others in its column, probably a typo"),
    "date_far_back": N_("a date decades before the others in its column: a typo, or no date"),
    "number_too_large": N_("the number is implausibly large"),
}
# Why a row that was imported is not in a figure.
LEFT_OUT: dict[str, str] = {
    "cancelled": N_("cancelled or not in force"),
    "returned": N_("returned"),
    "not_won": N_("not won (yet)"),
    "no_date": N_("no date"),
    "no_amount": N_("no amount"),
    "other_currency": N_("in another currency"),
}
# What was noticed while a sheet was read; {…} comes from the note itself. Two forms where it
# counts, for one and for more; {where} is its "rows" as "row 3" or "rows 3, 5".
NOTES: dict[str, str | tuple[str, str]] = {
    "encoding": N_("The text was read as {encoding}; check a few names below."),
    "encoding_doubt": N_(
        "The file does not say how its letters are stored. Read as {encoding}, row {row} has "
        "“{word}”. If that is wrong, choose another reading, or save the file as UTF-8 and add "
        "it again."
    ),
    "broken_characters": NN_(
        "{count} character in the file is damaged, in row {row}.",
        "{count} characters in the file are damaged, first in row {row}.",
    ),
    "quotes_ignored": N_("Unclosed quotation marks in the file were read as text."),
    "ragged_rows": NN_(
        "{count} row has too many or too few columns: row {row}.",
        "{count} rows have too many or too few columns, first in row {row}.",
    ),
    "column_without_header": N_("Column {column} has no name."),
    "duplicate_header": N_("Two columns are named “{header}”."),
    "text_named_as_workbook": N_(
        "The file name ends in {suffix} but the content is text; it was read as text."
    ),
    "workbook_named_otherwise": N_(
        "The file name ends in {suffix} but the content is an Excel workbook; it was read as one."
    ),
    "error_cells": NN_(
        "{count} cell contains an Excel error and counts as blank, in row {row}.",
        "{count} cells contain an Excel error and count as blank, first in row {row}.",
    ),
    "cells_cut": NN_(
        "{count} cell is longer than {limit} characters and was cut there, in row {row}.",
        "{count} cells are longer than {limit} characters and were cut there, first in row {row}.",
    ),
    "formulas_without_values": NN_(
        "{count} formula has no saved value and counts as blank; open and save the file in Excel.",
        "{count} formulas have no saved value and count as blank; open and save the file in Excel.",
    ),
    "status_by_marks": N_("Which deals are won, lost or open is read from “{header}”."),
    "pipelines_apart": N_(
        "Each pipeline has stages of its own: “{header}” carries the name in “{other}”."
    ),
    "actual_amounts": N_(
        "“{header}” is the amount where it is filled, otherwise “{other}”: what was won counts."
    ),
    "closings_joined": N_("Blank cells of “{header}” are filled from “{others}”."),
    "covers_days": N_("The lines above the table say which days it has: {days}."),
    "printed_on": N_("The report says it was made on {date}."),
    "ids_lost_digits": N_(
        "A spreadsheet has cut digits off the numbers in “{header}” (1.23E+15), so they identify "
        "nothing: rows are told apart by their days and contents. To keep the numbers, format "
        "the column as text and export again."
    ),
    "line_amounts": N_(
        "“{other}” is the total of a document and repeats on its lines; “{header}” is the amount "
        "of each line."
    ),
    "amount_of_pieces": N_(
        "“{other}” is the price of one piece; “{header}” is the amount of each line."
    ),
    "total_shared": N_(
        "“{other}” is the total of a document; it is shared among its lines as “{header}”."
    ),
    "older_versions": NN_(
        "{count} row is an older version of its document by “{header}” and does not count: "
        "{amount} in all. The newest one counts.",
        "{count} rows are older versions of their documents by “{header}” and do not count: "
        "{amount} in all. The newest ones count.",
    ),
    "numbers_of_shops": N_(
        "Some numbers in “{header}” stand for different records by “{other}”, which is put behind "
        "every number to tell them apart: 1001 of A is “1001 · A”."
    ),
    "revised_targets": N_("“{header}” is the target; “{other}” is the one before it was changed."),
    "targets_of_metric": N_(
        "These are targets for “{metric}”, as “{text}” says: they are not measured against sales."
    ),
    "days_of_span": N_("“{column}” has the first and the last day of each row."),
    "days_above": N_(
        "No column has a day: all rows are of {first} to {last}, by a line above the table."
    ),
    "spend_overlaps": NN_(
        "{count} row is of days that another row of the same campaign has too: row {row}. "
        "Both count: if one is a part of the other, remove it and drop the file again.",
        "{count} rows are of days that other rows of the same campaign have too, as row {row}. "
        "All of them count: if some are parts of others, remove them and drop the file again.",
    ),
    "targets_by_metric": N_("Each of these columns has the targets of its own metric: {columns}."),
    "unit_of_money_only": N_(
        "The unit around the table, {unit}, was applied to the amounts, not to the other targets."
    ),
    "targets_of_sales": N_("Nothing says what the targets are for: they count as sales targets."),
    "region_of_path": N_("The region is the one in the path of “{header}”."),
    "team_of_department": N_(
        "The team of each rep is taken from “{header}”, unless a list of sales reps says another."
    ),
    "team_changed": N_(
        "Reps who changed department within this file ({count}); what they sold before stays with "
        "the former team: {who}"
    ),
    "team_mixed": N_(
        "Reps who stand with several departments at the same time ({count}); the one with most "
        "rows is their team: {who}"
    ),
    "department_of_rows": N_(
        "“{header}” differs from row to row for the same rep, so no team is taken from it."
    ),
    "credit_lines": N_(
        "Each line has a rep's share of an order: “{header}” was taken instead of “{other}”, which "
        "is the whole order's."
    ),
    "collected_by_day": N_(
        "“{header}” is what was collected of each order so far. All of it counts on the day in "
        "“{other}”, so that a later payment moves earlier parts to its own day; without a day it "
        "counts on the order date. It counts as long as no list of payments is imported."
    ),
    "collected_by_order_day": N_(
        "“{header}” is what was collected of each order so far. The file has no day of payment, so "
        "it counts on the order date, and only as long as no list of payments is imported."
    ),
    "collected_unused": N_(
        "“{header}” seems to say what was collected of each order so far, and is not used. If it "
        "should count as collections, match it to “Collected so far”."
    ),
    "credit_shared": N_("Orders of two reps are shared between them by “{header}”."),
    "second_rep": N_(
        "“{other}” names a second rep, and nothing says what share is theirs: orders count in full "
        "for “{header}”."
    ),
    "net_amount": N_(
        "“{header}” counts, the amount without tax; “{other}” includes tax and does not count."
    ),
    "open_balance": N_("“{other}” is what was invoiced; “{header}” is what is still owed."),
    "net_of_discount": N_("“{header}” is “{other}” less the discount."),
    "spend_by_days": N_(
        "{count} rows have spend of more than one month, up to the day in “{header}”: it is spread "
        "evenly over their days."
    ),
    "names_apart": N_(
        "Several deals have the same “{header}”; without a number they are told apart by {other}."
    ),
    "net_of_paid": N_("“{header}” is “{other}” less what was paid already."),
    "net_of_refunds": N_("“{header}” is “{other}” less what was given back."),
    "running_numbers": N_(
        "“{header}” counts the rows of this file, not the lines of an order, so it is not used."
    ),
    "company_currency": N_(
        "“{other}” is in other currencies; “{header}” has all amounts in the company's and is used "
        "instead."
    ),
    "home_currency": N_(
        "“{header}” is in the company's own currency, also where “{other}” names another: that is "
        "the currency of the document."
    ),
    "freight_within": N_(
        "“{header}” may have the freight of “{other}” in it, {figure} in all. It counts as the "
        "file has it; choose another column as the amount if there is one without freight."
    ),
    "amount_multiplied": N_("The file has no amounts; they are worked out: {header}."),
    "currency_by_sign_beside": NN_(
        "In {count} row “{header}” is blank, and the sign of its amount tells the currency: "
        "{where}.",
        "In {count} rows “{header}” is blank, and the signs of their amounts tell the currency: "
        "{where}.",
    ),
    "currency_against_sign": NN_(
        "In {count} row the sign of the amount is that of another currency than “{header}” says: "
        "{where}. “{header}” counts; correct the file if it is wrong.",
        "In {count} rows the sign of the amount is that of another currency than “{header}” says: "
        "{where}. “{header}” counts; correct the file if it is wrong.",
    ),
    "hidden_rows": NN_(
        "{count} row that is hidden in the sheet, by a filter or by hand, was read as well: "
        "{where}.",
        "{count} rows that are hidden in the sheet, by a filter or by hand, were read as well: "
        "{where}.",
    ),
    "unit_by_row": N_("Each amount is in the unit that “{header}” says for its row."),
    "price_of_several": N_("“{header}” is the price of several pieces; that of one is used."),
    "row_rates_unused": N_(
        "The rates in “{header}” are not used: amounts in other currencies are converted at the "
        "rates of the settings."
    ),
    "document_filled": N_("What only the first line of a document says holds for all its lines."),
    "example_rows": N_("The template's example in row {row} was left out."),
    "unit_in_title": N_("The title, a note below or the name states a unit: {unit}."),
    "currency_in_title": N_(
        "The title, a note below or the name says a currency: {currency}. Amounts without one are "
        "in it."
    ),
    "currency_of_system": N_(
        "{system} bills in {currency} only: amounts that name no currency are in it."
    ),
    "title_rows": N_("The column names are in row {header_row}; everything above was skipped."),
    "rows_straightened": NN_(
        "{count} row had an extra or missing separator or quotation mark and was repaired: "
        "{where}.",
        "{count} rows had an extra or missing separator or quotation mark and were "
        "repaired: {where}.",
    ),
    "no_header": N_("The table has no column names; the data starts in row {row}."),
    "header_rows": N_("The column names span {count} rows from row {row} and were combined."),
    "header_again": NN_(
        "{count} repeated header row was skipped: {where}.",
        "{count} repeated header rows were skipped: {where}.",
    ),
    "table_twice": N_("Rows {row} to {last} repeat the same table and were left out."),
    "total_rows": NN_(
        "{count} total row was left out: {where}.",
        "{count} total rows were left out: {where}.",
    ),
    "statistic_rows": NN_(
        "{count} row with an average, a target, the figure of another period or a part of the sum "
        "was left out: {where}.",
        "{count} rows with averages, targets, figures of other periods or parts of the sum were "
        "left out: {where}.",
    ),
    "balance_rows": NN_(
        "{count} row with an opening or closing balance, or with the sum of a period, was left "
        "out: {where}.",
        "{count} rows with opening or closing balances, or with sums of periods, were left "
        "out: {where}.",
    ),
    "total_columns": NN_(
        "{count} total column was left out: {columns}.",
        "{count} total columns were left out: {columns}.",
    ),
    "total_doubled": N_(
        "“{header}” adds up to {sum}, exactly twice the total of {total} that the file itself "
        "states: each record may be counted twice, once more in a row that sums up others. Check "
        "the rows before you import them."
    ),
    "sums_differ": NN_(
        "In {count} row “{column}” is not the sum of the columns beside it: in row {row} it is "
        "{figure}, and they make {parts}. Those columns count, “{column}” does not.",
        "In {count} rows “{column}” is not the sum of the columns beside it: in row {row} it is "
        "{figure}, and they make {parts}. Those columns count, “{column}” does not.",
    ),
    "footer_rows": NN_(
        "{count} line below the table was left out: {where}.",
        "{count} lines below the table were left out: {where}.",
    ),
    "other_table": NN_(
        "Another table with {count} row on this sheet, at {place}, was left out; only the "
        "largest was read.",
        "Another table with {count} rows on this sheet, at {place}, was left out; only the "
        "largest was read.",
    ),
    "list_beside": N_("This list, at {place}, stands beside a larger one on its sheet."),
    "tables_joined": N_(
        "{count} tables with the same columns on this sheet, at {places}, were read as one."
    ),
    "merged_cells": NN_(
        "{count} merged cell was filled into every row it covers, first in {where}.",
        "{count} merged cells were filled into every row they cover, first in {where}.",
    ),
    "merged_amounts": NN_(
        "{count} merged amount is counted once, in its first row: {where}.",
        "{count} merged amounts are counted once each, in their first row: {where}.",
    ),
    "merges_unknown": NN_(
        "This format does not record merged cells; {columns} is blank in {count} row below "
        "a filled one. If those cells are merged, save the file as .xlsx.",
        "This format does not record merged cells; {columns} is blank in {count} rows "
        "below a filled one. If those cells are merged, save the file as .xlsx.",
    ),
    "filled_down": NN_(
        "In {count} row {columns} was blank and was filled from the row above: {where}.",
        "In {count} rows {columns} was blank and was filled from the row above: {where}.",
    ),
    "left_blank": NN_(
        "In {count} row {columns} is blank and was left so, as each row has its own number and "
        "the same values stand in several places: {where}. If the cells were merged, fill them "
        "in and drop the file again.",
        "In {count} rows {columns} is blank and was left so, as each row has its own number and "
        "the same values stand in several places: {where}. If the cells were merged, fill them "
        "in and drop the file again.",
    ),
    "group_rows": NN_(
        "{count} heading was left out and its value given to the rows below it, as {columns}: "
        "{where}.",
        "{count} headings were left out and their values given to the rows below them, as "
        "{columns}: {where}.",
    ),
    "title_owner": N_("Every row was given what the lines above the header say: {columns}."),
    "months_to_rows": N_(
        "The {count} columns from “{first}” to “{last}” are periods; each became its own row."
    ),
    "names_to_rows": N_(
        "The {count} columns from “{first}” to “{last}” were each read as the targets of one "
        "“{column}”; each became rows of its own."
    ),
    "year_from_title": N_("The months have no year; {year} was taken from the title or file name."),
    "month_from_title": N_(
        "No column has the month of the targets; {period} was taken from the title or file name."
    ),
    "year_unknown": N_("The months have no year, and neither does the title or file name."),
    "days_with_year": N_(
        "The dates in “{column}” have no year; {year} was taken from the title, sheet or file name."
    ),
    "days_with_month": N_(
        "“{column}” contains only days; month {month} was taken from the title, sheet or file name."
    ),
    "days_unclear": NN_(
        "{count} cell in “{column}” is a number such as 11.1: the 1st or the 10th? Excel "
        "drops the final zero. Write it as 11/1 or 11/10, or it will be left out.",
        "{count} cells in “{column}” are numbers such as 11.1: the 1st or the 10th? Excel "
        "drops the final zero. Write them as 11/1 or 11/10, or they will be left out.",
    ),
    "texts_among_numbers": NN_(
        "{count} cell in “{column}” is a text among numbers: “{text}” is read as {number}, by "
        "the decimals and the size of the numbers beside it.",
        "{count} cells in “{column}” are texts among numbers: “{text}” is read as {number}, by "
        "the decimals and the size of the numbers beside them.",
    ),
    "sheets_joined": N_(
        "{count} sheets have the same columns and were read as one table: {sheets}."
    ),
    "sheet_repeats": N_(
        "All rows of this sheet stand in {sheets} too, so it is not taken unless you tick it: "
        "they would count twice."
    ),
    "sheet_sums_up": N_(
        "This sheet sums up the rows of {sheet}, so it is not taken unless you tick it: they would "
        "count twice."
    ),
    "sheet_is_plan": N_(
        "By its name this sheet is a plan beside {sheets}, so it is not taken unless you tick it: "
        "it would be added to the actual figures."
    ),
    "sheet_is_older": N_(
        "By its name this sheet is an older version of {sheets}, so it is not taken unless you "
        "tick it: both would count."
    ),
    "sheet_is_cumulative": N_(
        "By its name the months of this sheet are in {sheets} too, so it is not taken unless you "
        "tick it: they would count twice."
    ),
    "sheet_is_gross": N_(
        "This sheet has the records of {other} with tax, so it is not taken unless you tick it: "
        "they would count twice."
    ),
    "sheet_doubtful": N_("By its name the sheet {sheet} may hold what does not count."),
    "sheet_overlaps": N_("The rows of the sheet {sheet} stand in the sheet {other} as well."),
    "links_not_followed": N_("The workbook links to other workbooks, which were not opened."),
    "macros_ignored": N_("Macros in the workbook were ignored."),
}
