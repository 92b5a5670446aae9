"""Plain text and Markdown: nothing but white space and mark-up is lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.documents import LineKind, SourceDocument, SourceLine
from ingest.normalisation import normalise
from ingest.reading import read_file
from ingest.reading.decoding import decode
from ingest.reading.markdown import dropped_rules, looks_like_markdown, read_markdown
from ingest.reading.plain_text import read_plain_text

MARK_UP = [
    "**",
    "*",
    "***",
    "_",
    "__",
    "# ",
    "## ",
    "<b>",
    "</b>",
    "<i>",
    "|",
    "|---|---|",
    "- ",
    "* ",
    "1. ",
    "---",
    "===",
]
CODE_AND_LINKS = ["\\", "\\$", "`", "```\n", "[a](http://b.c)", "<http://a.b/>", "<", ">", "&amp;"]
BLANKS = ["\n", "\n\n", "  \n", "\t", " ", "\u00a0", "\x85", "\x0c", "\u2028"]
WORDS = ["word", "Two words", "3,5 %", "N°", "a_b_c", "\u0301", "ﬁ", "é", "—"]
SYNTAX = st.sampled_from([*MARK_UP, *CODE_AND_LINKS, *BLANKS, *WORDS])
MARKED_UP = st.lists(SYNTAX, max_size=40).map("".join)
NATURAL = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


def joined(document: SourceDocument) -> str:
    return normalise("\n".join(line.text for line in document.lines))


def texts(document: SourceDocument) -> list[str]:
    return [line.text for line in document.lines if line.text]


@given(MARKED_UP | NATURAL)
def test_plain_text_loses_white_space_only(text: str) -> None:
    assert joined(read_plain_text(text)) == normalise(text)


@given(MARKED_UP | NATURAL)
def test_markdown_loses_white_space_mark_up_and_table_rules_only(text: str) -> None:
    rules = set(dropped_rules(text))
    kept = "\n".join(line for line in text.splitlines() if line not in rules)
    assert joined(read_markdown(text)) == normalise(kept)


@given(MARKED_UP)
def test_lines_hold_no_line_breaks_and_no_blanks_at_their_ends(text: str) -> None:
    for line in (*read_markdown(text).lines, *read_plain_text(text).lines):
        assert line.text == line.text.strip()
        assert len(line.text.splitlines()) <= 1
        assert (line.kind is LineKind.BLANK) <= (not line.text)


@given(st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1))
def test_utf_8_and_utf_16_are_decoded_exactly(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert decode(text.encode(encoding)) == text.removeprefix("\ufeff")


@given(st.binary())
def test_no_bytes_make_decoding_fail(content: bytes) -> None:
    assert isinstance(decode(content), str)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_spanish_text_is_decoded_in_every_usual_encoding(encoding: str) -> None:
    text = "La Secretaría Permanente celebró su vigésima reunión en el año siguiente, según la decisión.\n" * 3
    assert decode(text.encode(encoding)) == text


def test_every_physical_line_of_plain_text_is_a_line() -> None:
    document = read_plain_text("First half of\n\nsecond half\n")
    assert document.lines == (
        SourceLine("First half of"),
        SourceLine("", kind=LineKind.BLANK),
        SourceLine("second half"),
    )


def test_tabs_between_words_make_a_table_row_but_an_indent_or_list_marker_does_not() -> None:
    lines = read_plain_text("Study\tMarch\t\t4\n\tindented\n1.\tFirst point\n•\tSecond").lines
    assert [(line.kind, line.text) for line in lines] == [
        (LineKind.TABLE_ROW, "Study | March | 4"),
        (LineKind.TEXT, "indented"),
        (LineKind.TEXT, "1. First point"),
        (LineKind.TEXT, "• Second"),
    ]


def test_headings_lists_and_bold_lines_are_told_in_markdown() -> None:
    lines = read_markdown("# Top #\n\n**AREA I. Trade**\n\n1. One\n  - nested\n* starred\n\n## ***Deep***\n").lines
    assert [(line.kind, line.level, line.emphasised, line.text) for line in lines if line.text] == [
        (LineKind.HEADING, 1, False, "Top"),
        (LineKind.TEXT, 0, True, "AREA I. Trade"),
        (LineKind.LIST_ITEM, 1, False, "1. One"),
        (LineKind.LIST_ITEM, 2, False, "- nested"),
        (LineKind.LIST_ITEM, 1, False, "starred"),
        (LineKind.HEADING, 2, True, "Deep"),
    ]


def test_bold_runs_glued_together_become_lines_of_their_own() -> None:
    lines = read_markdown("**PROJECT I.2. Ports****Activity I.2.1. Study****A. Background**").lines
    assert [line.text for line in lines] == ["PROJECT I.2. Ports", "Activity I.2.1. Study", "A. Background"]
    assert all(line.emphasised and line.complete for line in lines)


def test_html_tags_in_markdown_are_taken_out_and_addresses_are_kept() -> None:
    lines = read_markdown("<b>INTRODUCTION</b>\t\t3\n\nSee <http://example.org/> and US\\$ 5.<sup>1</sup>").lines
    assert [line.text for line in lines if line.text] == [
        "INTRODUCTION | 3",
        "See <http://example.org/> and US$ 5.1",
    ]


def test_pipe_tables_become_rows_without_their_rule() -> None:
    text = "Name | Month\n--- | ---\nStudy | **May**\n\n| A | |\n|---|---|\n| x \\| y | 2 |"
    lines = [line for line in read_markdown(text).lines if line.text]
    assert [line.text for line in lines] == ["Name | Month", "Study | May", "A |", "x | y | 2"]
    assert all(line.kind is LineKind.TABLE_ROW for line in lines)


def test_a_pipe_alone_at_the_start_is_no_table() -> None:
    assert read_markdown("| CONTENTS").lines == (SourceLine("CONTENTS", complete=True),)


def test_a_wrapped_markdown_paragraph_can_be_rejoined_and_a_hard_break_ends_a_line() -> None:
    wrapped = read_markdown("one *two\nthree* four\n\nalone\n\n*Title  \nPlace  \nDate*").lines
    assert [(line.text, line.complete) for line in wrapped if line.text] == [
        ("one two", False),
        ("three four", False),
        ("alone", True),
        ("Title", True),
        ("Place", True),
        ("Date", True),
    ]


def test_an_underlined_line_is_a_heading_and_the_underline_stays_in_the_text() -> None:
    lines = read_markdown("AREA II\n--\n\nA sentence ends here.\n---\n").lines
    assert [(line.kind, line.level, line.text) for line in lines if line.text] == [
        (LineKind.HEADING, 2, "AREA II"),
        (LineKind.TEXT, 0, "--"),
        (LineKind.TEXT, 0, "A sentence ends here."),
        (LineKind.TEXT, 0, "---"),
    ]


def test_markdown_is_recognised_in_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "document.txt"
    path.write_text("# Title\n\n## Part\n\nWords.", encoding="utf-8")
    assert read_file(path).format == "markdown"
    path.write_text("Title\n\nWords with 2 * 3 and #5.", encoding="utf-8")
    assert read_file(path).format == "text"


@pytest.mark.reference
def test_every_reference_document_is_kept_whole(reference: Path) -> None:
    for path in sorted((reference / "corpus").glob("*.txt")):
        assert joined(read_file(path)) == normalise(path.read_text(encoding="utf-8")), path.name


@pytest.mark.reference
def test_markdown_is_told_from_plain_text_in_the_reference_documents(reference: Path) -> None:
    found = {path.name[:3]: read_file(path).format for path in (reference / "corpus").glob("*.txt")}
    assert found == {"000": "text", "001": "text", "002": "text", "003": "markdown", "004": "markdown"}


def test_signs_of_markdown_must_be_more_than_one() -> None:
    assert not looks_like_markdown("A note on **one** thing")
    assert looks_like_markdown("A note on **one** thing and **another**")
