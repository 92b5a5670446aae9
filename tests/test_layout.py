"""Layout: from source lines to the canonical text and its blocks."""

from hypothesis import given
from hypothesis import strategies as st
from source_lines import heading, marked_source, paged_source, paragraph, row, text_source

from ingest.documents import BlockKind, LineKind, SourceDocument, SourceLine
from ingest.layout import Layout, lay_out
from ingest.normalisation import normalise

WRAPPED = """
A regional body of ministers met to speak about the harbours of its

members and it asked the secretariat for a study of the ships that

call there each year.



The study came out in spring and it was read by all who had asked for

it, as the minutes of the Intra-

Regional committee say.
 On the next page the text goes on with a new paragraph that is long

enough to be wrapped and it ends here.
"""
HEADINGS = """
AREA I. TRADE BETWEEN NEIGHBOURS



Activity I.1.2. A course about harbours for officials who look after them in the

region



A. Background and justification



Harbours are where the ships come in and where the goods go out, so that

the officials who look after them should know how much they cost and why,

and how much they earn.



B. Objectives



1. Teach the officials who look after harbours how the costs come about and

what can be done to bring them down;

2. Write a short guide; and

3. Meet again.
"""


def pieces(layout: Layout, kind: BlockKind) -> list[str]:
    return [layout.text[b.start : b.end] for b in layout.blocks if b.kind is kind]


def test_lines_with_a_blank_line_after_each_become_paragraphs() -> None:
    paragraphs = pieces(lay_out(text_source(WRAPPED)), BlockKind.PARAGRAPH)
    assert len(paragraphs) == 3
    assert paragraphs[0].startswith("A regional body of ministers met to speak about the harbours of its members and")
    assert paragraphs[2].startswith("On the next page the text goes on")


def test_a_hyphen_at_a_line_end_stays() -> None:
    assert "Intra-Regional committee" in lay_out(text_source(WRAPPED)).text


def test_headings_wrapped_over_lines_are_whole() -> None:
    headings = pieces(lay_out(text_source(HEADINGS)), BlockKind.HEADING)
    assert headings == [
        "AREA I. TRADE BETWEEN NEIGHBOURS",
        "Activity I.1.2. A course about harbours for officials who look after them in the region",
        "A. Background and justification",
        "B. Objectives",
    ]


def test_a_heading_close_below_a_paragraph_is_still_one_if_it_stands_apart_from_what_follows() -> None:
    close = HEADINGS.replace("and how much they earn.\n\n\n\nB. Obj", "and how much they earn.\n\nB. Obj")
    assert close != HEADINGS
    assert pieces(lay_out(text_source(close)), BlockKind.HEADING)[-1] == "B. Objectives"


def test_list_items_keep_their_markers_and_their_wrapped_lines() -> None:
    items = pieces(lay_out(text_source(HEADINGS)), BlockKind.LIST_ITEM)
    assert [item[:2] for item in items] == ["1.", "2.", "3."]
    assert items[0].endswith("bring them down;")


def test_an_enumeration_inside_a_sentence_makes_no_list() -> None:
    text = """
The figures for the ports of the region can be put into two groups which are:

1) those that come from the ports themselves; and 2) those that come from

the ships that called there, which are harder to get and far less complete

than the others but good.
"""
    layout = lay_out(text_source(text))
    assert pieces(layout, BlockKind.LIST_ITEM) == []
    assert "which are: 1) those" in layout.text


def test_a_running_head_that_cuts_a_sentence_is_furniture_and_the_sentence_goes_on() -> None:
    text = """
The ministers met to speak about the harbours of the region and asked the

secretariat for a study of the ships that call there, of the goods that they

carry and of the



Work Programme for the year 2031 SP/CL/LX.O/DT N° 7-30





23

costs that arise when they have to wait outside for a free berth for some

days.
"""
    layout = lay_out(text_source(text))
    assert pieces(layout, BlockKind.FURNITURE) == ["Work Programme for the year 2031 SP/CL/LX.O/DT N° 7-30", "23"]
    assert [b.continues for b in layout.blocks if b.kind is BlockKind.PARAGRAPH] == [False, True]


def test_a_symbol_in_a_wrapped_sentence_is_no_furniture() -> None:
    text = """
The ministers met to speak about the harbours of the region and asked for the

study (SP/CL/LX.O/DT N° 7-30), which is about the ships that call there and the

goods that they carry from one port to another.
"""
    assert pieces(lay_out(text_source(text)), BlockKind.FURNITURE) == []


def test_a_table_of_contents_gives_no_headings() -> None:
    source = marked_source(
        heading("CONTENTS"),
        row("Activity I.1.1.", "Harbours", "7"),
        row("Activity I.1.2.", "Ships", "8"),
        heading("INTRODUCTION"),
        paragraph("This programme speaks of harbours and of ships, at some length and with many figures."),
        heading("Activity I.1.1. Harbours", 3),
    )
    layout = lay_out(source)
    assert len(pieces(layout, BlockKind.CONTENTS)) == 3
    assert pieces(layout, BlockKind.HEADING) == ["INTRODUCTION", "Activity I.1.1. Harbours"]


