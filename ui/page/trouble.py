"""What a reader is told when something cannot be shown: what is wrong, what to do, and that nothing is lost."""

import streamlit as st  # noqa: TID251

from ingest.errors import IndexUnavailable, SelaError, UnknownRecord
from ui.api.problems import Problem
from ui.page.context import PageContext
from ui.page.plain import as_markdown

_TOLD = (
    "busy",
    "too-slow",
    "not-ready",
    "not-found",
    "file-unavailable",
    "invalid-request",
    "rate-limited",
    "interrupted",
)


def show_trouble(page: PageContext, error: SelaError | Problem) -> None:
    """Say what went wrong in the visitor's language."""
    if isinstance(error, IndexUnavailable) or (isinstance(error, Problem) and error.name == "not-ready"):
        show_no_index(page)
    elif isinstance(error, UnknownRecord):
        st.info(page.say("trouble.not_found"), icon=":material/search_off:")
    else:
        name = error.name if isinstance(error, Problem) else ""
        st.warning(failure_words(page, name), icon=":material/error:")
        st.caption(as_markdown(str(error)))


def failure_words(page: PageContext, name: str) -> str:
    """Return what a failure means to a reader.

    Args:
        page: whose language is used.
        name: of a problem of the API, or "stopped".
    """
    known = name in (*_TOLD, "stopped")
    return page.say(f"trouble.{name.replace('-', '_')}" if known else "trouble.internal")


def show_no_index(page: PageContext) -> None:
    """Explain how an index is made."""
    st.header(page.say("trouble.no_index"))
    st.write(page.say("trouble.no_index_explained"))
    st.code("sela ingest corpus", language=None)
    st.caption(page.say("trouble.no_index_after"))
