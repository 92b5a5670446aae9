"""The permanent address of an answer: the question, the answer as it was given, and its sources."""

import streamlit as st  # noqa: TID251

from ui.page.answer_block import close_source, show_answer, shown_source
from ui.page.attention import show_attention
from ui.page.context import PageContext
from ui.page.plain import as_html
from ui.page.records import record_of
from ui.page.source_panel import show_source


def show(page: PageContext) -> None:
    """Show the answer that the address names."""
    identifier = st.query_params.get("id", "")
    record = record_of(page, identifier)
    if record is None:
        st.html(f'<h1 class="welcome">{as_html(page.say("shell.answer"))}</h1>')
        st.info(page.say("ask.answer_gone"), icon=":material/search_off:")
        return
    place = shown_source()
    source = place if place is not None and place.answer_id == identifier else None
    talk, panel = st.columns(2, gap="medium") if source else (st.container(), None)
    with talk:
        st.html(f'<h1 class="question">{as_html(record.answer.question)}</h1>')
        st.caption(page.say("answer.given", when=record.created[:16].replace("T", " "), id=record.answer.id))
        show_answer(page, record)
    if source and panel is not None:
        with panel:
            show_source(page, source, on_close=close_source)
    show_attention()
