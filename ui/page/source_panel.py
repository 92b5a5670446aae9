"""The source of a citation: what the document is, where the words stand in it, and the words marked there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import streamlit as st  # noqa: TID251

from assistant.answers import cited_document
from ingest.catalogue import DocumentCard
from ingest.documents import Document
from ingest.errors import ReadingError, SelaError
from ui.api.document_views import original_file
from ui.api.problems import Problem
from ui.page.citation_words import formal_citation, page_words, standing
from ui.page.context import PageContext
from ui.page.originals import original_address, text_address
from ui.page.place_view import ShownPlace, has_pages, part_html, part_of, text_parts
from ui.page.plain import as_html
from ui.page.trouble import failure_words

_AT = "source_page"
_NOTED = "source_noted"


@dataclass(frozen=True, slots=True)
class Leaf:
    """Which page or part of the text is turned to.

    Args:
        number: from 1.
        count: of pages or parts.
        is_image: whether pages are shown as images.
    """

    number: int
    count: int
    is_image: bool


def show_source(page: PageContext, place: ShownPlace, *, on_close: Callable[[], None] | None = None) -> None:
    """Show a place with the words marked; a message where the document is gone.

    Args:
        page: who looks.
        place: what is looked at.
        on_close: closes the panel; None where it is a page of its own.
    """
    with st.container(key="source_panel"):
        _show_head(page, place, on_close)
        try:
            catalogue, card = page.service.card(place.document_id, page.caller)
            document = catalogue.document(card.id)
        except SelaError:
            st.info(page.say("source.gone"), icon=":material/search_off:")
            return
        _note(page, card, place)
        _show_facts(page, card, document, place)
        _show_leaf(page, card, document, place)
        _show_reference(page, card, document, place)


def _note(page: PageContext, card: DocumentCard, place: ShownPlace) -> None:
    """Write down that a place was looked at, once and not each time the page is drawn."""
    if st.session_state.get(_NOTED) != place:
        page.service.audit.note(page.caller, "source", [card.file])
        st.session_state[_NOTED] = place


def _show_head(page: PageContext, place: ShownPlace, on_close: Callable[[], None] | None) -> None:
    title = page.say("source.numbered", number=place.number) if place.number else page.say("shell.source")
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.html(f'<h2 class="panel-title">{as_html(title)}</h2>')
        if on_close is not None:
            st.button(
                page.say("source.close"),
                key="close_source",
                icon=":material/close:",
                type="tertiary",
                on_click=on_close,
            )


def _show_facts(page: PageContext, card: DocumentCard, document: Document, place: ShownPlace) -> None:
    cited, at = cited_document(card), document.place(place.start)
    language = f' lang="{cited.language}"' if cited.language != page.language else ""
    facts = (
        (page.say("source.symbol"), cited.symbol or "", ""),
        (page.say("source.standing"), standing(cited, page.say, page.language), ""),
        (page.say("source.place"), page_words(at.page, at.page_label, page.say), ""),
    )
    st.html(f'<h3 class="source-title"{language}>{as_html(cited.title)}</h3>{_facts(facts)}')


def _facts(facts: Iterable[tuple[str, str, str]]) -> str:
    """Return a list of facts as HTML; of each its name, its words and the attribute that says their language."""
    rows = "".join(f"<dt>{as_html(name)}</dt><dd{lang}>{as_html(value)}</dd>" for name, value, lang in facts if value)
    return f'<dl class="facts">{rows}</dl>' if rows else ""


def _show_leaf(page: PageContext, card: DocumentCard, document: Document, place: ShownPlace) -> None:
    image = has_pages(card)
    leaf = _leaf(document, card, place, is_image=image)
    shown = _show_image(page, document, place, leaf) if image else False
    if not shown:
        leaf = _leaf(document, card, place, is_image=False)
        parts = text_parts(document, place.start)
        st.html(part_html(document, parts[leaf.number - 1], place.span))
    _show_turning(page, place, leaf)


def _leaf(document: Document, card: DocumentCard, place: ShownPlace, *, is_image: bool) -> Leaf:
    parts = text_parts(document, place.start)
    count = card.page_count if is_image else len(parts)
    cited = (document.place(place.start).page or 1) if is_image else part_of(parts, place.start) + 1
    turned: tuple[ShownPlace, bool, int] | None = st.session_state.get(_AT)
    number = turned[2] if turned and turned[:2] == (place, is_image) else cited
    return Leaf(min(max(number, 1), count), count, is_image)


def _show_image(page: PageContext, document: Document, place: ShownPlace, leaf: Leaf) -> bool:
    """Show a page of a PDF; False, and why, where it cannot be shown."""
    try:
        path = original_file(document, page.service.home)
        image = page.service.pages.image(document, path, leaf.number, place.span)
    except (Problem, ReadingError) as error:
        name = error.name if isinstance(error, Problem) else "file-unavailable"
        st.warning(failure_words(page, name), icon=":material/error:")
        return False
    quote = " ".join(document.text[place.start : place.end].split())
    is_cited = document.place(place.start).page == leaf.number
    described = page.say("source.image_marked" if is_cited else "source.image", number=leaf.number, quote=quote)
    with st.container(key="page_image"):
        st.image(image, width="stretch", alt=described)
    return True


def _show_turning(page: PageContext, place: ShownPlace, leaf: Leaf) -> None:
    def turn(number: int) -> None:
        st.session_state[_AT] = (place, leaf.is_image, number)

    kind = "page" if leaf.is_image else "part"
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", wrap=False):
        st.button(
            page.say("source.previous"), key="previous_leaf", icon=":material/chevron_left:",
            disabled=leaf.number <= 1, on_click=turn, args=(leaf.number - 1,),
        )  # fmt: skip
        at = as_html(page.say(f"source.{kind}", number=leaf.number, count=leaf.count))
        st.html(f'<p class="leaf" role="status">{at}</p>')
        st.button(
            page.say("source.next"), key="next_leaf", icon=":material/chevron_right:", icon_position="right",
            disabled=leaf.number >= leaf.count, on_click=turn, args=(leaf.number + 1,),
        )  # fmt: skip


def _show_reference(page: PageContext, card: DocumentCard, document: Document, place: ShownPlace) -> None:
    path = " › ".join(" ".join(part.split()) for part in document.section_path(place.start))
    language = card.metadata.language
    st.html(_facts([(page.say("source.path"), path, f' lang="{language}"' if language != page.language else "")]))
    links = (
        (text_address(card.id, place.span), page.say("source.open_text"), ' target="_blank" rel="noopener"'),
        (original_address(card.id), page.say("source.download"), " download"),
    )
    shown = "".join(f'<a href="{as_html(address)}"{how}>{as_html(words)}</a>' for address, words, how in links)
    st.html(f'<p class="links">{shown}</p>')
    st.caption(page.say("source.copy"))
    st.code(formal_citation(document, place.start, page.say, page.language), language=None, wrap_lines=True)
