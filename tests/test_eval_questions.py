"""Question files are checked line by line and split into fixed halves."""

import json

import pytest

from eval.errors import QuestionSetError
from eval.questions import GoldPlace, Split, load_questions, split_of

RIGHT = {
    "id": "T002", "lang": "en", "type": "fact", "question": "Who met?", "history": [], "answerable": True,
    "gold": [{"doc": "note.md", "quote": "the committee met"}], "facts": [["committee", "comité"]],
}  # fmt: skip


def write(folder, *rows):
    path = folder / "questions.jsonl"
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows), encoding="utf-8")
    return path


def test_a_right_file_is_read(tmp_path):
    (question,) = load_questions(write(tmp_path, RIGHT))
    assert (question.language, question.kind, question.facts) == ("en", "fact", (("committee", "comité"),))
    assert question.to_ask().text == "Who met?"


def test_history_is_asked_with_the_question(tmp_path):
    (question,) = load_questions(write(tmp_path, RIGHT | {"history": ["What is it?"], "type": "followup"}))
    assert [turn.question for turn in question.to_ask().history] == ["What is it?"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("{", "line 2: not JSON"),
        ("[]", "line 2: not a JSON object"),
        ({"id": "T003"}, "line 2: no 'lang'"),
        (RIGHT, "line 2: id 'T002' twice"),
        (RIGHT | {"id": "T"}, "holds no number"),
        (RIGHT | {"id": "T3", "lang": "de"}, "language 'de'"),
        (RIGHT | {"id": "T3", "answerable": False}, "unanswerable, yet with gold"),
        (RIGHT | {"id": "T3", "facts": [[]]}, "'facts' must hold"),
        (RIGHT | {"id": "T3", "gold": [{"doc": "x"}]}, "'gold' must hold"),
        (RIGHT | {"id": "T3", "weight": 1}, "unknown key 'weight'"),
        (RIGHT | {"id": "T3", "answerable": "yes"}, "'answerable' is not bool"),
    ],
)
def test_a_wrong_line_is_named_with_its_fault(tmp_path, wrong, words):
    with pytest.raises(QuestionSetError, match=r"line 2") as caught:
        load_questions(write(tmp_path, RIGHT, wrong))
    assert words in str(caught.value)


def test_a_missing_or_empty_file_is_refused(tmp_path):
    with pytest.raises(QuestionSetError, match="cannot be read"):
        load_questions(tmp_path / "none.jsonl")
    with pytest.raises(QuestionSetError, match="holds no question"):
        load_questions(write(tmp_path, ""))


def test_even_numbers_are_for_tuning_and_odd_ones_are_held_out():
    assert split_of("D094") is Split.TUNING
    assert split_of("S-7") is Split.HELD_OUT


def test_gold_is_found_by_path_or_by_base_name():
    assert GoldPlace("note.md", "").is_in("en/note.md")
    assert GoldPlace("en/note.md", "").is_in("en/note.md")
    assert not GoldPlace("en/note.md", "").is_in("es/note.md")


@pytest.mark.reference
def test_the_development_questions_are_right(reference):
    questions = load_questions(reference / "eval" / "dev.jsonl")
    assert len(questions) == 126
    assert {q.split for q in questions} == set(Split)
