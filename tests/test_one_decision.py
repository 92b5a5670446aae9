"""A question about several decisions is asked of each of them, and answered for each."""

import pytest

from assistant.answers import Question
from assistant.reading.agreement import HELD
from assistant.reading.reader import ReadUnit
from assistant.reading.units import Unit
from assistant.sufficiency import confidence
from assistant.understanding.question import understand
from ingest.documents import BlockKind, Passage, Place
from tests.assistant_samples import build

TUGS = """# Tugs of the coast

## Mandates

Decision 440 of the Latin American Council instructs the Permanent Secretariat to buy three tugs.

Decision 527 of the Latin American Council instructs the Permanent Secretariat to build two piers.

## Harbours

The harbours say of the pilots that they sleep at the old quay of the harbours.
"""
TEXT = "Decision 440 of the Latin American Council instructs the Permanent Secretariat to buy three tugs."
PASSAGE = Passage("p", "d", 0, ("Mandates",), 0, len(TEXT), TEXT, TEXT, Place(None, None), "en")
UNIT = Unit("d", "Tugs", None, PASSAGE, ((0, len(TEXT)),), TEXT, "Tugs. Mandates", BlockKind.PARAGRAPH, 0.5)
UNREADABLE = ReadUnit(UNIT, -9.0, -9.0, -12.0, 0.5, HELD, frozenset(), {})  # models find nothing of an answer in it


def parts(text: str) -> tuple[str, ...]:
    return understand(Question(text), known_decisions=()).parts


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("When were Decisions 440 and 527 adopted?", "When were Decisions {} adopted?"),
        ("Decision 440 and Decision 527: dates", "Decision {}: dates"),
        ("¿Qué dispusieron la Decisión 440 y la Decisión 527?", "¿Qué dispusieron la Decisión {}?"),
        ("O que determinam as decisões n.º 440 e n.º 527?", "O que determinam as decisões n.º {}?"),
        ("Que demandent les décisions n° 440 et n° 527 ?", "Que demandent les décisions n° {} ?"),
        ("Compare Decision 440 and Decision 527", "Compare Decision {}"),
    ],
)
def test_each_decision_of_a_row_is_asked_about(text, each):
    assert parts(text) == (each.format(440), each.format(527))


def test_more_than_two_are_asked_about_in_turn():
    assert parts("What did decisions 519, 530 and 538 say?") == tuple(
        f"What did decisions {number} say?" for number in (519, 530, 538)
    )


@pytest.mark.parametrize(
    "text",
    [
        "What did Decision 440 mandate?",
        "Was it Decision 440 or Decision 527?",
        "Does Decision 530 go on from what Decision 519 began?",
    ],
)
def test_one_question_about_decisions_stays_whole(text):
    assert len(parts(text)) == 1


def test_the_answer_speaks_of_each(tmp_path, glossary):
    assistant = build(tmp_path, glossary, tugs=TUGS)
    answer = assistant.ask(Question("What do Decisions 440 and 527 mandate?"))
    assert "three tugs" in answer.text
    assert "two piers" in answer.text


def test_what_does_not_name_the_decision_asked_about_is_not_the_first_thing_said(tmp_path, glossary):
    answer = build(tmp_path, glossary, tugs=TUGS).ask(Question("What did Decision 527 say of the harbours?"))
    assert answer.text.startswith("“Decision 527")


@pytest.mark.parametrize(
    ("question", "is_known"),
    [
        ("What did Decision 440 mandate?", True),
        ("When was Decision 440 adopted?", True),
        ("Which countries abstained from Decision 440?", False),
        ("Why was Decision 440 adopted?", False),
    ],
)
def test_a_place_that_names_a_decision_tells_what_and_when_but_not_all_of_it(question, is_known):
    understood = understand(Question(question), known_decisions=())
    assert (confidence(understood, [UNREADABLE]) == 1) is is_known
