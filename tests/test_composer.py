"""The composer: as few words as answer, each said once, lists and tables whole."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from register_documents import markdown

from assistant.gate import DraftStatement, Quotation
from assistant.quoting import joined, without_repeats
from assistant.reading.lists import MOST_TABLE_WORDS, running_list, whole_list, whole_table
from assistant.reading.reader import ReadUnit
from assistant.reading.units import Unit
from assistant.selection import MOST_STATEMENTS, MOST_WORDS, select
from assistant.understanding.asked import Asked
from ingest.documents import BlockKind, Passage, Place
from ingest.sentences import split_sentences

CRANES = "The harbour of Callao has nine cranes and four tugs."


def unit(text, *, document_id="d1", start=0, kind=BlockKind.PARAGRAPH, work=None, language="en"):
    spans = ((start, start + len(text)),)
    passage = Passage("p", document_id, 0, ("Harbours",), *spans[0], text, text, Place(None, None), language)
    return Unit(document_id, "Report", work, passage, spans, text, "Report", kind, 0.5)


def read(text, relevance, *, agreed=0.0, lacking=(), held=(), **more):
    return ReadUnit(unit(text, **more), relevance, relevance, relevance, 0.5, agreed, frozenset(lacking), dict(held))


def texts(selections):
    return [selection.unit.text for selection in selections]


def test_nothing_read_selects_nothing():
    assert select([]) == []


def test_the_best_comes_first_and_what_is_far_behind_is_left_out():
    best, near, far = (
        read(CRANES, 5.0),
        read("Pilots need a licence.", 4.0, start=900),
        read("Boats sail.", 1.0, start=800),
    )
    assert texts(select([best, near, far])) == [CRANES, "Pilots need a licence."]


def test_a_long_sentence_has_to_be_nearer_to_the_best_than_a_short_one():
    best = read(CRANES, 5.0)
    short = read("Pilots need a licence.", 3.2, start=900)
    long = read("Wheat from the north " + "and maize from the south " * 8 + "leave in April.", 3.8, start=5000)
    assert texts(select([best, long, short])) == [CRANES, short.unit.text]


def test_two_documents_that_say_the_same_make_one_statement():
    selections = select([read(CRANES, 5.0), read(CRANES, 4.9, document_id="d2"), read(CRANES, 4.8, document_id="d3")])
    assert texts(selections) == [CRANES]
    assert [second.document_id for second in selections[0].seconds] == ["d2", "d3"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CRANES, CRANES.replace("nine", "seven")),
        ("Callao handled 40,500 containers in 2031.", "Callao handled 31,200 containers in 2031."),
        ("The pier of Callao opened on 3 May 2029.", "The pier of Callao opened on 4 May 2030."),
        ("The pilots of Callao were welcomed by Ana Pineda.", "The pilots of Callao were welcomed by Elvira Quispe."),
        ("Ana Pineda welcomed the pilots of the coast.", "Elvira Pineda welcomed the pilots of the coast."),
        ("Peru hosted the fourth meeting of the pilots.", "Chile hosted the fourth meeting of the pilots."),
        ("The pilots met in the great port (Callao) of May.", "The pilots met in the great port (Iquique) of May."),
    ],
)
def test_another_figure_or_name_is_never_cited_as_saying_the_same(one, other):
    selections = select([read(one, 5.0), read(other, 4.9, document_id="d2")])
    assert selections[0].seconds == ()


def test_a_name_written_out_says_the_same_as_without():
    one, other = "The pilots of Callao met SELA in May.", "The pilots of Callao met SELA, the Economic System, in May."
    assert len(select([read(one, 5.0), read(other, 4.9, document_id="d2")])[0].seconds) == 1


def test_each_other_document_is_cited_once():
    again = [read(CRANES, 4.9, document_id="d2"), read(CRANES, 4.8, document_id="d2", start=500)]
    assert len(select([read(CRANES, 5.0), *again])[0].seconds) == 1


def test_a_language_version_that_says_the_same_is_not_said_again():
    english = read("The pier of Callao opened on 3 May 2029.", 5.0, work="w")
    spanish = read(
        "El muelle del Callao se inauguró el 3 de mayo de 2029.", 4.9, document_id="d2", work="w", language="es"
    )
    assert texts(select([english, spanish])) == [english.unit.text]


def test_versions_in_two_languages_are_told_by_the_numbers_and_codes_they_share():
    here = read("Decision No. 77 of the XXXI Regular Meeting keeps three areas of work.", 5.0, work="w")
    there = read(
        "La Decisión N° 77 de la XXXI Reunión Ordinaria conserva tres áreas de trabajo.",
        4.9, document_id="d2", work="w", language="es",
    )  # fmt: skip
    assert texts(select([here, there])) == [here.unit.text]


def test_other_numbers_are_not_the_same():
    english = read("The pier of Callao opened on 3 May 2029.", 5.0, work="w")
    other = read(
        "El muelle de Guayaquil se inauguró el 14 de junio de 2031.", 4.9, document_id="d2", work="w", language="es"
    )
    assert len(select([english, other])) == 2


def test_a_sentence_that_follows_is_preferred():
    best = read(CRANES, 5.0)
    elsewhere = read("Wheat is carried to other continents.", 4.5, start=5000)
    next_one = read("They were counted by the authority.", 4.3, start=len(CRANES) + 1)
    assert texts(select([best, elsewhere, next_one], most=2)) == [CRANES, next_one.unit.text]


def test_a_part_of_the_question_left_open_is_answered_from_further_behind():
    best = read(CRANES, 5.0, held={"crane": 0.4}, lacking={Asked.DATE})
    idle = read("Wheat is carried to other continents.", 2.8, start=5000, held={"crane": 0.4}, lacking={Asked.DATE})
    dated = read("The tugs came in May 2031.", 2.6, start=9000, held={"tug": 0.3})
    assert texts(select([best, idle, dated], most=2)) == [CRANES, dated.unit.text]


@pytest.mark.parametrize("most", [1, 2, 3])
def test_no_more_statements_than_asked(most):
    sentences = [CRANES, "Pilots must hold a licence.", "Boats sail in April.", "Wheat goes to other continents."]
    assert len(select([read(s, 5.0, start=1000 * i) for i, s in enumerate(sentences)], most=most)) == most


WORDS = st.text(alphabet="abcdefghijklm", min_size=2, max_size=8)
SENTENCES = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)


@given(st.lists(st.tuples(SENTENCES, st.floats(-5, 5)), max_size=8))
def test_the_words_stay_within_the_budget(sentences):
    units = sorted((read(s, r, start=1000 * i) for i, (s, r) in enumerate(sentences)), key=lambda u: -u.relevance)
    selections = select(units)
    assert len(selections) <= MOST_STATEMENTS
    assert bool(selections) == bool(units)
    chosen = texts(selections)
    assert len(chosen) == 1 or sum(len(text.split()) for text in chosen) <= MOST_WORDS


@given(st.lists(st.sampled_from([CRANES, "Pilots need a licence.", "Boats sail in April."]), min_size=1, max_size=6))
def test_nothing_is_said_twice(sentences):
    units = [read(s, 5.0 - 0.1 * i, document_id=f"d{i}") for i, s in enumerate(sentences)]
    chosen = texts(select(units))
    assert len(chosen) == len(set(chosen))


LIST = """# Report on the harbours

