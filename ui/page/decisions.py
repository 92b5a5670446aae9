"""The page of the decisions: the list of all that are named, and what each document says of one."""

from collections.abc import Mapping
from functools import partial

import streamlit as st  # noqa: TID251

from ingest.identifiers import body_name
from ingest.registers.entries import DecisionEntry
from ui.page.addresses import DECISIONS, address
from ui.page.context import PageContext
from ui.page.decision_tables import DecisionView, decision_address, decision_view, decisions_table
from ui.page.plain import as_html
from ui.page.register_html import piece_html, sayings_html, timeline_html
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

_LONGEST_NUMBER = 6
_OWN, _OTHERS, _HELD, _REFERRED = "own", "others", "held", "referred"


def show(page: PageContext) -> None:
    """Show the decision that the address names, or the list."""
    show_entry_or_list("number", entry=partial(_show_entry, page), entries=partial(_show_list, page))


def _show_list(page: PageContext) -> None:
    open_page(page, "decisions")
    entries = page.registers().decisions
    options = {"whose": (_OWN, _OTHERS), "text": (_HELD, _REFERRED)}
    choices = {name: {value: page.say(f"decisions.{value}") for value in values} for name, values in options.items()}

    def table(words: str, chosen: Mapping[str, str | None]) -> Table:
        kept = [entry for entry in entries if _passes(entry, chosen["whose"], chosen["text"])]
        return decisions_table(kept, library_of(page)).matching(words)

    show_list(page, "decisions", total=len(entries), choices=choices, table=table)


def _passes(entry: DecisionEntry, whose: str | None, text: str | None) -> bool:
    is_of_body = whose is None or entry.body.is_own is (whose == _OWN)
    return is_of_body and (text is None or bool(entry.held_in) is (text == _HELD))


def _show_entry(page: PageContext, asked: str) -> None:
    entries = [entry for entry in page.registers().decisions if str(entry.number) == asked.lstrip("0")]
    body = st.query_params.get("body", "")
    entry = next((e for e in entries if (e.body.value == body if body else e.body.is_own)), None)
    if entry is None:
        _show_unknown(page, asked, entries)
    else:
        _show_decision(page, decision_view(entry, library_of(page)))


def _show_unknown(page: PageContext, asked: str, others: list[DecisionEntry]) -> None:
    number = asked[:_LONGEST_NUMBER]
    open_page(page, "decisions", title=as_html(page.say("decisions.heading", number=number)), intro="")
    known = [str(entry.number) for entry in page.registers().decisions if entry.body.is_own]
    told = page.say("decisions.unknown", number=number, known=", ".join(known) or "–")
    links = "".join(
        f'<p><a href="{as_html(decision_address(each))}" target="_self">'
        + as_html(page.say("decisions.of_other", number=number, body=body_name(each.body, page.language)))
        + "</a></p>"
        for each in others
    )
    show_html("" if links else f"<p>{as_html(told)}</p>", links, _back(page))


def _show_decision(page: PageContext, view: DecisionView) -> None:
    title = as_html(page.say("decisions.heading", number=view.number))
    open_page(page, "decisions", title=title, intro=view.body)
    show_html(
        _back(page),
        "" if view.is_own else f"<p><strong>{as_html(page.say('decisions.other_body'))}</strong></p>",
        _held(page, view),
    )
    show_html(
        facts_html(page, view.disagreements, view.facts),
        section(page.say("register.says"), sayings_html(view.sayings)),
        section(page.say("register.timeline"), timeline_html(view.moments, page.say)),
    )


def _held(page: PageContext, view: DecisionView) -> str:
    if not view.held_in:
        return f"<p>{as_html(page.say('decisions.is_referred'))}</p>"
    documents = ", ".join(piece_html(piece) for piece in view.held_in)
    return f"<p>{as_html(page.say('decisions.is_held'))} {documents}</p>"


def _back(page: PageContext) -> str:
    return back_link(address(DECISIONS), page.say("decisions.back"))
