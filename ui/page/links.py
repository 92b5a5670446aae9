"""Links between the pages are followed in place: nothing is loaded anew, and the conversation goes on."""

from functools import cache
from importlib.resources import files

import streamlit as st  # noqa: TID251
from streamlit.components.v2.types import ComponentRenderer  # noqa: TID251

from ui.page import addresses

_FOLLOWED = (
    addresses.ASK, addresses.DECISIONS, addresses.MEETINGS, addresses.PROGRAMMES, addresses.DOCUMENTS,
    addresses.QUALITY, addresses.ANSWER, addresses.SOURCE,
)  # fmt: skip


def follow_links() -> None:
    """Let the links of `st.html` change the page as the navigation does; call it once on each page."""
    _component()(key="links", data=[addresses.address(page) for page in _FOLLOWED], height=1)


@cache
def _component() -> ComponentRenderer:
    script = files("ui.page").joinpath("links.js").read_text(encoding="utf-8")
    return st.components.v2.component("sela_links", js=script, isolate_styles=False)
