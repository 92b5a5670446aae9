"""What a sentence, list item or table row is shown with when it is read."""

import pytest

from assistant.reading.units import units_of
from assistant.retrieval import Candidate
from tests.assistant_samples import build

ITEMS = "".join(f"- the port number {n} needs a quay, two tugs and a pilot who knows the tides;\n" for n in range(40))
ROWS = "".join(f"| Port number {n} of the long coast of the land | {n} ships with their cargo |\n" for n in range(40))
LISTS = f"""# Report on tugs

## Needs

The engineers saw the coast. They listed these needs:

{ITEMS}

## Traffic

| Port | Ships in a year |
|---|---|
{ROWS}
"""


@pytest.fixture(scope="module")
def units(tmp_path_factory, glossary):
    snapshot = build(tmp_path_factory.mktemp("units"), glossary, tugs=LISTS).snapshot()
    card = next(c for c in snapshot.catalogue.cards.values() if c.file == "tugs.md")
    passages = snapshot.catalogue.passages_of(card.id)
    assert len({p.id for p in passages if p.path[-1:] == ("Needs",)}) > 1, "the list goes over several passages"
    return units_of([Candidate(passage, 0.0, 0.0) for passage in passages], snapshot.catalogue)


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
