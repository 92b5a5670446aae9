"""What a sentence, list item or table row is shown with when it is read, and quoted with when it comes first."""

import pytest

from assistant.answers import Question
from assistant.quoting import statement_of
from assistant.reading.units import units_of
from assistant.retrieval import Candidate
from assistant.selection import Selection
from assistant.understanding.question import understand
from tests.assistant_samples import build

ITEMS = "".join(f"- the port number {n} needs a quay, two tugs and a pilot who knows the tides;\n" for n in range(40))
ROWS = "".join(f"| Port number {n} of the long coast of the land | {n} ships with their cargo |\n" for n in range(40))
LISTS = f"""# Report on tugs

## Needs

The engineers saw the coast. They listed these needs:

{ITEMS}

## Pilots

The pilots of the coast met in Callao. They stayed there for three days. Ships waited outside the harbour.
Also, some boats sank. IT services failed on Monday.

## Traffic

| Port | Ships in a year |
|---|---|
{ROWS}
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory, glossary):
    return build(tmp_path_factory.mktemp("units"), glossary, tugs=LISTS).snapshot().catalogue


@pytest.fixture(scope="module")
def units(catalogue):
    card = next(c for c in catalogue.cards.values() if c.file == "tugs.md")
    passages = catalogue.passages_of(card.id)
    assert len({p.id for p in passages if p.path[-1:] == ("Needs",)}) > 1, "the list goes over several passages"
    return units_of([Candidate(passage, 0.0, 0.0) for passage in passages], catalogue)


def _of(units, words):
    return next(unit for unit in units if words in unit.text)


@pytest.mark.parametrize("number", [0, 20, 39])
def test_every_item_is_shown_with_the_sentence_that_opens_its_list(units, number):
    context = _of(units, f"port number {number} needs").context
    assert context.endswith("They listed these needs")
    assert "engineers" not in context


@pytest.mark.parametrize("number", [0, 20, 39])
def test_every_row_is_shown_with_the_header_of_its_table(units, number):
    assert _of(units, f"Port number {number} of").context.endswith("Port | Ships in a year")


def test_a_sentence_of_its_own_is_shown_with_title_and_heading(units):
    assert _of(units, "The engineers saw").context == "Report on tugs. Needs"


def _quoted(units, catalogue, words, *, is_first):
    asked = understand(Question("How long did the pilots stay?"), known_decisions=())
    statement = statement_of(asked, Selection(_of(units, words), ()), catalogue, is_first=is_first)
    return [quotation.text for quotation in statement.quotations]


@pytest.mark.parametrize(
    ("words", "is_first", "quoted"),
    [
        ("stayed there", True, "The pilots of the coast met in Callao. They stayed there for three days."),
        ("stayed there", False, "They stayed there for three days."),
        ("Ships waited", True, "Ships waited outside the harbour."),
        ("boats", True, "Also, some boats sank."),
        ("IT services", True, "IT services failed on Monday."),
    ],
)
def test_a_first_sentence_that_points_back_is_quoted_with_what_it_points_to(units, catalogue, words, is_first, quoted):
    assert _quoted(units, catalogue, words, is_first=is_first) == [quoted]


def test_too_long_a_sentence_is_not_quoted_for_the_one_that_points_back_to_it(units, catalogue, monkeypatch):
    monkeypatch.setattr("assistant.quoting.MOST_BEFORE", 3)
    assert _quoted(units, catalogue, "stayed there", is_first=True) == ["They stayed there for three days."]
