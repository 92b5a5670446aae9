"""Two models that read closely: what each is shown, and whose word counts where."""

import numpy as np
import pytest

from assistant.answers import Question
from assistant.reading.close_reading import SECOND_LOOKS, CloseReading, shown
from assistant.reading.reader import READ_CLOSELY, Reader
from assistant.reading.units import Unit
from assistant.understanding.question import understand
from ingest.documents import BlockKind, Passage, Place
from ingest.models.reader import OverlapReader


class Judge:
    """Finds every text as relevant as it is told to, and remembers what it was shown."""

    fingerprint = "judge"

    def __init__(self, relevance: float) -> None:
        self.relevance, self.questions, self.texts = relevance, [], []

    def relevances(self, question, texts):
        self.questions.append(question)
        self.texts += texts
        return np.full(len(texts), self.relevance, np.float32)


def _unit(text: str, language: str = "en") -> Unit:
    passage = Passage("p", "d", 0, ("Ports",), 0, len(text), text, text, Place(None, None), language)
    return Unit("d", "Report", None, passage, ((0, len(text)),), text, "Report. Ports", BlockKind.PARAGRAPH, 0.5)


@pytest.fixture
def judge():
    return Judge(3.0)


@pytest.fixture
def closely(judge, glossary):
    return CloseReading(OverlapReader(), judge, glossary)


def test_the_judge_reads_only_what_the_reader_found_best(closely, judge):
    units = [_unit(f"Crane number {n}.") for n in range(SECOND_LOOKS)] + [_unit("Nothing of that.") for _ in range(9)]
    readings = closely.readings("Which crane number?", "en", units, gains=np.zeros(len(units)))
    assert len(readings) == len(units)
    assert len(judge.texts) == SECOND_LOOKS
    assert all("Crane" in text for text in judge.texts)


def test_what_the_judge_did_not_read_never_overtakes_what_it_read(glossary):
    units = [_unit(f"Crane number {n}.") for n in range(SECOND_LOOKS)] + [_unit("Nothing of that.") for _ in range(9)]
    readings = CloseReading(OverlapReader(), Judge(-9.0), glossary).readings(
        "Which crane number?", "en", units, gains=np.zeros(len(units))
    )
    judged, rest = readings[:SECOND_LOOKS], readings[SECOND_LOOKS:]
    assert max(r.relevance for r in rest) <= min(r.relevance for r in judged)


def test_the_judge_reads_first_what_more_speaks_for(closely, judge):
    units = [_unit(f"Crane number {n}.") for n in range(SECOND_LOOKS)] + [_unit("The tug of Lima.")]
    closely.readings("Which crane number?", "en", units, gains=np.array([0.0] * SECOND_LOOKS + [9.0]))
    assert any("tug" in text for text in judge.texts)


def test_what_is_known_to_speak_of_another_decision_is_not_read_closely(glossary):
    others = [_unit(f"Decision {n} mandates cranes for the ports.") for n in range(500, 500 + READ_CLOSELY)]
    understood = understand(Question("Which decision mandates cranes: Decision 440?"), known_decisions=(440,))
    read = Reader(None, glossary).read(
        understood, [*others, _unit("The decision mandates cranes.")], common_words=frozenset()
    )
    assert "The decision mandates cranes." in [r.unit.text for r in read]


def test_the_judge_is_shown_everything_in_english(closely, judge):
    closely.readings(
        "¿Cuántas grúas tiene el puerto?", "es", [_unit("El puerto tiene dos grúas.", "es")], gains=np.zeros(1)
    )
    assert "port" in judge.questions[0]
    assert "puerto" not in judge.texts[0]


def test_the_judge_counts_for_more_in_its_own_language(closely):
    unit = [_unit("Crane number 1.")]
    english, spanish = (
        closely.readings("Which crane number?", language, unit, gains=np.zeros(1))[0] for language in ("en", "es")
    )
    assert english.relevance > spanish.relevance


def test_where_the_answer_stands_is_the_readers_word(closely):
    unit = _unit("The crane stands in Lima.")
    own = OverlapReader().answers("Where does the crane stand?", [shown(unit)])[0]
    read = closely.readings("Where does the crane stand?", "en", [unit], gains=np.zeros(1))[0]
    assert (read.start, read.end, read.answerable) == (own.start, own.end, own.answerable)


def test_no_units_are_read_as_none(closely):
    assert closely.readings("Which crane?", "en", [], gains=np.zeros(0)) == []


def test_a_number_in_words_and_in_digits_is_the_same_word(glossary):
    units = [_unit("The work rests on five cranes."), _unit("The work rests on six cranes.")]
    understood = understand(Question("the 5 cranes"), known_decisions=())
    five, six = Reader(None, glossary).held(understood, units)
    assert "5" in five
    assert "5" not in six
