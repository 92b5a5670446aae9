"""The page of the meetings: a search by words, year and standing, and what each document says of one."""

from collections.abc import Mapping
from functools import partial

import streamlit as st  # noqa: TID251

from ingest.identifiers import to_roman
from ingest.registers.meeting_entries import Standing
from ui.page.addresses import MEETINGS, address
from ui.page.context import PageContext
from ui.page.marks import MARKS
from ui.page.meeting_tables import MeetingView, find_meeting, meeting_view, meetings_found, meetings_table
from ui.page.plain import as_html
from ui.page.register_html import piece_html, points_html, sayings_html, timeline_html
from ui.page.register_page import (
    back_link,
    facts_html,
    library_of,
    open_page,
    section,
    show_entry_or_list,
    show_html,
    show_list,
)
from ui.page.tables import Table


def show(page: PageContext) -> None:
    """Show the meeting that the address names, or the list."""
    show_entry_or_list("meeting", entry=partial(_show_entry, page), entries=partial(_show_list, page))


def _show_list(page: PageContext) -> None:
    open_page(page, "meetings")
    entries = page.registers().meetings
    years = sorted({year for entry in entries for year in entry.years}, reverse=True)
    standings = {standing.value: page.say(f"meetings.{standing.value}") for standing in Standing}
    choices = {"year": {str(year): str(year) for year in years}, "standing": standings}

    def table(words: str, chosen: Mapping[str, str | None]) -> Table:
        found = meetings_found(entries, words, int(chosen["year"]) if chosen["year"] else None)
        kept = [entry for entry in found if chosen["standing"] in {None, entry.standing.value}]
        return meetings_table(kept, library_of(page))

    show_list(page, "meetings", total=len(entries), choices=choices, table=table)


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
    show_html(
        _back(page),
        _nature(page, view),
        _reported(page, view),
        facts_html(page, view.disagreements, view.facts),
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
