"""What speaks of another meeting or programme than the one asked about is no answer."""

import pytest
from language_model_samples import asking, home_of

from assistant.answers import Outcome, Question
from assistant.reading.agreement import agreement, identifiers_of, programme_agreement
from assistant.reading.units import units_of
from assistant.retrieval import Candidate
from assistant.understanding.question import understand
from tests.assistant_samples import build

TUGS = """# Tugs of the coast

## Meetings

The VII Meeting of Tug Masters was held in Callao in 2018. It gathered forty pilots at the old
quay. The harbour stayed shut for a day.

## Plans

The harbour will host the IX Meeting of Tug Masters.
"""
PROGRAMME = """# Work Programme for the year 2019

## Background: work programme for 2018

The Council approved the programme of pilots in November.

## Ports

In 2018 the ports bought three tugs. The Council approved the programme of cranes in December.
"""


@pytest.fixture(scope="module")
def unit(tmp_path_factory, glossary):
    home = tmp_path_factory.mktemp("agreement")
    catalogue = build(home, glossary, tugs=TUGS, programme=PROGRAMME).snapshot().catalogue
    passages = [passage for card in catalogue.cards.values() for passage in catalogue.passages_of(card.id)]
    units = units_of([Candidate(passage, 0.0, 0.0) for passage in passages], catalogue)
    return lambda words: next(unit for unit in units if words in unit.text)


def test_a_sentence_with_a_pronoun_speaks_of_the_meeting_that_the_sentence_before_names(unit):
    seventh = identifiers_of("the VII Meeting of Tug Masters")
    eighth = identifiers_of("the VIII Meeting of Tug Masters")
    assert agreement(seventh, unit("It gathered")) > 0
    assert agreement(eighth, unit("It gathered")) < 0
    assert agreement(eighth, unit("harbour stayed shut")) == 0


def test_a_programme_that_looks_back_on_another_does_not_speak_of_the_wrong_year(unit):
    asked = understand(Question("Who approved the work programme for 2018?"), known_decisions=())
    assert asked.programmes == (2018,)
    assert programme_agreement(asked, unit("programme of pilots")) == 0
    assert programme_agreement(asked, unit("bought three tugs")) == 0
    assert programme_agreement(asked, unit("programme of cranes")) < 0


def test_the_place_of_another_meeting_is_no_answer(tmp_path, glossary):
    assistant = asking(home_of(tmp_path, tugs=TUGS), glossary, None)
    assert assistant.ask(Question("Where was the VII Meeting of Tug Masters held?")).outcome is Outcome.ANSWERED
    assert assistant.ask(Question("Where was the VIII Meeting of Tug Masters held?")).outcome is Outcome.NO_EVIDENCE
