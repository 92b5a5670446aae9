"""Brings what has just come into view: the question that was asked, the source that was opened."""

from importlib.resources import files

import streamlit as st  # noqa: TID251

_EVENT = "attention"


def call_to_question(turn_id: str) -> None:
    """Bring a question to the top of the view when the page has been shown."""
    _call(f".st-key-turn_{turn_id}", "")


def call_to_source() -> None:
    """Bring the source into view and move the keyboard to it when the page has been shown."""
    _call(".st-key-source_panel", "h2")


def call_to_answer(answer_id: str) -> None:
    """Bring an answer back into view when its source is closed."""
    _call(f".st-key-sources_{answer_id}", "button")


def show_attention() -> None:
    """Do what was called for last; call it last on a page."""
    component = st.components.v2.component(
        "sela_attention", html="<span></span>", js=files("ui.page").joinpath("attention.js").read_text(encoding="utf-8")
    )
    component(key="attention_component", data=st.session_state.get(_EVENT, {"event": 0}))


def _call(target: str, focus: str) -> None:
    event = st.session_state.get(_EVENT, {"event": 0})["event"] + 1
    st.session_state[_EVENT] = {"event": event, "target": target, "focus": focus}
