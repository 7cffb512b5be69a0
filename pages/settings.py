"""Set language, money, calendar and stages; back up and restore."""

from datetime import date

import pandas as pd
import streamlit as st

from analytics.periods.calendar import Day, changed_days, holiday_name
from analytics.periods.months import month_before
from data.facts import stages
from data.ingest import backup
from data.store import settings
from domain.scope import SOURCES, Scope
from domain.tables import table
from pages.kit.i18n.labels import choice_label
from pages.kit.i18n.names import cell
from pages.kit.i18n.numbers import (
    currency_name,
    month_text,
    weekday_text,
    zone_names,
)
from pages.kit.i18n.words import LANGUAGES
from pages.kit.queries import cache, calendars, load
from pages.kit.queries.settings import settings as current_settings
from pages.kit.widgets import (
    backup_contents,
    exchange_rates,
    fiscal_start,
    reporting_currency,
    seen_data,
)
from pages.kit.widgets.currency_box import currency_codes
from pages.kit.widgets.language import language_switch, reader_words, respoken

_ = reader_words()
store = cache.store()
now = current_settings()

with st.container(horizontal=True, vertical_alignment="center"):
    st.subheader(_("Settings"))
    st.space("stretch")
    language_switch(_)


def kept(name: str) -> None:
    """Keep what a widget says as soon as it says it."""
    value = st.session_state[f"set_{name}"]
    if name == "fiscal_year" and fiscal_start.moves(value):
        return  # `fiscal_start.confirm` asks first
    seen_data.carry_out(settings.choose, store, name, value or None)


def choice_field(name: str, label: str, options: dict[str, str]) -> None:
    """A choice among a few, kept at once."""
    current = now[name] or ""
    again = respoken(f"set_{name}")
    st.selectbox(
        label,
        list(options),
        index=list(options).index(current) if current in options and not again else 0,
        format_func=options.__getitem__,
        key=f"set_{name}",
        on_change=kept,
        args=(name,),
    )


def why_off(day: Day) -> str:
    """What the calendar says of a day: its holiday by name, or that it makes up for one."""
    if day.make_up:
        return _("make-up working day")
    if day.holiday is None:
        return ""
    return holiday_name(day.day, now["selling_days"] or "", _.code) or _("public holiday")


left, right = st.columns(2, gap="medium")
with left, st.container(border=True):
    st.markdown(f"**{_('Preferences')}**")
    st.text_input(
        _("Your name"),
        value=now["who"] or "",
        key="set_who",
        on_change=kept,
        args=("who",),
        help=_("Shown beside the targets, plans and scenarios you save."),
    )
    choice_field("language", _("Default language"), {"": _("Browser language"), **LANGUAGES})
    choice_field(
        "units",
        _("Number units"),
        {"auto": _("Automatic"), "wan": _("Wan and yi (10K, 100M)"), "k": _("K, M, B")},
    )
    choice_field(
        "currency",
        _("Reporting currency"),
        {code: currency_name(_, code) for code in currency_codes()},
    )

with right, st.container(border=True):
    st.markdown(f"**{_('Calculation')}**")
    choice_field(
        "actual",
        _("Actuals from"),
        {"": _("First available source"), **{name: _(table(name).label) for name in SOURCES}},
    )
    choice_field("selling_days", _("Selling days"), reporting_currency.countries(_))
    choice_field(
        "time_zone",
        _("Time zone"),
        {
            "": _("Ask where times are in UTC"),
            **zone_names(_),
        },
    )
    choice_field(
        "fiscal_year",
        _("Fiscal year starts in"),
        {str(n): month_text(_, date(2026, n, 1), year=False) for n in range(1, 13)},
    )
    fiscal_start.confirm(_)
    choice_field("week_start", _("Week starts on"), {"monday": _("Monday"), "sunday": _("Sunday")})

# Exchange rates: what amounts in other currencies are converted with.
with st.container(border=True):
    exchange_rates.edit(_)

