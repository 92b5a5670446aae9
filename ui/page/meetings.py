"""The page of the meetings: a search by words, year and standing, and what each document says of one."""

import streamlit as st  # noqa: TID251

from ingest.identifiers import to_roman
from ingest.registers.meeting_entries import MeetingEntry, Standing
from ui.page.addresses import MEETINGS, address
from ui.page.context import PageContext
from ui.page.fields import choice_field
from ui.page.marks import MARKS
from ui.page.meeting_tables import MeetingView, find_meeting, meeting_view, meetings_found, meetings_table
from ui.page.plain import as_html
from ui.page.register_html import piece_html, points_html, sayings_html, table_html, timeline_html
from ui.page.register_page import (
    back_link,
    library_of,
    open_page,
    search_field,
    section,
    show_html,
    show_table,
    tables_html,
)

_ALL = "all"


def show(page: PageContext) -> None:
    """Show the meeting that the address names, or the list."""
    asked = st.query_params.get("meeting", "")
    if asked:
        _show_entry(page, asked)
    else:
        _show_list(page)


def _show_list(page: PageContext) -> None:
    open_page(page, "meetings")
    entries = page.registers().meetings
    if not entries:
        st.info(page.say("meetings.none"))
        return
    wide, narrow, last = st.columns([2, 1, 1])
    with wide:
        words = search_field(page, "meetings.search_hint")
    with narrow:
        year = _choose_year(page, entries)
    with last:
        standing = _choose_standing(page)
    found = meetings_found(entries, words, year)
    kept = [entry for entry in found if standing in {_ALL, entry.standing.value}]
    show_table(page, meetings_table(kept, library_of(page)), total=len(entries))


def _choose_year(page: PageContext, entries: tuple[MeetingEntry, ...]) -> int | None:
    years = sorted({year for entry in entries for year in entry.years}, reverse=True)
    labels = {_ALL: page.say("register.all"), **{str(year): str(year) for year in years}}
    chosen = choice_field(page.say("meetings.year"), "year", labels, default=_ALL)
    return None if chosen == _ALL else int(chosen)


def _choose_standing(page: PageContext) -> str:
    labels = {_ALL: page.say("register.all")}
    labels |= {standing.value: page.say(f"meetings.{standing.value}") for standing in Standing}
    return choice_field(page.say("meetings.standing"), "standing", labels, default=_ALL)


def _show_entry(page: PageContext, asked: str) -> None:
    entry = find_meeting(page.registers().meetings, asked)
    if entry is None:
        open_page(page, "meetings", intro="")
        st.info(page.say("meetings.unknown"), icon=":material/search_off:")
        show_html(_back(page))
    else:
        _show_meeting(page, meeting_view(entry, library_of(page)))


def _show_meeting(page: PageContext, view: MeetingView) -> None:
    lang = f' lang="{as_html(view.name.language)}"' if view.name.language else ""
    open_page(page, "meetings", title=f"<span{lang}>{as_html(view.name.words)}</span>", intro="")
    disagreements = tables_html(view.disagreements)
    explained = f"<p>{as_html(page.say('register.disagreements_explained'))}</p>"
    show_html(
        _back(page),
        _nature(page, view),
        _reported(page, view),
        section(page.say("register.disagreements"), disagreements and explained + disagreements),
        section(page.say("register.facts"), table_html(view.facts) if view.facts.rows else ""),
        section(page.say("meetings.conclusions"), points_html(view.conclusions)),
        section(page.say("meetings.recommendations"), points_html(view.recommendations)),
        section(page.say("register.says"), sayings_html(view.sayings)),
        section(page.say("register.timeline"), timeline_html(view.moments, page.say)),
    )


def _nature(page: PageContext, view: MeetingView) -> str:
    standing = view.standing.value
    mark = f'<span class="register-mark {standing}" aria-hidden="true">{MARKS[standing]}</span>'
    facts = [f"{mark} {as_html(page.say(f'meetings.{standing}'))}", as_html(view.kind)]
    if view.ordinal:
        told = page.say("meetings.ordinal", ordinal=view.ordinal, roman=to_roman(view.ordinal))
        facts.append(as_html(told))
    if view.subject:
        facts.append(as_html(page.say("meetings.subject", subject=view.subject)))
    return f'<p class="register-lead">{" · ".join(facts)}</p>'


def _reported(page: PageContext, view: MeetingView) -> str:
    if not view.reported_in:
        return f"<p>{as_html(page.say('meetings.not_reported'))}</p>"
    documents = ", ".join(piece_html(piece) for piece in view.reported_in)
    return f"<p>{as_html(page.say('meetings.reported_in'))}: {documents}</p>"


def _back(page: PageContext) -> str:
    return back_link(address(MEETINGS), page.say("meetings.back"))
