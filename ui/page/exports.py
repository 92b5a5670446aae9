"""Answers to be taken along: one or a whole conversation, as Markdown and as a Word document, with footnotes."""

from collections.abc import Sequence
from functools import partial

import streamlit as st  # noqa: TID251

from assistant.answer_store import AnswerRecord
from assistant.answers import Answer
from ui.api.answer_export import MARKDOWN, answers_markdown
from ui.api.answer_word import WORD, answers_word
from ui.page.context import PageContext


def show_export(page: PageContext, records: Sequence[AnswerRecord], *, key: str, label: str = "") -> None:
    """Show what an answer or a conversation can be taken along as."""
    given = [(record.answer, record.created) for record in records]
    name = given[0][0].id if len(given) == 1 else "sela-conversation"
    with st.popover(label or page.say("export.export"), icon=":material/download:", type="tertiary"):
        st.download_button(
            page.say("export.markdown"), partial(_markdown, given), f"{name}.md", MARKDOWN, key=f"markdown_{key}",
            on_click="ignore", width="stretch",
        )  # fmt: skip
        st.download_button(
            page.say("export.word"), partial(answers_word, given), f"{name}.docx", WORD, key=f"word_{key}",
            on_click="ignore", width="stretch",
        )  # fmt: skip


def _markdown(given: Sequence[tuple[Answer, str]]) -> bytes:
    return answers_markdown(given).encode("utf-8")
