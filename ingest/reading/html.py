"""Reads HTML: the text of its main part with headings, lists and table rows; never scripts or navigation."""

import re
from collections.abc import Iterator

from lxml import etree  # noqa: TID251
from lxml import html as lxml_html  # noqa: TID251

from ingest.documents import LineKind, SourceDocument, SourceLine
from ingest.errors import DamagedFile
from ingest.reading.decoding import decode

_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]+encoding=[\"']([\w.:-]+)", re.I)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DROPPED_NAMES = """
    script style noscript template svg math iframe object embed canvas audio video button select option input textarea
    nav dialog head link meta map
"""
_BLOCK_NAMES = """
    address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody td tfoot th thead tr ul
"""
_DROPPED = frozenset(_DROPPED_NAMES.split())
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_NAVIGATION = re.compile(
    r"\b(nav|navbar|navigation|menu|breadcrumbs?|cookies?|skip-?link|sidebar|share|social)\b", re.I
)
_NAVIGATION_ROLES = {"navigation", "search", "menu", "menubar", "banner", "contentinfo", "dialog"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = {"b", "strong"}
_META = {
    "author": "author",
    "dc.creator": "author",
    "description": "subject",
    "dc.date": "created",
    "date": "created",
    "article:published_time": "created",
}


def read_html(content: bytes) -> SourceDocument:
    """Return the lines of the main part of an HTML page.

    Raises:
        DamagedFile: no element can be made of it.
    """
    declared = _DECLARED.search(content[:4096])
    encoding = (declared[1] or declared[2]).decode("ascii") if declared else None
    text = _XML_DECLARATION.sub("", decode(content, declared=encoding)).replace("\x00", "")
    try:
        page = lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(remove_comments=True, remove_pis=True))
    except etree.LxmlError as error:
        raise DamagedFile(f"The HTML cannot be read ({error}).", next_step="Put in an intact copy.") from error
    properties = _properties(page)
    main = _main_part(page)
    _drop_boilerplate(main)
    return SourceDocument("html", tuple(_lines(main)), properties=properties)


def _properties(page: etree._Element) -> dict[str, str]:
    properties: dict[str, str] = {}
    for meta in page.iter("meta"):
        name = _META.get((meta.get("name") or meta.get("property") or "").lower())
        if name and meta.get("content"):
            properties.setdefault(name, meta.get("content").strip())
    title = " ".join((page.findtext(".//title") or "").split())
    language = page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    stated = {"title": title, "language": language.strip(), **properties}
    return {name: value for name, value in stated.items() if value}


def _main_part(page: etree._Element) -> etree._Element:
    """Return the element that holds the document: the only `main` or `article` where there is one, else the body."""
    for query in (".//main | .//*[@role='main']", ".//article"):
        found = page.xpath(query)
        if len(found) == 1 and len(found[0].text_content().split()) > 20:
            return found[0]
    body = page.find("body")
    return page if body is None else body


def _drop_boilerplate(main: etree._Element) -> None:
    for element in list(main.iter(etree.Element)):
        if element is not main and _is_boilerplate(element):
            element.drop_tree()


def _is_boilerplate(element: etree._Element) -> bool:
    if element.tag in _DROPPED or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if not (_is_page_part(element) or _is_named_navigation(element)):
        return False
    return element.tag not in _HEADINGS and element.find(".//h1") is None


def _is_page_part(element: etree._Element) -> bool:
    """Tell a footer or banner of the page from one of an article."""
    if element.get("role") not in _NAVIGATION_ROLES and element.tag != "footer":
        return False
    return not any(True for _ in element.iterancestors("article", "main"))


def _is_named_navigation(element: etree._Element) -> bool:
    named = " ".join(filter(None, (element.get("class"), element.get("id")))).replace("_", "-")
    return bool(named) and _NAVIGATION.search(named) is not None and _link_share(element) > 0.5


def _link_share(element: etree._Element) -> float:
    """Return the share of the words of `element` that stand in links."""
    words = len(element.text_content().split())
    linked = sum(len(link.text_content().split()) for link in element.iter("a"))
    return linked / words if words else 1.0


def _lines(main: etree._Element) -> Iterator[SourceLine]:
    """Yield one line for each run of text between block boundaries, rows of real tables whole."""
    run = _Run()
    walk = etree.iterwalk(main, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag == "tr" and _is_real_row(element):
            yield from run.close()
            yield from _row(element)
            run.add(element.tail)
            walk.skip_subtree()
        elif event == "start":
            if element.tag in _BLOCKS:
                yield from run.close(broken=element.tag == "br")
            run.enter(element)
        elif element.tag == "tr" and _is_real_row(element):
            continue
        else:
            if element.tag in _BLOCKS and element.tag != "br":
                yield from run.close()
            run.leave(element, inside=element is not main)
    yield from run.close()


class _Run:
    """Text gathered since the last block boundary, and the elements it stands in."""

    def __init__(self) -> None:
        self._pieces: list[tuple[str, bool]] = []
        self._stack: list[str] = []
        self._broken = False
        self._item_open = False

    def enter(self, element: etree._Element) -> None:
        self._stack.append(element.tag)
        self._item_open |= element.tag == "li"
        self.add(element.text)

    def leave(self, element: etree._Element, *, inside: bool) -> None:
        self._stack.pop()
        if inside:
            self.add(element.tail)

    def add(self, text: str | None) -> None:
        if text:
            self._pieces.append((text, any(tag in _BOLD for tag in self._stack)))

    def close(self, *, broken: bool = False) -> Iterator[SourceLine]:
        """Yield the lines gathered; `broken` says that only a line break closes them."""
        texts = self._texts()
        bold = all(bold for text, bold in self._pieces if text.strip())
        kind, level = self._kind()
        self._pieces.clear()
        if not texts:
            self._broken &= broken
            return
        complete = len(texts) == 1 and not broken and not self._broken
        self._broken = broken
        self._item_open = False
        for text in texts:
            yield SourceLine(text, None, kind, level, bold, complete)
        if not broken:
            yield SourceLine("", kind=LineKind.BLANK)

    def _texts(self) -> list[str]:
        whole = "".join(text for text, _ in self._pieces)
        parts = whole.splitlines() if "pre" in self._stack else [whole]
        return [joined for part in parts if (joined := " ".join(part.split()))]

    def _kind(self) -> tuple[LineKind, int]:
        heading = next((_HEADINGS[tag] for tag in reversed(self._stack) if tag in _HEADINGS), 0)
        if heading:
            return LineKind.HEADING, heading
        depth = sum(tag in {"ul", "ol"} for tag in self._stack)
        if depth and "li" in self._stack and self._item_open:
            return LineKind.LIST_ITEM, depth
        return LineKind.TEXT, 0


def _is_real_row(row: etree._Element) -> bool:
    """Tell a row of a table from one that only lays out the page: more than one cell, nothing large inside."""
    if any(True for _ in row.iterdescendants("table", "h1", "h2", "h3", "ul", "ol")):
        return False
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    return len(cells) > 1 and all(len(cell.text_content()) < 2000 for cell in cells)


def _row(row: etree._Element) -> Iterator[SourceLine]:
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    texts = [" ".join(" ".join(cell.itertext()).split()) for cell in cells]
    if any(texts):
        bold = all(cell.tag == "th" for cell in cells)
        yield SourceLine(" | ".join(texts).strip(), kind=LineKind.TABLE_ROW, emphasised=bold, complete=True)