## Pilots

Harbours have pilots. The pilots of the harbour need:

- a licence of the port authority;
- two years of practice on tugs;
- a knowledge of the local tides.

They work at night.

| Harbour | Ships |
|---|---|
| Callao | 812 |
| Valparaíso | 655 |

After the table.
"""
DOCUMENT = markdown(LIST)


def in_document(document, words):
    start = document.text.index(words)
    block = next(b for b in document.blocks if b.start <= start < b.end)
    return unit(document.text[start : start + len(words)], document_id=document.id, start=start, kind=block.kind)


def shown(document, spans):
    return [document.text[start:end] for start, end in spans]


@pytest.mark.parametrize("words", ["a licence of", "two years of practice", "a knowledge of the local tides."])
def test_a_list_comes_whole_with_the_sentence_that_opens_it(words):
    (text,) = shown(DOCUMENT, whole_list(DOCUMENT, in_document(DOCUMENT, words)))
    assert text.startswith("The pilots of the harbour need:"), "not the sentence before the lead-in"
    assert text.rstrip().endswith("a knowledge of the local tides.")
    assert "They work" not in text


def test_the_sentence_that_opens_a_list_brings_the_list():
    lead = in_document(DOCUMENT, "The pilots of the harbour need:")
    assert whole_list(DOCUMENT, lead) == whole_list(DOCUMENT, in_document(DOCUMENT, "two years of practice"))


def test_a_sentence_beside_no_list_brings_none():
    assert whole_list(DOCUMENT, in_document(DOCUMENT, "After the table.")) == ()
    assert whole_list(DOCUMENT, in_document(DOCUMENT, "They work at night.")) == ()


@pytest.mark.parametrize("words", ["Callao | 812", "Valparaíso | 655"])
def test_a_row_comes_with_its_table_and_header(words):
    (text,) = shown(DOCUMENT, whole_table(DOCUMENT, in_document(DOCUMENT, words)))
    assert text.splitlines()[0].startswith("Harbour | Ships")
    assert "Callao" in text
    assert "655" in text
    assert "After" not in text


def test_of_a_long_table_only_the_row_and_its_neighbours_come():
    rows = "".join(f"| Harbour number {n} of the region | {n} ships in all |\n" for n in range(1, 60))
    long = markdown(f"# Report\n\n## Traffic\n\n| Harbour | Ships |\n|---|---|\n{rows}")
    (text,) = shown(long, whole_table(long, in_document(long, "Harbour number 30 of")))
    assert len(text.split()) <= 2 * MOST_TABLE_WORDS
    assert [f"number {n} of" in text for n in (28, 29, 30, 31, 32)] == [False, True, True, True, False]


def test_a_list_that_is_too_long_is_not_forced_in():
    items = "".join(f"- crane number {n} stands on the old pier of the harbour\n" for n in range(60))
    long = markdown(f"# Report\n\n## Cranes\n\nThe cranes are:\n\n{items}")
    assert whole_list(long, in_document(long, "crane number 30 stands")) == ()


def test_an_item_that_opens_others_brings_these_though_the_whole_list_is_too_long():
    items = "".join(f"- crane number {n} stands on the old pier of the harbour\n" for n in range(60))
    tail = "- the engineers of the port shall weigh:\n- the age of each crane;\n- its repairs.\n"
    long = markdown(f"# Report\n\n## Cranes\n\nThe cranes are:\n\n{items}{tail}")
    (text,) = shown(long, whole_list(long, in_document(long, "the engineers of the port shall weigh:")))
    assert text.startswith("- the engineers")
    assert text.endswith("its repairs.")


COUNTED = markdown(
    """# Report on the harbours

