"""The foot of every page: the languages of the interface, who is signed in, and what answers are."""

from urllib.parse import urlencode, urlsplit

import streamlit as st  # noqa: TID251

from assistant.messages import LANGUAGES, message
from ui.page.context import PageContext
from ui.page.plain import as_html
from ui.page.sign_in import SIGN_OUT, language_address


def show_footer(page: PageContext) -> None:
    """Show the foot of the page."""
    links = " ".join(_language_link(page, language) for language in LANGUAGES)
    parts = [f'<nav aria-label="{as_html(page.say("shell.languages"))}">{links}</nav>']
    if page.caller.name:
        name = as_html(page.say("shell.signed_in", name=page.caller.name))
        out = as_html(page.say("shell.sign_out"))
        parts.append(f'<span>{name} · <a href="{SIGN_OUT}" target="_self">{out}</a></span>')
    parts.append(f"<span>{as_html(page.say('shell.caution'))}</span>")
    st.html(f'<footer class="foot">{"".join(parts)}</footer>')


def _language_link(page: PageContext, language: str) -> str:
    name = as_html(message("page_shell.own_name", language))
    short = f'<abbr title="{name}">{language.upper()}</abbr><span class="sr-only"> {name}</span>'
    if language == page.language:
        return f'<strong lang="{language}" aria-current="true">{short}</strong>'
    address = as_html(language_address(language, here()))
    return f'<a href="{address}" target="_self" lang="{language}" hreflang="{language}">{short}</a>'


def here() -> str:
    """Return the path and query of the page that is shown."""
    query = urlencode([(name, value) for name in st.query_params for value in st.query_params.get_all(name)])
    return (urlsplit(st.context.url or "/").path or "/") + (f"?{query}" if query else "")
