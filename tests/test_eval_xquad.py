"""Reading sets in SQuAD's format are read and measured."""

import json
from types import SimpleNamespace

import pytest

from assistant.answers import Outcome
from eval.errors import QuestionSetError
from eval.removal import measure_removal
from eval.xquad import load_xquad, reading_share, removal_cases, retrieval_ndcg, write_paragraphs


@pytest.fixture
def reading(tmp_path):
    paragraphs = [
        {"context": "\ufeffThe river is long. It is deep.", "qas": [question("q1", "How deep?", "deep")]},
        {"context": "The hill is high.", "qas": [question("q2", "How high?", "high")]},
    ]
    path = tmp_path / "xquad.json"
    path.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    return load_xquad(path)


def question(identifier, text, answer):
    return {"id": identifier, "question": text, "answers": [{"text": answer, "answer_start": 0}]}


def test_questions_know_their_paragraph(reading, tmp_path):
    assert [q.paragraph for q in reading.questions] == ["0000.txt", "0001.txt"]
    write_paragraphs(reading, tmp_path / "paragraphs")
    assert (tmp_path / "paragraphs" / "0000.txt").read_text().startswith("The river")


def test_finding_is_measured_by_the_rank_of_the_paragraph(reading):
    assert retrieval_ndcg(reading.questions, lambda text: ["0000.txt", "0001.txt"]) == pytest.approx(
        (1 + 0.6309) / 2, abs=1e-4
    )


def test_reading_is_measured_by_the_answer_in_the_words_selected(reading):
    first_sentence = {name: text.split(".")[0] for name, text in reading.paragraphs.items()}
    assert reading_share(reading.questions, lambda question: first_sentence[question.paragraph]) == 0.5


class ByDocuments:
    """Refuses, and is unsure, when the first paragraph is out of reach."""

    def ask(self, question):
        outcome = Outcome.ANSWERED if "0000.txt" in question.narrowing.documents else Outcome.NO_EVIDENCE
        return SimpleNamespace(outcome=outcome)

    def confidence(self, question):
        return 0.9 if "0000.txt" in question.narrowing.documents else 0.1


def test_a_question_is_asked_with_and_without_its_paragraph(reading):
    assistant = ByDocuments()
    cases = removal_cases(reading.questions)
    first = measure_removal(cases[:1], reading.paragraphs, assistant, assistant.confidence)
    assert (first.refused_held, first.refused_removed, first.auroc) == (0.0, 1.0, 1.0)
    both = measure_removal(cases, reading.paragraphs, assistant, None)
    assert (both.refused_held, both.refused_removed, both.auroc) == (0.0, 0.5, None)


def test_another_format_is_refused(tmp_path):
    (tmp_path / "x.json").write_text("[]")
    with pytest.raises(QuestionSetError, match="SQuAD"):
        load_xquad(tmp_path / "x.json")


@pytest.mark.reference
def test_both_languages_hold_the_same_questions(reference):
    english = load_xquad(reference / "multilingual" / "xquad.en.json")
    spanish = load_xquad(reference / "multilingual" / "xquad.es.json")
    assert len(english.questions) == 1190
    assert [(q.id, q.paragraph) for q in english.questions] == [(q.id, q.paragraph) for q in spanish.questions]
