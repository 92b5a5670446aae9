"""Stored answers as a visitor may see them: looked up once for each session, checked each time."""

import streamlit as st  # noqa: TID251

from assistant.answer_store import AnswerRecord
from ingest.errors import UnknownRecord
from ui.api.answers import find_record
from ui.page.context import PageContext

_KEPT = "records"


def record_of(page: PageContext, answer_id: str) -> AnswerRecord | None:
    """Return a stored answer, None if there is none or the visitor may not see it."""
    kept: dict[str, AnswerRecord] = st.session_state.setdefault(_KEPT, {})
    try:
        if answer_id not in kept:
            kept[answer_id] = find_record(answer_id, page.service, page.caller)
    except UnknownRecord:
        return None
    return kept[answer_id] if page.service.may_see(kept[answer_id], page.caller) else None
