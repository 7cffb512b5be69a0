"""Follow a background job, and start the one that loads the sample company.

>>> watch(_, job_id)
>>> offer_sample(_)
"""

from __future__ import annotations

import streamlit as st

from data.ingest import jobs, unattended
from data.jobs import background
from domain.errors import ImportRefused, YuepanError
from domain.tables import N_
from pages.kit.i18n.numbers import escaped, number
from pages.kit.i18n.sentences import error_sentence
from pages.kit.i18n.words import Words
from pages.kit.queries import cache, load

# phase → what it counts
PHASES: dict[str, str] = {
    "": N_("Waiting"),
    "starting": N_("Starting"),
    "preparing": N_("Writing the sample company's files"),
    "reading": N_("Reading files"),
    "typing": N_("Reading rows"),
    "landing": N_("Saving"),
}
COUNTS: dict[str, str] = {
    "reading": N_("Reading files: {done} of {total}"),
    "typing": N_("Reading rows: {done} of {total}"),
    "landing": N_("Saving {total} rows"),
}


@st.fragment(run_every=0.3)
def watch(_: Words, job_id: str) -> None:
    """Follow a job without rerunning the page; rerun it once when the job is over."""
    job = background.look(cache.store(), job_id)
    if not job.running:
        st.rerun()
    share = min(job.rows_done / job.rows_total, 1.0) if job.rows_total else 0.0
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(share, text=describe_job(_, job))
        st.button(
            _("Cancel"), on_click=background.cancel, args=(job_id,), key="cancel", width="content"
        )


def describe_job(_: Words, job: background.Job) -> str:
    """Describe the progress of a job: "Reading rows: 300,000 of 1,000,000 · 4 s"."""
    phase = _(PHASES.get(job.phase, job.phase))
    if job.rows_total and job.phase in COUNTS:
        done, total = number(_, job.rows_done), number(_, job.rows_total)
        phase = _(COUNTS[job.phase], done=done, total=total)
    return f"{phase} · {_('{n} s', n=int(job.seconds))}"


def tell_elsewhere(_: Words) -> None:
    """Report imports started by another session, or by this one before a reload."""
    own = st.session_state.get("importing")
    for job_id in (*background.under_way("import"), *background.under_way(unattended.KIND)):
        if job_id != own:
            _follow(_, job_id)


@st.fragment(run_every=1)
def _follow(_: Words, job_id: str) -> None:
    job = background.look(cache.store(), job_id)
    if not job.running:
        st.rerun()
    st.caption(
        ":material/sync: " + _("Another import is running: {how_far}", how_far=describe_job(_, job))
    )


def tell_broken_off(_: Words) -> None:
    """Report that the last import was interrupted, until the next import."""
    if background.broken_off(cache.store()):
        st.warning(escaped(error_sentence(_, ImportRefused("interrupted"))))


def offer_sample(_: Words) -> None:
    """Draw the button that loads the sample company."""
    state = st.session_state
    if state.get("sample_job"):
        if background.look(cache.store(), state.sample_job).running:
            watch(_, state.sample_job)
            st.stop()
        ended = background.outcome(state.pop("sample_job"))
        if isinstance(ended, YuepanError):
            st.error(escaped(error_sentence(_, ended)))
        else:
            st.rerun()
    if st.button(
        _("Try it on a sample company"), icon=":material/science:", key="sample", type="primary"
    ):
        state.sample_job = jobs.start_sample(cache.store(), _.code, today=load.today())
        st.rerun()
    st.caption(_("The company is fictional; its imports can be undone on the Files page."))
