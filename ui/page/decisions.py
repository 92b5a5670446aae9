"""The page of the decisions: the list of all that are named, and what each document says of one."""

import streamlit as st  # noqa: TID251

from ingest.identifiers import body_name
from ingest.registers.entries import DecisionEntry
from ui.page.addresses import DECISIONS, address
from ui.page.context import PageContext
from ui.page.decision_tables import DecisionView, decision_address, decision_view, decisions_table
from ui.page.fields import choice_field
from ui.page.plain import as_html
from ui.page.register_html import piece_html, sayings_html, table_html, timeline_html
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

_LONGEST_NUMBER = 6
_ALL, _OWN, _OTHERS, _HELD, _REFERRED = "all", "own", "others", "held", "referred"


def show(page: PageContext) -> None:
    """Show the decision that the address names, or the list."""
    asked = st.query_params.get("number", "").strip()
    if asked:
        _show_entry(page, asked)
    else:
        _show_list(page)


def _show_list(page: PageContext) -> None:
    open_page(page, "decisions")
    entries = page.registers().decisions
    if not entries:
        st.info(page.say("decisions.none"))
        return
    wide, whose, text = st.columns([2, 1, 1])
    with wide:
        words = search_field(page, "decisions.search_hint")
    with whose:
        body = _choose(page, "whose", (_OWN, _OTHERS))
    with text:
        held = _choose(page, "text", (_HELD, _REFERRED))
    kept = [entry for entry in entries if _passes(entry, body, held)]
    show_table(page, decisions_table(kept, library_of(page)).matching(words), total=len(entries))


def _choose(page: PageContext, name: str, options: tuple[str, ...]) -> str:
    """Return which part of the list is wanted, "all" for all of it."""
    labels = {_ALL: page.say("register.all"), **{option: page.say(f"decisions.{option}") for option in options}}
    return choice_field(page.say(f"decisions.{name}"), name, labels, default=_ALL)


def _passes(entry: DecisionEntry, body: str, text: str) -> bool:
    is_of_body = body == _ALL or entry.body.is_own is (body == _OWN)
    return is_of_body and (text == _ALL or bool(entry.held_in) is (text == _HELD))


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
    disagreements = tables_html(view.disagreements)
    explained = f"<p>{as_html(page.say('register.disagreements_explained'))}</p>"
    show_html(
        section(page.say("register.disagreements"), disagreements and explained + disagreements),
        section(page.say("register.facts"), table_html(view.facts) if view.facts.rows else ""),
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