# The calendar: the country's days, and where the company differs.
with st.container(border=True):
    st.markdown(f"**{_('Calendar')}**")
    this = load.today().replace(day=1)
    shown = [month_before(this, -step) for step in range(-18, 19)]
    again = respoken("calendar_month")
    month = st.selectbox(
        _("Month"),
        shown,
        index=0 if again else 18,
        format_func=lambda day: month_text(_, day),
        key="calendar_month",
        width=180,
    )
    days = calendars.country_days(month, Scope(month, month).end)
    if any(not day.announced for day in days):
        st.caption(
            _(
                "Make-up working days for this year are not announced yet; regular weekends "
                "are assumed."
            )
        )
    changed = settings.changed_days(store)
    edited = st.data_editor(
        pd.DataFrame(
            {
                "day": [day.day for day in days],
                "weekday": [weekday_text(_, day.day) for day in days],
                "selling": [changed.get(day.day, day.selling) for day in days],
                "why": [why_off(day) for day in days],
            }
        ),
        column_config={
            "day": st.column_config.DateColumn(_("Date"), disabled=True),
            "weekday": st.column_config.TextColumn(_("Weekday"), disabled=True),
            "selling": st.column_config.CheckboxColumn(_("Selling day")),
            "why": st.column_config.TextColumn(_("Calendar note"), disabled=True),
        },
        hide_index=True,
        height=300,
        key=f"days_{month}",
        alt=_("Selling days of the month"),
    )
    wanted = changed_days(days, changed, dict(zip(edited["day"], edited["selling"], strict=True)))
    if st.button(_("Save calendar"), disabled=not wanted, key="keep_days"):
        settings.change_days(store, wanted)
        st.rerun()

# The stages: their order, and which ones mean won and lost.
company_stages = stages.stages(store)
if company_stages:
    with st.container(border=True):
        st.markdown(f"**{_('Stages')}**")
        st.caption(_("The order of the stages, and which ones mean that a deal is won or lost."))
        edited = st.data_editor(
            pd.DataFrame(
                {
                    "place": [stage.place for stage in company_stages],
                    "stage": [cell(stage.stage) for stage in company_stages],
                    "status": [stage.status for stage in company_stages],
                    "deals": [stage.deals for stage in company_stages],
                }
            ),
            column_config={
                "place": st.column_config.NumberColumn(_.c("order", "No."), min_value=1, step=1),
                "stage": st.column_config.TextColumn(_("Stage"), disabled=True),
                "status": st.column_config.SelectboxColumn(
                    _("Meaning"),
                    options=["open", "won", "lost"],
                    required=True,
                    format_func=lambda status: choice_label(_, status),
                ),
                "deals": st.column_config.NumberColumn(_.c("count", "Deals"), disabled=True),
            },
            hide_index=True,
            # Typed places belong to their rows: the editor starts anew when the order changes.
            key="stages_editor_" + "|".join(stage.stage for stage in company_stages),
            alt=_("Stages in order"),
        )
        order = stages.reordered(
            company_stages, list(zip(edited["place"], edited["status"], strict=True))
        )
        if st.button(
            _("Save stages"),
            key="keep_stages",
            disabled=order == [(stage.stage, stage.status) for stage in company_stages],
        ):
            stages.say(store, order)
            st.rerun()

# Backup to one file, and restore.
with st.container(border=True):
    st.markdown(f"**{_('Backup')}**")
    st.download_button(
        _("Download everything in one file"),
        data=lambda: backup.saved(store),
        file_name=f"yuepan-{load.today():%Y-%m-%d}.duckdb",
        mime="application/octet-stream",
        icon=":material/download:",
        on_click="ignore",
        key="download_backup",
    )
    arrived = st.file_uploader(_("Restore from a backup file"), key="restore_file")
    if arrived is not None and backup_contents.show(_, arrived.getvalue()):
        st.caption(_("The current data is kept in a file next to the database."))
        if st.button(_("Replace all data"), type="primary", key="restore"):
            backup.restore(store, arrived.getvalue())
            st.session_state.restored_here = True
            st.rerun()
