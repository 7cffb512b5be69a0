"""Import files: drop, preview, confirm, see the outcome; undo."""

from datetime import date

import pandas as pd
import streamlit as st

from data.ingest import history, inbox, jobs, unattended
from data.jobs import background, sandbox
from domain.errors import FileError, YuepanError
from domain.tables import table
from pages.kit.files import draft_card, name_card, problems, reading_again, stage_card
from pages.kit.files.outcome import outcome_card
from pages.kit.files.waiting_card import waiting_card
from pages.kit.i18n.names import visible
from pages.kit.i18n.numbers import escaped
from pages.kit.i18n.sentences import error_sentence
from pages.kit.queries import cache
from pages.kit.widgets import grid, reporting_currency, seen_data, template
from pages.kit.widgets.job_progress import offer_sample, tell_broken_off, tell_elsewhere, watch
from pages.kit.widgets.language import language_switch, reader_words, respoken

_ = reader_words()
store = cache.store()
state = st.session_state
state.setdefault("uploads", 0)
today = date.today()

with st.container(horizontal=True, vertical_alignment="center"):
    st.subheader(_("Files"))
    st.space("stretch")
    template.offer(_, key="template")
    language_switch(_)
tell_broken_off(_)
tell_elsewhere(_)
reporting_currency.ask(_, again=True)

# Drop: files are read at once, in the background.
files = st.file_uploader(
    _("Drop your CRM or ERP exports here: Excel, CSV or zip, several at once"),
    accept_multiple_files=True,
    key=f"uploads_{state.uploads}",
)
names = tuple((file.file_id, file.name) for file in files)
if names and names != state.get("reading_of"):
    state.reading_of = names
    state.drafts, state.results, state.opened = None, None, None
    try:
        arrived = [inbox.receive(store, file.name, file) for file in files]
    except FileError as error:
        st.error(escaped(error_sentence(_, error)))
        st.stop()
    state.opened_arrival = None
    state.reading = jobs.start_reading(store, arrived, today=today, choices=reading_again.chosen())
if not names:
    state.reading_of = None
    if not state.get("opened"):
        state.reading = state.drafts = None
    sandbox.prepare()  # a reader of this page is about to drop a file

# Files from scripts that wait for a person; hidden while other files are open.
if not (state.get("reading") or state.get("importing")):
    state.opened = waiting_card(_, today)
    if state.opened:
        state.uploads += 1
        state.reading, state.drafts, state.results = state.opened, None, None
        st.rerun()

# The user has said how a row reads, or which row is the header: the file is read again.
if again := reading_again.start_again(files, today):
    state.reading = again

if state.get("reading") and state.get("drafts") is None:
    if background.look(store, state.reading).running:
        watch(_, state.reading)
        st.stop()
    read = background.outcome(state.reading)
    if isinstance(read, YuepanError):
        st.error(escaped(error_sentence(_, read)))
        # Drafts opened from the waiting card have no file in the box above to remove.
        state.opened = None
        state.drafts = reading_again.restored()
    else:
        state.drafts = reading_again.replaced(read, f"draft_{state.uploads}", today)

# Preview: the table and the columns as recognised; everything can be changed.
if state.get("drafts") and not state.get("importing"):
    others = list(state.drafts.values())
    state.drafts = {
        place: draft_card.preview(_, draft, f"draft_{state.uploads}_{place}", today, others)
        for place, draft in state.drafts.items()
    }
    taken = {place: draft for place, draft in state.drafts.items() if draft.take}
    ready = draft_card.ready_places(taken, today)
    with st.container(horizontal=True, vertical_alignment="center"):
        confirmed = st.button(
            _.n("Import {n} table", "Import {n} tables", len(ready or taken)),
            type="primary",
            icon=":material/check:",
            disabled=not ready,
            key="confirm",
        )
        strict = st.toggle(
            _("Stop if there are problems"),
            key="strict",
            help=_(
                "On: a single problem stops the whole import. Off: rows with problems are "
                "skipped and listed, and all other rows are imported."
            ),
        )
        if state.get("opened") and st.button(_("Close"), icon=":material/close:", key="close"):
            state.uploads += 1
            state.opened = state.reading = state.drafts = None
            st.rerun()
    for sentence in draft_card.awaited(_, list(state.drafts.values()), today):
        st.caption(f":material/hourglass_empty: {sentence}")
    if ready and len(ready) < len(taken):
        st.caption(_("They stay here with their questions while the others are imported."))
    if confirmed:
        state.brought = [taken[place] for place in ready]
        left = {place: draft for place, draft in state.drafts.items() if place not in ready}
        state.left = left if len(ready) < len(taken) else None
        state.importing = jobs.start_import(
            store, state.brought, today=today, stop_at_problems=strict
        )
        st.rerun()