Three works were done in 2031. The first work was a pier for ferries. The second work was a road. Finally, the basin
was dredged. Nothing else was built.
"""
)


@pytest.mark.parametrize("words", ["Three works were done in 2031.", "The second work was a road."])
def test_an_enumeration_in_running_text_comes_whole(words):
    spans = running_list(COUNTED, in_document(COUNTED, words), split_sentences(COUNTED))
    (text,) = shown(COUNTED, spans)
    assert text.startswith("Three works")
    assert text.endswith("dredged.")


def test_sentences_that_count_nothing_are_no_enumeration():
    assert running_list(COUNTED, in_document(COUNTED, "Nothing else was built."), split_sentences(COUNTED)) == ()


def test_sentences_that_run_on_are_quoted_as_one():
    text = COUNTED.text
    pieces = ["Nothing else was built.", "Three works were done in 2031.", "The first work was a pier for ferries."]
    places = [(text.index(p), text.index(p) + len(p)) for p in pieces]
    statements = [DraftStatement("", (Quotation(COUNTED.id, a, b, text[a:b]),)) for a, b in places]
    quoted = [s.quotations[0].text for s in joined(statements, OneDocument())]
    assert quoted == [pieces[0], "Three works were done in 2031. The first work was a pier for ferries."]


def test_quotations_that_overlap_are_one():
    pieces = ["Harbour | Ships\nCallao | 812", "Callao | 812\nValparaíso | 655"]
    places = [(DOCUMENT.text.index(p), DOCUMENT.text.index(p) + len(p)) for p in pieces]
    statements = [DraftStatement("", (Quotation(DOCUMENT.id, a, b, DOCUMENT.text[a:b]),)) for a, b in places]
    quoted = [s.quotations[0].text for s in joined(statements[::-1], OneDocument(DOCUMENT))]
    assert quoted == ["Harbour | Ships\nCallao | 812\nValparaíso | 655"]


def test_an_item_is_not_quoted_beside_its_list():
    item, whole = (0, 20), (0, 60)
    other = (100, 120)
    statements = [DraftStatement("", (Quotation("d", a, b, "…"),)) for a, b in (item, other, whole)]
    assert [(s.quotations[0].start, s.quotations[0].end) for s in without_repeats(statements)] == [whole, other]


def test_what_a_dropped_statement_cites_elsewhere_is_cited_still():
    item = DraftStatement("", (Quotation("d", 0, 20, "…"), Quotation("e", 0, 20, "…")))
    whole = DraftStatement("", (Quotation("d", 0, 60, "…"),))
    for order in ([item, whole], [whole, item]):
        (kept,) = without_repeats(order)
        assert [(q.document_id, q.end) for q in kept.quotations] == [("d", 60), ("e", 20)]


def test_the_same_words_under_another_label_are_kept():
    labelled = [DraftStatement(label, (Quotation("d", 0, end, "…"),)) for label, end in (("2018:", 20), ("2019:", 60))]
    assert without_repeats(labelled) == labelled


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_pieces_of_one_run_are_one_in_any_order(order):
    pieces = ["Three works were done in 2031. The first work", "The first work was a pier", "was a pier for ferries."]
    places = [(COUNTED.text.index(p), COUNTED.text.index(p) + len(p)) for p in pieces]
    statements = [DraftStatement("", (Quotation(COUNTED.id, a, b, COUNTED.text[a:b]),)) for a, b in places]
    (whole,) = joined([statements[i] for i in order], OneDocument())
    assert whole.quotations[0].text == "Three works were done in 2031. The first work was a pier for ferries."


class OneDocument:
    def __init__(self, document=COUNTED):
        self.only = document

    def document(self, _):
        return self.only
