"""The frame of every page: navigation, style, language, and what is shown where a page cannot be."""

import logging
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import streamlit as st  # noqa: TID251

from ingest.errors import SelaError
from ui.api.problems import Problem
from ui.page import addresses, answer, ask, decisions, documents, meetings, programmes, quality, source
from ui.page.context import PageContext
from ui.page.footer import show_footer
from ui.page.stage import stage
from ui.page.trouble import show_trouble

_log = logging.getLogger("sela.page")
_ICON = Path(__file__).with_name("icon.svg")
Show = Callable[[PageContext], None]
_ENTRIES: tuple[tuple[str, str, str, Show], ...] = (
    ("ask", addresses.ASK, ":material/forum:", ask.show),
    ("decisions", addresses.DECISIONS, ":material/gavel:", decisions.show),
    ("meetings", addresses.MEETINGS, ":material/groups:", meetings.show),
    ("programmes", addresses.PROGRAMMES, ":material/account_tree:", programmes.show),
    ("documents", addresses.DOCUMENTS, ":material/description:", documents.show),
    ("quality", addresses.QUALITY, ":material/verified:", quality.show),
)
_HIDDEN: tuple[tuple[str, str, str, Show], ...] = (
    ("answer", addresses.ANSWER, ":material/link:", answer.show),
    ("source", addresses.SOURCE, ":material/find_in_page:", source.show),
)


def show_site() -> None:
    """Show the page that the address names, to the visitor who is connected."""
    page = stage().page_context()
    if page is None:
        st.html('<p><a href="/sign-in" target="_self">Sign in · Iniciar sesión · Entrar · Se connecter</a></p>')
        return
    st.set_page_config(page_title=page.say("shell.title"), page_icon=str(_ICON), layout="wide")
    st.html(f"<style>{style()}</style>")
    st.logo(str(_ICON), size="medium")
    chosen = st.navigation(_pages(page), position="top")
    chosen.run()
    show_footer(page)


def style() -> str:
    """Return what the theme cannot say."""
    return files("ui.page").joinpath("style.css").read_text(encoding="utf-8")


def _pages(page: PageContext) -> list[st.Page]:
    return [_page(page, entry, hidden=False) for entry in _ENTRIES] + [
        _page(page, entry, hidden=True) for entry in _HIDDEN
    ]


def _page(page: PageContext, entry: tuple[str, str, str, Show], *, hidden: bool) -> st.Page:
    name, path, icon, show = entry

    def guarded() -> None:
        try:
            show(page)
        except (SelaError, Problem) as error:
            show_trouble(page, error)
        except Exception:  # noqa: BLE001, the outermost edge: a reader is told in his language, the log why
            _log.exception("the page %s failed", name)
            st.error(page.say("trouble.internal"), icon=":material/error:")

    return st.Page(
        guarded,
        title=page.say(f"shell.{name}"),
        icon=icon,
        url_path=path or None,
        default=not path,
        visibility="hidden" if hidden else "visible",
    )
