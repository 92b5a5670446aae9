"""What a reader says of an answer, kept in the same store as what comes through the API."""

import secrets

import streamlit as st  # noqa: TID251

from assistant.answers import Answer
from ui.api.feedback import Feedback, FeedbackStore
from ui.page.context import PageContext

_RIGHT, _WRONG, _DECLINE = "right", "wrong", "should_have_declined"
_LONGEST_COMMENT = 1000


def show_feedback(page: PageContext, answer: Answer) -> None:
    """Show a thumb up, and a thumb down that asks what is wrong."""
    given: dict[str, str] = st.session_state.setdefault("feedback", {})
    if answer.id in given:
        st.caption(page.say("feedback.thanks"))
        return
    st.button(
        page.say("feedback.right"), key=f"right_{answer.id}", icon=":material/thumb_up:", type="tertiary",
        on_click=_save, args=(page, answer.id, _RIGHT),
    )  # fmt: skip
    with st.popover(page.say("feedback.wrong"), icon=":material/thumb_down:", type="tertiary"):
        _show_form(page, answer)


def _show_form(page: PageContext, answer: Answer) -> None:
    key = answer.id
    with st.form(f"feedback_{key}", border=False):
        verdict = st.radio(
            page.say("feedback.what"), (_WRONG, _DECLINE), key=f"verdict_{key}",
            format_func=lambda value: page.say(f"feedback.verdict_{value}"),
        )  # fmt: skip
        numbers = [citation.number for citation in answer.citations]
        wrong = st.selectbox(
            page.say("feedback.citation"), numbers, index=None, key=f"citation_{key}", format_func=str,
            placeholder=page.say("feedback.none"),
        )  # fmt: skip
        comment = st.text_area(page.say("feedback.comment"), key=f"comment_{key}", max_chars=_LONGEST_COMMENT)
        if st.form_submit_button(page.say("feedback.send")):
            _save(page, answer.id, verdict or _WRONG, citation=wrong, comment=comment or "")
            st.rerun()


def _save(page: PageContext, answer_id: str, verdict: str, *, citation: int | None = None, comment: str = "") -> None:
    kept = Feedback(f"fb_{secrets.token_hex(8)}", answer_id, verdict, citation, (), comment.strip())
    FeedbackStore(page.service.settings.data).save(kept, page.caller)
    st.session_state["feedback"][answer_id] = verdict
