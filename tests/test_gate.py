"""The verbatim gate: what does not stand at its place is not shown, and our own words claim nothing of their own."""

import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from register_documents import markdown

from assistant.gate import _FUNCTION_WORDS as FUNCTION_WORDS
from assistant.gate import DraftStatement, Quotation, pass_gate, stands, unsupported
from ingest.documents import Block, BlockKind
from ingest.normalisation import normalise

TEXT = """# Report on the harbours

## Cranes

The harbour of Valparaíso has four cranes, and the harbour of Callao has nine of them.

On 4 July 2031 the Secretariat counted 1,250 ships and 37.5% of the boats; Ana Pineda signed the list.
"""
DOCUMENT = markdown(TEXT)
PLACES = st.integers(0, len(DOCUMENT.text))


def at(start, end):
    return Quotation(DOCUMENT.id, start, end, DOCUMENT.text[start:end])


def quoting(words):
    start = DOCUMENT.text.index(words)
    return at(start, start + len(words))


def gated(*statements):
    return pass_gate(statements, lambda _: DOCUMENT, language="en")


def stating(words, quoted, **more):
    return DraftStatement(words, (quoting(quoted),), **more)


@given(PLACES, PLACES)
def test_every_stretch_of_the_text_stands_at_its_place(one, other):
    start, end = sorted((one, other))
    assert stands(at(start, end), DOCUMENT) == (normalise(DOCUMENT.text[start:end]) != "")


@given(PLACES, PLACES, st.integers(-30, 30))
def test_a_shifted_quotation_is_dropped(one, other, shift):
    start, end = sorted((one, other))
    quotation = at(start, end)
    moved = replace(quotation, start=start + shift, end=end + shift)
    there = normalise(DOCUMENT.text[max(moved.start, 0) : max(moved.end, 0)])
    same = moved.start >= 0 and moved.end <= len(DOCUMENT.text) and there == normalise(quotation.text) != ""
    assert bool(gated(DraftStatement("", (moved,))).statements) == same


@given(PLACES, PLACES, st.data())
def test_an_altered_quotation_is_dropped(one, other, data):
    start, end = sorted((one, other))
    quoted = DOCUMENT.text[start:end]
    where = data.draw(st.integers(0, len(quoted)))
    letter = data.draw(st.sampled_from(string.ascii_letters + string.digits + ".,;%"))
    inserted = replace(at(start, end), text=quoted[:where] + letter + quoted[where:])
    assert not stands(inserted, DOCUMENT)


@given(PLACES, PLACES)
def test_an_empty_or_reversed_place_does_not_stand(one, other):
    start, end = sorted((one, other))
    assert not stands(Quotation(DOCUMENT.id, end, start, DOCUMENT.text[start:end]), DOCUMENT)


@pytest.mark.parametrize(
    "altered",
    [
        "The harbour of Valparaiso has four cranes",
        "The harbour of Valparaíso has five cranes",
        "the harbour of Valparaíso has four cranes",
        "The harbour of Valparaíso has … cranes",
        "The harbour of Valparaíso has cranes four",
    ],
)
def test_letters_accents_digits_and_order_must_agree(altered):
    true = quoting("The harbour of Valparaíso has four cranes")
    assert stands(true, DOCUMENT)
    assert not stands(replace(true, text=altered), DOCUMENT)


def test_line_ends_and_blanks_may_differ():
    true = quoting("The harbour of Valparaíso has four cranes")
    assert stands(replace(true, text="The harbour\n of  Valparaíso has\u00a0four cranes"), DOCUMENT)


@pytest.mark.parametrize(("start", "end"), [(-5, 3), (0, 10**6), (10**6, 10**6 + 5), (-3, -1)])
def test_a_place_outside_the_text_does_not_stand(start, end):
    assert not stands(Quotation(DOCUMENT.id, start, end, DOCUMENT.text[start:end] or "x"), DOCUMENT)


def furnished():
    """Return a document in which a page number stands within a sentence."""
    text = "The harbour of Callao has\n12\nnine cranes."
    number = text.index("12")
    blocks = (
        Block(BlockKind.PARAGRAPH, 0, number - 1, page=1),
        Block(BlockKind.FURNITURE, number, number + 2, page=1),
        Block(BlockKind.PARAGRAPH, number + 3, len(text), page=2, continues=True),
    )
    return replace(DOCUMENT, text=text, blocks=blocks, sections=())


def test_a_quotation_that_crosses_page_furniture_is_dropped():
    document = furnished()
    crossing = DraftStatement("", (Quotation(document.id, 0, len(document.text), document.text),))
    assert pass_gate([crossing], lambda _: document, language="en").dropped == 1