if state.get("importing"):
    if background.look(store, state.importing).running:
        watch(_, state.importing)
        st.stop()
    state.results = background.outcome(state.importing)
    state.importing = None
    # A cancelled import leaves its drafts in place; a finished one leaves those not ready.
    if not isinstance(state.results, YuepanError):
        state.drafts = state.left
        if not state.left:
            state.uploads += 1
            state.opened = state.reading = None
        # Keep the rows with problems: the upload is gone, and perhaps nothing was imported.
        state.found = [
            problems.of_result(draft, result) if result.problem_count else None
            for draft, result in zip(state.brought, state.results, strict=True)
        ]
    st.rerun()

# Outcome: rows and money in the file = in the dashboard + left out, by reason.
if isinstance(state.get("results"), YuepanError):
    st.error(escaped(error_sentence(_, state.results)))
elif state.get("results"):
    outcome_card(_, state.results, state.found, reporting_currency.of_unnamed())
    if any(result.import_id for result in state.results):
        st.page_link("week.py", label=_("Go to Week"), icon=":material/arrow_forward:")

# Questions about values: the order of stages, names that are probably the same.
if not state.get("drafts"):
    stage_card.ask(_)
    name_card.ask(_)
    name_card.answers(_)


# History and undo.
def take_back(import_id: int, job_id: str) -> None:
    """Undo an import, whose outcome then is no longer one."""
    history.take_back(store, import_id, job_id)
    state.results = None


imports = history.imports(store)
if len(imports):
    st.markdown(f"#### {_('Imports')}")
    grid.draw(
        pd.DataFrame(
            {
                _("No."): imports["import_id"],
                _("File"): imports["file"],
                _("Sheet"): imports["sheet"],
                _("Table"): [_(table(name).label) for name in imports["table_name"]],
                _("Rows"): imports["rows_kept"],
                _("New"): imports["rows_new"],
                _("Updated"): imports["rows_changed"],
                _("Unchanged"): imports["rows_same"],
                _("Problems"): imports["problem_count"],
                _("Imported at"): imports["imported_at"],
                _("Received via"): [
                    _("HTTP") if kind == unattended.KIND else _("upload")
                    for kind in imports["kind"]
                ],
                _("Status"): [
                    _("in use") if status == "active" else _("undone")
                    for status in imports["status"]
                ],
            }
        ),
        hide_index=True,
        alt=_("Import history"),
    )
    active = imports[imports["status"] == "active"]
    if len(active):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            labels = {
                int(
                    row.import_id
                ): f"{row.import_id} · {visible(row.file)} · {_(table(row.table_name).label)}"
                for row in active.itertuples()
            }
            # The browser may still hold the choice of a list that was shorter.
            newest = max(labels)
            if newest != state.get("newest_import") or state.get("chosen_import") not in labels:
                state.chosen_import = newest
            state.newest_import = newest
            respoken("chosen_import")
            chosen = st.selectbox(
                _("Choose an import"),
                list(labels),
                format_func=labels.__getitem__,
                key="chosen_import",
            )
            record = active[active["import_id"] == chosen].iloc[0]
            # A popover of its own for each import: once undone, the next one's is closed.
            with st.popover(_("Undo"), icon=":material/undo:", key=f"undo_{chosen}"):
                st.markdown(
                    escaped(
                        _.n(
                            "Take import {import_} back? Its {n} row leaves the dashboard; what "
                            "it replaced comes back.",
                            "Take import {import_} back? Its {n} rows leave the dashboard; what "
                            "they replaced comes back.",
                            int(record["rows_kept"]),
                            import_=labels[chosen],
                        )
                    )
                )
                st.button(
                    _("Undo import {n}", n=chosen),
                    type="primary",
                    key="undo",
                    on_click=seen_data.carry_out,
                    args=(take_back, chosen, record["job_id"]),
                    kwargs={
                        "chosen": ("chosen_import", chosen),
                        "then": _("Import {n} undone.", n=chosen),
                    },
                )
            if record["problem_count"]:
                problems.download(
                    _,
                    lambda: [problems.of_import(chosen, record)],
                    key="problems_of",
                    name=f"yuepan-problems-{chosen}",
                )
else:
    st.caption(_("Nothing imported yet."))
    offer_sample(_)
