"""The address of a place in a document, where links of the registers lead."""

import streamlit as st  # noqa: TID251

from ui.page.context import PageContext
from ui.page.place_view import ShownPlace
from ui.page.plain import as_html
from ui.page.source_panel import show_source


def show(page: PageContext) -> None:
    """Show the place that the address names."""
    given = {name: st.query_params.get(name, "") for name in ("document", "start", "end")}
    st.html(f'<h1 class="sr-only">{as_html(page.say("shell.source"))}</h1>')
    start, end = (int(given[name]) if given[name].isdecimal() else 0 for name in ("start", "end"))
    show_source(page, ShownPlace(given["document"], start, end))