def test_the_pieces_on_both_sides_of_page_furniture_stand():
    document = furnished()
    pieces = tuple(
        Quotation(document.id, b.start, b.end, document.text[b.start : b.end])
        for b in document.blocks
        if b.kind is not BlockKind.FURNITURE
    )
    assert pass_gate([DraftStatement("", pieces, shown=2)], lambda _: document, language="en").dropped == 0


def test_a_statement_with_one_false_quotation_is_dropped_whole():
    true, false = quoting("nine of them"), replace(quoting("four cranes"), text="five cranes")
    verdict = gated(DraftStatement("", (true, false)), DraftStatement("", (true,)))
    assert verdict.statements == (DraftStatement("", (true,)),)
    assert verdict.dropped == 1


def test_a_statement_without_a_quotation_is_dropped():
    assert gated(DraftStatement("There are cranes.", ())).dropped == 1


@pytest.mark.parametrize(
    "words",
    [
        "There are 12 cranes.",
        "It was signed on 5 July 2031.",
        "It was signed in 2030.",
        "It was signed by Carlos Ortega.",
        "It was counted in Guayaquil.",
        "There were 1,251 ships.",
        "It was 38%.",
        "Decision 440 says so.",
    ],
)
def test_a_number_date_or_name_of_ours_that_is_not_quoted_is_dropped(words):
    quoted = "On 4 July 2031 the Secretariat counted 1,250 ships and 37.5% of the boats; Ana Pineda signed the list."
    assert gated(stating(words, quoted)).statements == ()


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("signed on 4 July 2031", "en"),
        ("firmada el 4 de julio de 2031", "es"),
        ("assinada em 4 de julho de 2031", "pt"),
        ("signée le 4 juillet 2031", "fr"),
        ("signed on July 4, 2031", "en"),
        ("signed on 2031-07-04", "en"),
        ("signed by Ana Pineda", "en"),
        ("1,250 ships", "en"),
        ("1.250 barcos", "es"),
        ("37.5%", "en"),
        ("37,5 %", "fr"),
    ],
)
def test_what_is_quoted_may_be_said_in_the_form_of_another_language(words, language):
    quoted = "On 4 July 2031 the Secretariat counted 1,250 ships and 37.5% of the boats; Ana Pineda signed the list."
    assert unsupported(stating(words, quoted), language=language) == []


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("opened on 3 May 2029", "It opened on 13 May 2029."),
        ("opened in 1990", "It holds 11990 tonnes."),
        ("opened by Ana", "It is in Panama."),
        ("opened in Ica", "It is in Costa Rica."),
    ],
)
def test_a_piece_of_a_quoted_date_or_name_is_not_quoted(words, text):
    quotation = Quotation("d", 0, len(text), text)
    assert unsupported(DraftStatement(words, (quotation,)), language="en") != []


def test_a_word_written_small_is_no_name():
    assert unsupported(stating("más de una época", "four cranes"), language="es") == []


def test_the_words_of_the_catalogue_need_no_quotation():
    label = "Programme 2019:"
    assert unsupported(stating(label, "four cranes", template=label), language="en") == []
    assert unsupported(stating(label, "four cranes"), language="en") != []


def test_a_template_excuses_only_itself():
    statement = stating("Programme 2019: signed by Carlos Ortega", "four cranes", template="Programme 2019:")
    assert unsupported(statement, language="en") == ["Carlos Ortega"]


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=60))
def test_no_words_of_ours_make_the_gate_fail(words):
    unsupported(stating(words, "four cranes"), language="en")


@given(st.integers(0, 99999).filter(lambda n: n not in (4, 1250, 2031)))
def test_no_number_of_ours_passes_unless_quoted(number):
    quoted = "On 4 July 2031 the Secretariat counted 1,250 ships"
    assert gated(stating(f"{number} ships", quoted)).dropped == 1


def test_a_count_must_be_the_number_of_its_quotations():
    items = (quoting("four cranes"), quoting("nine of them"))
    counting = DraftStatement("Harbours found: 2.", items, template="Harbours found: ….", shown=0, counted=2)
    assert gated(counting).dropped == 0
    assert gated(replace(counting, counted=None)).dropped == 1, "the number stands in no quotation"
    for words, counted in (("Harbours found: 3.", 3), ("Harbours found: 3.", 2), ("Harbours found: 2.", 3)):
        assert gated(replace(counting, words=words, counted=counted)).dropped == 1


