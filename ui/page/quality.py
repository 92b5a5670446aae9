"""The page of the quality."""

import streamlit as st  # noqa: TID251

from ui.page.context import PageContext


def show(page: PageContext) -> None:
    """Show the page."""
    st.title(page.say("shell.quality"))
