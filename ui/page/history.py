"""The visitor's conversations in the sidebar: a new one, an earlier one, another name, none of it any more."""

from functools import partial

import streamlit as st  # noqa: TID251

from ui.page.context import PageContext
from ui.page.conversations import Conversation
from ui.page.plain import as_markdown

_CURRENT = "conversation"
_IN_ADDRESS = "c"


def current_conversation(page: PageContext) -> str | None:
    """Return the id of the visitor's conversation that is open, None for a new one; keep it in the address."""
    named = st.query_params.get(_IN_ADDRESS) or st.session_state.get(_CURRENT)
    owner = page.visitor.owner
    if named and page.conversations.title(owner, named) is None:
        named = None
    open_conversation(named)
    return named


def open_conversation(identifier: str | None) -> None:
    """Turn to a conversation, None for a new one."""
    st.session_state[_CURRENT] = identifier
    if identifier is not None:
        st.query_params[_IN_ADDRESS] = identifier
    elif _IN_ADDRESS in st.query_params:
        del st.query_params[_IN_ADDRESS]


def show_history(page: PageContext, current: str | None) -> None:
    """Show the list."""
    with st.sidebar:
        st.button(
            page.say("history.new"), key="new_conversation", icon=":material/add:", width="stretch",
            on_click=_turn_to, args=(None,),
        )  # fmt: skip
        kept = page.conversations.of(page.visitor.owner)
        st.html(f'<h2 class="panel-title">{page.say("history.title")}</h2>')
        if not kept:
            st.caption(page.say("history.empty"))
        for conversation in kept:
            _show_entry(page, conversation, is_current=conversation.id == current)


def _show_entry(page: PageContext, conversation: Conversation, *, is_current: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", wrap=False, gap="small"):
        st.button(
            as_markdown(conversation.title), key=f"open_{conversation.id}", width="stretch",
            type="secondary" if is_current else "tertiary", on_click=_turn_to, args=(conversation.id,),
            help=page.say("history.current") if is_current else None,
        )  # fmt: skip
        with st.popover("", icon=":material/more_vert:", type="tertiary", help=page.say("history.change")):
            _show_changes(page, conversation)


def _show_changes(page: PageContext, conversation: Conversation) -> None:
    key = f"title_{conversation.id}"
    owner = page.visitor.owner

    def rename() -> None:
        page.conversations.rename(owner, conversation.id, st.session_state[key])

    st.text_input(page.say("history.rename"), conversation.title, key=key, max_chars=80, on_change=rename)
    st.button(
        page.say("history.delete"), key=f"delete_{conversation.id}", icon=":material/delete:",
        on_click=partial(_delete, page, conversation.id),
    )  # fmt: skip


def _delete(page: PageContext, identifier: str) -> None:
    page.conversations.delete(page.visitor.owner, identifier)
    if st.session_state.get(_CURRENT) == identifier:
        _turn_to(None)


def _turn_to(identifier: str | None) -> None:
    st.session_state.pop("source", None)
    open_conversation(identifier)