def test_the_rows_of_a_table_stay_whole() -> None:
    layout = lay_out(marked_source(row("Activities", "Schedule"), row("Study", "May - August")))
    assert pieces(layout, BlockKind.TABLE_ROW) == ["Activities | Schedule", "Study | May - August"]
    assert layout.text == "Activities | Schedule\nStudy | May - August"


def page(number: int, text: str) -> str:
    return f"Yearly report of the harbours {number}\n{text}"


def test_running_heads_with_page_numbers_label_the_pages_of_a_pdf() -> None:
    texts = ("The harbours did well.", "The ships did well.", "The goods were carried.", "All is well.")
    layout = lay_out(paged_source("Harbours of the region", *(page(n, text) for n, text in enumerate(texts, start=1))))
    labels = [(b.page, b.page_label) for b in layout.blocks if b.kind is BlockKind.PARAGRAPH]
    assert labels == [(1, None), (2, "1"), (3, "2"), (4, "3"), (5, "4")]


def test_the_labels_of_the_file_come_before_printed_numbers() -> None:
    layout = lay_out(paged_source("The harbours did well.", "The ships did well.", labels=("iv", "1")))
    assert [b.page_label for b in layout.blocks] == ["iv", "1"]


def test_a_sentence_over_two_pages_goes_on_in_a_block_of_its_own() -> None:
    layout = lay_out(paged_source("The ministers of the region met and spoke of the", "harbours of all its members."))
    assert [(b.page, b.continues) for b in layout.blocks] == [(1, False), (2, True)]


def test_an_item_without_a_full_stop_at_a_page_end_is_whole() -> None:
    first = "The ministers are to speak of all of these:\n1. the harbours of the region and of its neighbours"
    layout = lay_out(paged_source(first, "The ministers met."))
    assert not any(block.continues for block in layout.blocks)


def test_a_bold_name_that_begins_a_sentence_is_no_heading() -> None:
    bold = SourceLine("Office of Harbours and Ships", 1, emphasised=True)
    source = SourceDocument("pdf", (bold, SourceLine("(OHS) looks after harbours and after ships.", 1)))
    assert pieces(lay_out(source), BlockKind.HEADING) == []


def numbered(*marks: str, first: bool) -> SourceDocument:
    lines: list[SourceLine] = [] if first else [paragraph("The text before the first number.")]
    for mark in marks:
        lines += [heading(mark), paragraph(f"The text after {mark}.")]
    return marked_source(*(lines if first else lines[:-1]))


def labels_of(source: SourceDocument) -> list[str | None]:
    layout = lay_out(source)
    return [b.page_label for b in layout.blocks if b.kind is BlockKind.PARAGRAPH]


def test_numbers_in_front_of_all_text_are_page_heads() -> None:
    assert labels_of(numbered("4", "5", "6", first=True)) == ["4", "5", "6"]


def test_numbers_after_all_text_are_page_feet() -> None:
    assert labels_of(numbered("1", "2", "3", first=False)) == ["1", "2", "3"]


def test_where_every_second_page_is_marked_the_label_is_a_pair() -> None:
    assert labels_of(numbered("4", "6", "8", first=True)) == ["4–5", "6–7", "8–9"]


def test_a_gap_in_the_numbers_gives_no_label() -> None:
    assert labels_of(numbered("4", "5", "9", first=True)) == ["4", None, None]


def test_headings_glued_into_one_bold_line_come_apart() -> None:
    glued = SourceLine("PROJECT I.2. HarboursActivity I.2.1. ShipsA. Background", emphasised=True, complete=True)
    headings = pieces(lay_out(marked_source(glued)), BlockKind.HEADING)
    assert headings == ["PROJECT I.2. Harbours", "Activity I.2.1. Ships", "A. Background"]


words = st.text(
    st.one_of(st.characters(codec="utf-8", exclude_categories=["Cs"]), st.sampled_from("-. :;1AaIi)(|<b>")), max_size=40
)
source_lines = st.builds(
    SourceLine,
    st.one_of(words, st.sampled_from(["4", "CONTENTS", "A. Parts", "1. An item", "AREA I. X", "and so on-", "Intra-"])),
    kind=st.sampled_from(LineKind),
    level=st.integers(0, 3),
    emphasised=st.booleans(),
    complete=st.booleans(),
)


@given(st.lists(source_lines, max_size=25))
def test_nothing_but_white_space_and_markup_changes(lines: list[SourceLine]) -> None:
    layout = lay_out(SourceDocument("text", tuple(lines)))
    assert normalise(layout.text) == normalise("\n".join(line.text for line in lines))


@given(st.lists(source_lines, max_size=25))
def test_blocks_are_in_order_and_cover_every_character_that_is_not_blank(lines: list[SourceLine]) -> None:
    layout = lay_out(SourceDocument("text", tuple(lines)))
    position = 0
    for block in layout.blocks:
        assert not layout.text[position : block.start].strip()
        assert position <= block.start < block.end
        position = block.end
    assert not layout.text[position:].strip()
