"""The answer store: what is kept is what comes back, whatever characters it holds."""

import re
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answer_store import AnswerStore
from assistant.answers import (
    Answer,
    Citation,
    CitedDocument,
    Coverage,
    EvidenceItem,
    IndexStamp,
    Mode,
    ModelUse,
    Note,
    NoteKind,
    Outcome,
    Statement,
    answer_from_json,
    answer_to_json,
    new_answer_id,
)
from ingest.errors import UnknownRecord

WORDS = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=40)
NUMBERS = st.lists(st.integers(1, 9), max_size=3).map(tuple)
PATHS = st.lists(WORDS, max_size=3).map(tuple)
DOCUMENTS = st.builds(
    CitedDocument, WORDS, WORDS, WORDS, st.none() | WORDS, WORDS, WORDS, st.none() | WORDS, st.just("es")
)
CITATIONS = st.builds(
    Citation,
    st.integers(1, 9), WORDS, st.just(True), st.integers(0, 99), st.integers(0, 99), DOCUMENTS, PATHS,
    st.none() | st.integers(1, 9), st.none() | WORDS, WORDS,
)  # fmt: skip
COUNTS = st.dictionaries(WORDS, st.integers(0, 9), max_size=2)
MODEL_USES = st.builds(
    ModelUse, WORDS, st.dictionaries(WORDS, WORDS, max_size=2), st.integers(0, 9), st.integers(0, 9),
    st.integers(0, 99).map(float), st.integers(0, 9), COUNTS, st.none() | WORDS,
)  # fmt: skip
ANSWERS = st.builds(
    Answer,
    id=st.builds(new_answer_id),
    question=WORDS,
    standalone_question=WORDS,
    language=st.sampled_from(["en", "es", "pt", "fr"]),
    outcome=st.sampled_from(Outcome),
    mode=st.sampled_from(Mode),
    text=WORDS,
    statements=st.lists(st.builds(Statement, WORDS, NUMBERS), max_size=3).map(tuple),
    citations=st.lists(CITATIONS, max_size=2).map(tuple),
    notes=st.lists(st.builds(Note, st.sampled_from(NoteKind), WORDS, NUMBERS), max_size=2).map(tuple),
    evidence=st.lists(
        st.builds(EvidenceItem, WORDS, WORDS, PATHS, WORDS, st.integers(1, 9), st.floats(-1, 1)), max_size=2
    ).map(tuple),
    coverage=st.builds(Coverage, st.integers(0, 9), st.integers(0, 9)),
    index=st.builds(IndexStamp, WORDS, st.integers(0, 9), WORDS),
    timings_ms=st.dictionaries(WORDS, st.integers(0, 99).map(float), max_size=2),
    model=st.none() | MODEL_USES,
)
ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def store(tmp_path):
    return AnswerStore(tmp_path / "new" / "answers.sqlite")


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory):
    return AnswerStore(tmp_path_factory.mktemp("answers") / "answers.sqlite")


@ANY_MACHINE
@given(ANSWERS)
def test_an_answer_comes_back_from_its_json_unchanged(answer):
    assert answer_from_json(answer_to_json(answer)) == answer


@ANY_MACHINE
@given(answer=ANSWERS, asked=st.dictionaries(WORDS, WORDS, max_size=2))
def test_a_stored_answer_comes_back_unchanged(shared_store, answer, asked):
    shared_store.save(answer, asked=asked, settings={"rerank": False})
    record = shared_store.load(answer.id)
    assert record.answer == answer
    assert (record.asked, record.settings) == (asked, {"rerank": False})


ANSWER = Answer(
    "ans_1", "q", "q", "en", Outcome.NO_EVIDENCE, "extractive", "t", (), (), (), (), Coverage(1, 0),
    IndexStamp("g", 1, "hashing"), {"total": 1.0},
)  # fmt: skip


def test_the_time_of_an_answer_is_kept_in_utc(store):
    store.save(ANSWER, asked={}, settings={})
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", store.load("ans_1").created)


@pytest.mark.parametrize("identifier", ["ans_2", "", "ans_1' OR '1'='1", "ans_1\x00", "%", "ans_1; DROP TABLE answers"])
def test_an_id_that_is_not_on_record_is_refused(store, identifier):
    store.save(ANSWER, asked={}, settings={})
    with pytest.raises(UnknownRecord, match="on record"):
        store.load(identifier)
    assert store.load("ans_1").answer == ANSWER


def test_an_answer_is_never_overwritten(store):
    store.save(ANSWER, asked={}, settings={})
    with pytest.raises(sqlite3.IntegrityError):
        store.save(replace(ANSWER, text="another"), asked={}, settings={})
    assert store.load("ans_1").answer.text == "t"


def test_a_second_store_of_the_same_file_sees_the_answers(store, tmp_path):
    store.save(ANSWER, asked={}, settings={})
    assert AnswerStore(tmp_path / "new" / "answers.sqlite").load("ans_1").answer == ANSWER


def test_several_threads_may_store_at_once(store, tmp_path):
    store.save(ANSWER, asked={}, settings={})
    failures = []

    def save(number):
        try:
            store.save(replace(ANSWER, id=f"ans_t{number}"), asked={}, settings={})
        except sqlite3.Error as error:
            failures.append(error)

    threads = [threading.Thread(target=save, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with closing(sqlite3.connect(tmp_path / "new" / "answers.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM answers").fetchone() == (9,)


def test_ids_are_distinct_and_in_the_order_of_time():
    ids = [new_answer_id() for _ in range(200)]
    assert len(set(ids)) == 200
    assert all(re.fullmatch(r"ans_[0-9A-HJKMNP-TV-Z]{26}", i) for i in ids)
    assert [i[:14] for i in ids] == sorted(i[:14] for i in ids)


def test_only_an_answer_that_asserts_is_no_refusal():
    assert {o for o in Outcome if not o.is_refusal} == {Outcome.ANSWERED, Outcome.PARTLY_ANSWERED}
