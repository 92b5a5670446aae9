"""What the register pages share: list or entry, the head, the search, the sorted and paged table, words as HTML."""

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from urllib.parse import urlencode, urlsplit

import streamlit as st  # noqa: TID251

from ui.page.context import PageContext
from ui.page.fields import choice_field, text_field
from ui.page.library import Library
from ui.page.links import follow_links
from ui.page.plain import as_html
from ui.page.register_html import table_html
from ui.page.tables import Table

_ALL, _SORT, _PAGE = "all", "sort", "page"


def show_entry_or_list(name: str, *, entry: Callable[[str], None], entries: Callable[[], None]) -> None:
    """Show the entry that a value of the address names, or the list where it names none."""
    asked = st.query_params.get(name, "").strip()
    if asked:
        entry(asked)
    else:
        entries()


def show_list(
    page: PageContext,
    name: str,
    *,
    total: int,
    choices: Mapping[str, Mapping[str, str]],
    table: Callable[[str, Mapping[str, str | None]], Table],
) -> None:
    """Show the list of a register, with a search and choices that narrow it.

    Args:
        page: its context.
        name: of its table of words, "decisions".
        total: how many entries there are, however few are shown.
        choices: names of the choices, each with words for its values.
        table: gives the rows for the words searched and the values chosen, None for all.
    """
    if not total:
        st.info(page.say(f"{name}.none"))
        return
    wide, *narrow = st.columns([2, *(1 for _ in choices)])
    with wide:
        words = search_field(page, f"{name}.search_hint")
    chosen = {}
    for column, (choice, labels) in zip(narrow, choices.items(), strict=True):
        with column:
            offered = {_ALL: page.say("register.all"), **labels}
            value = choice_field(page.say(f"{name}.{choice}"), choice, offered, default=_ALL)
        chosen[choice] = None if value == _ALL else value
    show_table(page, table(words, chosen), total=total)


def open_page(page: PageContext, name: str, *, title: str | None = None, intro: str | None = None) -> None:
    """Show the head of a page.

    Args:
        page: its context.
        name: of its table of words, "decisions".
        title: in place of the page's own name.
        intro: in place of the page's own sentence; "" for none.
    """
    st.html(f"<style>{files('ui.page').joinpath('registers.css').read_text(encoding='utf-8')}</style>")
    follow_links()
    heading = as_html(page.say(f"shell.{name}")) if title is None else title
    words = page.say(f"{name}.intro") if intro is None else intro
    lead = f'<p class="register-lead">{as_html(words)}</p>' if words else ""
    st.html(f"<h1>{heading}</h1>{lead}")


def library_of(page: PageContext) -> Library:
    """Return the documents that the visitor may see."""
    catalogue = page.catalogue
    return Library(
        {card.id: card for card in page.cards()},
        lambda document_id: catalogue.document(document_id).text,
        page.language,
        page.say,
    )


def search_field(page: PageContext, hint: str) -> str:
    """Show the search field of a page and return what is searched; it is part of the address."""
    return text_field(page.say("register.search"), "q", hint=page.say(hint))


def show_table(page: PageContext, table: Table, *, total: int) -> None:
    """Show the rows of a table that the address asks for, sorted and paged, and how many there are of how many."""
    if not table.rows:
        st.info(page.say("register.none_found"), icon=":material/search_off:")
        return
    sorting = st.query_params.get(_SORT, "")
    ordered = table.sorted_by(sorting)
    number = _page_number(ordered.page_count)
    count = page.say("register.found", shown=len(table.rows), total=total)
    body = table_html(ordered.page(number), sorting=sorting, sort_address=lambda key: _here({_SORT: key, _PAGE: None}))
    st.html(
        f'<p class="register-facts" role="status">{as_html(count)}</p>{body}{_pager(page, number, ordered.page_count)}'
    )


def show_html(*parts: str) -> None:
    """Show HTML whose words are escaped already; nothing where there is none."""
    if any(parts):
        st.html("".join(parts))


def section(title: str, body: str) -> str:
    """Return a part of a page under its heading, "" where it says nothing."""
    return f"<h2>{as_html(title)}</h2>{body}" if body else ""


def facts_html(page: PageContext, disagreements: Sequence[Table], facts: Table) -> str:
    """Return what documents say of an entry, with what they disagree on before it."""
    differing = "".join(f"<h3>{as_html(t.caption)}</h3>{table_html(t)}" for t in disagreements if t.rows)
    explained = f"<p>{as_html(page.say('register.disagreements_explained'))}</p>"
    disputed = section(page.say("register.disagreements"), differing and explained + differing)
    return disputed + section(page.say("register.facts"), table_html(facts) if facts.rows else "")


def back_link(address: str, words: str) -> str:
    """Return the link from an entry to its list."""
    return f'<p class="register-facts"><a href="{as_html(address)}" target="_self">← {as_html(words)}</a></p>'


def _page_number(pages: int) -> int:
    asked = st.query_params.get(_PAGE, "1")
    return min(max(int(asked), 1), pages) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1


def _pager(page: PageContext, number: int, pages: int) -> str:
    if pages == 1:
        return ""
    before = _step(page.say("register.previous"), number - 1) if number > 1 else ""
    after = _step(page.say("register.next"), number + 1) if number < pages else ""
    here = as_html(page.say("register.page_of", page=number, pages=pages))
    label = as_html(page.say("register.pages"))
    return f'<nav class="register-pager" aria-label="{label}">{before}<span>{here}</span>{after}</nav>'


def _step(words: str, number: int) -> str:
    return f'<a href="{as_html(_here({_PAGE: str(number)}))}" target="_self">{as_html(words)}</a>'


def _here(changes: Mapping[str, str | None]) -> str:
    """Return the address of this page with some of its query changed."""
    query = {**{name: st.query_params[name] for name in st.query_params}, **changes}
    return f"{_path()}?{urlencode({name: value for name, value in query.items() if value})}"


def _path() -> str:
    return urlsplit(st.context.url or "/").path or "/"
