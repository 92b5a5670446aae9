"""Splitting: passages inside sections, sentences across page breaks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_lines import heading, marked_source, paged_source, paragraph, row

from ingest.documents import BlockKind, Document, Kind, LineKind, Metadata, SourceDocument, SourceLine, Status
from ingest.layout import lay_out
from ingest.outline import find_sections
from ingest.sentences import sentence_spans, split_sentences
from ingest.splitting import split_passages

SENTENCE = "The harbours of the region were open on all days of the year and took in many ships from far away."


def document_of(source: SourceDocument) -> Document:
    layout = lay_out(source)
    metadata = Metadata("Harbours", None, Kind.OTHER, Status.UNKNOWN, None, "en")
    return Document(
        "doc_1", "harbours.md", "0" * 64, source.format, metadata, layout.text, layout.blocks, find_sections(layout)
    )


def test_a_passage_stays_in_its_section_and_carries_title_and_path_for_searching_only() -> None:
    source = marked_source(heading("Harbours"), paragraph(SENTENCE), heading("Ships"), paragraph("They came by sea."))
    first, second = split_passages(document_of(source))
    assert first.path == ("Harbours",)
    assert second.text == "Ships\n\nThey came by sea."
    assert second.search_text == "Harbours > Ships\nThey came by sea."


def test_headings_without_text_go_with_the_passage_below_them() -> None:
    source = marked_source(heading("AREA I. TRADE"), heading("Activity I.1.1. Ships"), paragraph(SENTENCE))
    (passage,) = split_passages(document_of(source))
    assert passage.text.startswith("AREA I. TRADE\n\nActivity I.1.1. Ships\n\n")
    assert passage.path == ("AREA I. TRADE", "Activity I.1.1. Ships")


def test_passages_have_about_180_words_and_none_is_a_stub() -> None:
    source = marked_source(heading("Harbours"), *(paragraph(f"{SENTENCE} {SENTENCE}") for _ in range(20)))
    lengths = [len(passage.text.split()) for passage in split_passages(document_of(source))]
    assert min(lengths) > 120
    assert max(lengths) < 260


def test_a_long_paragraph_is_cut_at_sentence_ends() -> None:
    passages = split_passages(document_of(marked_source(paragraph(" ".join([SENTENCE] * 30)))))
    assert len(passages) > 1
    assert all(passage.text.startswith("The harbours") and passage.text.endswith("away.") for passage in passages)


def test_a_list_stays_with_its_lead_in() -> None:
    items = [SourceLine(f"{n}. {SENTENCE}", kind=LineKind.LIST_ITEM, complete=True) for n in range(1, 5)]
    source = marked_source(*(paragraph(SENTENCE) for _ in range(8)), paragraph("It was agreed to:"), *items)
    listing = [passage.text for passage in split_passages(document_of(source)) if "agreed to:" in passage.text]
    assert len(listing) == 1
    assert "\n4. The harbours" in listing[0]


def test_every_part_of_a_split_table_is_found_by_the_tables_header() -> None:
    rows = [row(f"Study number {n} of the harbours and of the ships", "May - August") for n in range(60)]
    passages = split_passages(document_of(marked_source(row("Activities", "Schedule"), *rows)))
    assert len(passages) > 1
    assert all("Activities | Schedule" in passage.search_text for passage in passages)


def test_furniture_stays_out_of_what_is_searched() -> None:
    texts = ("In spring the harbours did", "very well and took in the", "ships that came there", "from far away.")
    source = paged_source(*(f"Yearly report of the harbours {n}\n{text}" for n, text in enumerate(texts, start=1)))
    (passage,) = split_passages(document_of(source))
    assert "Yearly report" not in passage.search_text
    assert "Yearly report" in passage.text


def test_ids_stay_while_path_and_text_stay_and_differ_for_repeated_text() -> None:
    source = marked_source(heading("Costs"), paragraph(SENTENCE), heading("Costs"), paragraph(SENTENCE))
    once, again = split_passages(document_of(source)), split_passages(document_of(source))
    assert [p.id for p in once] == [p.id for p in again]
    assert len({p.id for p in once}) == len(once) == 2
    assert all(len(p.id) == 16 for p in once)


def test_a_sentence_cut_by_a_page_has_a_span_on_each_page() -> None:
    source = paged_source("They met. The ministers of the region spoke of the", "harbours of all members. They left.")
    document = document_of(source)
    texts = [sentence.text(document.text) for sentence in split_sentences(document)]
    assert texts == ["They met.", "The ministers of the region spoke of the harbours of all members.", "They left."]
    assert [len(sentence.spans) for sentence in split_sentences(document)] == [1, 2, 1]


@pytest.mark.parametrize(
    "sentences",
    [
        ["It was agreed through Decision No. 440 of the Council.", "The U.S. delegation left."],
        ["La Decisión N.º 519 fue aprobada por la Sra. Pérez.", "Véase el art. 5 del Convenio de Panamá."],
        ["Los puertos, p. ej. los de Chile, crecieron.", "El Dr. J. Silva lo dijo."],
        ["A Decisão nº. 12 vale para todos, etc.", "A reunião foi em Brasília."],
        ["M. Dupont et Mme. Durand sont venus.", "Ils ont signé l'art. 3."],
        ["The aims are: i) to meet; ii) to speak; and iii) to go.", "That was all."],
        ["It rests on a decision (XXVIII Regular Meeting. Caracas, 7 to 9 April 2003).", "It holds."],
        ["He said: “We shall meet.”", "They met in the U.S.", "The talks were short."],
        ["Growth was 1.6% in 2016.", "In 2017 it was 2.1%."],
        ["¿Cuándo se reunió?", "¡Ayer!", "Fue en Lima."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


_pieces = st.sampled_from([SENTENCE, "They met. They left!", "word " * 300, "x" * 4000, "a; b, c", "4", "1. An item"])
_lines = st.builds(
    SourceLine,
    st.one_of(_pieces, st.text(max_size=30)),
    page=st.none(),
    kind=st.sampled_from(LineKind),
    complete=st.booleans(),
)


@given(st.lists(_lines, max_size=12))
def test_passages_cover_every_character_of_evidence_once_and_keep_their_offsets(lines: list[SourceLine]) -> None:
    document = document_of(SourceDocument("text", tuple(lines)))
    passages = split_passages(document)
    for passage in passages:
        assert passage.text == document.text[passage.start : passage.end]
    covered = [any(p.start <= i < p.end for p in passages) for i in range(len(document.text))]
    for block in document.blocks:
        if block.kind is BlockKind.CONTENTS:
            assert not any(covered[block.start : block.end])
        elif block.kind is not BlockKind.FURNITURE:
            missed = [document.text[i] for i in range(block.start, block.end) if not covered[i]]
            assert not "".join(missed).strip()
    assert all(a.end <= b.start for a, b in pairwise(passages))


@given(st.lists(_lines, max_size=12))
def test_sentences_cover_every_character_of_evidence_in_order(lines: list[SourceLine]) -> None:
    document = document_of(SourceDocument("text", tuple(lines)))
    spans = [span for sentence in split_sentences(document) for span in sentence.spans]
    assert spans == sorted(spans)
    kept = "".join(document.text[start:end] for start, end in spans)
    evidence = [b for b in document.blocks if b.kind not in (BlockKind.FURNITURE, BlockKind.CONTENTS)]
    assert "".join(kept.split()) == "".join("".join(document.text[b.start : b.end] for b in evidence).split())
