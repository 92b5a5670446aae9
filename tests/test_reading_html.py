"""HTML: the body's text, in order, with its structure, without navigation and scripts."""

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from ingest.documents import LineKind, SourceDocument
from ingest.normalisation import normalise
from ingest.reading.html import read_html

PAGE = """<!DOCTYPE html><html lang="es"><head><meta charset="{charset}"><title>Una  reunión</title>
<meta name="author" content="Ana"><script>var hidden = 1;</script></head><body>
<nav><a href="/">Home</a> <a href="/b">About</a></nav>
<div class="main-menu"><a href="/">One</a><a href="/">Two</a></div>
<h1>Reunión <i>anual</i></h1>
<p>Primer párrafo &amp; más&nbsp;texto<br>segunda línea.</p>
<p><b>Lead in bold</b></p>
<ol><li>Uno<ul><li><p>Dentro</p></li></ul></li><li>Dos</li></ol>
<table><tr><th>Actividad</th><th>Mes</th></tr><tr><td>Estudio</td><td>mayo</td></tr></table>
loose text
<style>p {{}}</style><footer>Copyright line</footer></body></html>"""


def described(document: SourceDocument) -> list[tuple[str, int, str]]:
    return [(line.kind.value, line.level, line.text) for line in document.lines if line.text]


def test_structure_is_kept_and_navigation_and_scripts_are_dropped() -> None:
    document = read_html(PAGE.format(charset="utf-8").encode())
    assert described(document) == [
        ("heading", 1, "Reunión anual"),
        ("text", 0, "Primer párrafo & más texto"),
        ("text", 0, "segunda línea."),
        ("text", 0, "Lead in bold"),
        ("list_item", 1, "Uno"),
        ("list_item", 2, "Dentro"),
        ("list_item", 1, "Dos"),
        ("table_row", 0, "Actividad | Mes"),
        ("table_row", 0, "Estudio | mayo"),
        ("text", 0, "loose text"),
    ]
    assert [line.text for line in document.lines if line.emphasised] == ["Lead in bold", "Actividad | Mes"]


def test_language_title_and_author_are_read() -> None:
    document = read_html(PAGE.format(charset="utf-8").encode())
    assert document.properties == {"title": "Una reunión", "language": "es", "author": "Ana"}


def test_the_declared_encoding_is_used() -> None:
    document = read_html(PAGE.format(charset="iso-8859-1").encode("iso-8859-1"))
    assert "Reunión anual" in [line.text for line in document.lines]


def test_a_single_main_part_is_taken_for_the_document() -> None:
    words = "word " * 30
    document = read_html(f"<body><div>Outside</div><main><p>{words}</p></main></body>".encode())
    assert [line.text for line in document.lines if line.text] == [words.strip()]


def test_a_table_that_lays_out_the_page_is_read_as_text() -> None:
    document = read_html(b"<table><tr><td><h2>Left</h2><p>a</p></td><td><p>b</p></td></tr></table>")
    assert described(document) == [("heading", 2, "Left"), ("text", 0, "a"), ("text", 0, "b")]


def test_deep_nesting_is_read_without_recursion() -> None:
    document = read_html(b"<div>" * 5000 + b"deep" + b"</div>" * 5000)
    assert [line.text for line in document.lines if line.text] in (["deep"], [])


WORDS = st.text(st.characters(categories=["L", "N", "P", "S"], codec="utf-8"), min_size=1, max_size=12)
TAGS = st.sampled_from(["p", "div", "h2", "li", "td", "b", "span", "blockquote", "em"])


@given(st.lists(st.tuples(TAGS, WORDS), min_size=1, max_size=12))
def test_no_text_of_the_body_is_lost(parts: list[tuple[str, str]]) -> None:
    body = "".join(f"<{tag}>{escape(word)}</{tag}>\n" for tag, word in parts)
    document = read_html(f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode())
    assert normalise("\n".join(line.text for line in document.lines)) == normalise("\n".join(w for _, w in parts))
    assert all(line.kind is not LineKind.BLANK or not line.text for line in document.lines)
