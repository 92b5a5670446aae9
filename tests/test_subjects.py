"""What names none of the places and bodies that a question names speaks of something else."""

import pytest

from assistant.answers import Outcome, Question
from assistant.reading.reader import ReadUnit
from assistant.reading.subjects import ABSENT, subject_agreement, subjects_of
from assistant.reading.units import units_of
from assistant.retrieval import Candidate
from assistant.sufficiency import confidence
from assistant.understanding.question import understand
from tests.assistant_samples import build

TUGS = """# Tugs of the coast

## Tugs of Haiti

Three tugs are planned.

## Piers

ECLAC pays for the piers of Lima. They are built of wood.

## Pilots

Pilots are trained every year.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, glossary):
    return build(tmp_path_factory.mktemp("subjects"), glossary, tugs=TUGS)


@pytest.fixture(scope="module")
def unit(assistant):
    catalogue = assistant.snapshot().catalogue
    passages = [passage for card in catalogue.cards.values() for passage in catalogue.passages_of(card.id)]
    units = units_of([Candidate(passage, 0.0, 0.0) for passage in passages], catalogue)
    return lambda words: next(unit for unit in units if words in unit.text)


@pytest.mark.parametrize(
    ("question", "subjects"),
    [
        ("What is planned for Haiti?", {"haiti"}),
        ("¿Qué se hizo en La Habana con la CEPAL?", {"havana", "eclac"}),
        ("Que prévoit le SELA au Brésil ?", {"brazil"}),
        ("What does the Latin American Council ask of the United Nations?", set()),
    ],
)
def test_places_and_bodies_are_known_in_every_language(question, subjects):
    assert subjects_of(question) == subjects


@pytest.mark.parametrize(
    ("question", "words", "agrees"),
    [
        ("What is planned for Haiti?", "Three tugs", True),
        ("¿Qué se planea para Haití?", "Three tugs", True),
        ("What is planned for Cuba?", "Three tugs", False),
        ("¿Qué paga la CEPAL?", "built of wood", True),
        ("What is built in Peru?", "built of wood", True),
        ("Which pilots are trained in Peru?", "Pilots are trained", False),
        ("Which pilots are trained?", "Pilots are trained", True),
    ],
)
def test_a_unit_speaks_of_what_its_passage_or_headings_name(unit, question, words, agrees):
    assert subject_agreement(subjects_of(question), unit(words)) == (0.0 if agrees else ABSENT)


def test_no_answer_opens_with_what_does_not_speak_of_the_country_asked_about(assistant, unit):
    question = Question("Which pilots are trained in Chile?")
    assert assistant.ask(question).outcome is Outcome.NO_EVIDENCE
    sure = ReadUnit(unit("Pilots are trained"), 9.0, 9.0, 9.0, 1.0, ABSENT, frozenset(), {})
    assert confidence(understand(question, known_decisions=()), [sure]) == 0


def test_units_of_another_country_give_way(assistant):
    assert assistant.ask(Question("How many tugs are planned for Haiti?")).text.startswith("“Three tugs are planned.”")