def test_one_place_quoted_twice_counts_once():
    twice = (quoting("four cranes"), quoting("four cranes"))
    assert gated(DraftStatement("Found: 2.", twice, template="Found: ….", shown=0, counted=2)).dropped == 1


def said(words, text, language="en"):
    return unsupported(DraftStatement(words, (Quotation("d", 0, len(text), text),)), language=language)


@pytest.mark.parametrize(
    ("language", "words", "text"),
    [
        ("en", "on 7 April 2003", "It met from 7 to 9 April 2003."),
        ("es", "el 7 de abril de 2003", "Se reunió del 7 al 9 de abril de 2003."),
        ("pt", "em 7 de abril de 2003", "Reuniu-se de 7 a 9 de abril de 2003."),
        ("fr", "le 7 avril 2003", "Elle s'est réunie du 7 au 9 avril 2003."),
        ("en", "from 7 to 9 April 2003", "It met on 7 April 2003."),
        ("en", "in May 2003", "It met from 7 to 9 April 2003."),
        ("en", "in 2004", "It met from 7 to 9 April 2003."),
        ("en", "signed by Ana", "Ana Maria Torres signed."),
        ("en", "signed by Ana Torres", "Ana Maria Torres signed."),
        ("en", "in Costa", "It was held in Costa Rica."),
        ("en", "twelve studies", "It plans 15 studies."),
        ("es", "doce estudios", "Prevé 15 estudios."),
        ("pt", "doze estudos", "Prevê 15 estudos."),
        ("fr", "douze études", "Il prévoit 15 études."),
        ("fr", "à l'Équateur", "à Quito"),
    ],
)
def test_what_the_quotation_does_not_say_is_told_in_four_languages(language, words, text):
    assert said(words, text, language) != []


@pytest.mark.parametrize(
    ("language", "words", "text"),
    [
        ("en", "in April 2003", "It met from 7 to 9 April 2003."),
        ("es", "en 2003", "Se reunió del 7 al 9 de abril de 2003."),
        ("pt", "de 7 a 9 de abril de 2003", "It met from 7 to 9 April 2003."),
        ("fr", "du 7 au 9 avril 2003", "It met from 7 to 9 April 2003."),
        ("en", "signed by Torres", "Ana Maria Torres signed."),
        ("en", "signed by Maria Torres", "Ana Maria Torres signed."),
        ("en", "signed by Ana María Torres", "Ana Maria Torres signed."),
        ("en", "The Secretariat planned it", "the plan of the Secretariat"),
        ("en", "15 studies", "It plans fifteen studies."),
        ("en", "fifteen studies", "It plans 15 studies."),
        ("es", "quince estudios", "It plans fifteen studies."),
        ("pt", "vinte e cinco estudos", "It plans 25 studies."),
        ("fr", "vingt-cinq études", "It plans 25 studies."),
        ("fr", "à l'été et au-delà de la région", "the region"),
        ("pt", "à época das águas", "the season"),
    ],
)
def test_what_the_quotation_says_in_other_words_passes_in_four_languages(language, words, text):
    assert said(words, text, language) == []


MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


@given(st.integers(1, 27), st.integers(1, 27), st.sampled_from(MONTHS), st.integers(1990, 2030))
def test_a_day_passes_only_where_just_that_day_is_quoted(day, other, month, year):
    assert (said(f"on {day} {month} {year}", f"It met on {other} {month} {year}.") == []) == (day == other)
    assert said(f"on {day} {month} {year}", f"It met from {day} to {day + 1} {month} {year}.") != []


@given(st.integers(2, 9999), st.integers(2, 9999))
def test_a_number_passes_only_where_just_that_number_is_quoted(number, other):
    assert (said(f"{number} ships", f"It counted {other} ships.") == []) == (number == other)


NAMES = st.text(alphabet=string.ascii_lowercase, min_size=4, max_size=9).map(str.capitalize)


@given(NAMES, NAMES, NAMES)
def test_a_surname_passes_and_a_piece_of_a_word_does_not(first, last, other):
    quoted = f"{first} {last} signed the list."
    assert said(f"signed by {first} {last}", quoted) == []
    assert said(f"signed by {last}", quoted) == []
    if other.lower() not in {first.lower(), last.lower(), "signed", "list"}:
        assert said(f"signed by {other}", quoted) in ([other], [])
    assert said(f"signed by {last[:-1]}", f"{last} signed.") in ([last[:-1]], [])
    assert (said(f"signed by {last[:-1]}", f"{last} signed.") == []) == (last[:-1].lower() in FUNCTION_WORDS)
