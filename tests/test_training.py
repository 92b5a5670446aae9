"""What training sees and what it must not see."""

import hashlib
import json
from random import Random

import numpy as np
import pytest

from eval.training.command import SMOKE, run, smoke_material
from eval.training.measuring import answer_f1, auroc, best_f1
from eval.training.pairs import Kind, Pair, finished, wanted_relevance
from eval.training.sentences import LikelyMistakes, shown_sentences
from eval.training.squad import Asked, Paragraph, load_articles, split_by_article, split_by_paragraph
from eval.training.swapping import swapped


def _paragraph(number: int, *, unanswerable: int = 0) -> Paragraph:
    text = f"Town {number} has a harbour. It was founded in {1800 + number} by settlers."
    at = text.index(str(1800 + number))
    right = Asked(f"right{number}", f"When was town {number} founded?", (at, at + 4), None, (str(1800 + number),))
    wrong = tuple(Asked(f"wrong{number}-{i}", "Who burnt the town?", None, None, ()) for i in range(unanswerable))
    return Paragraph("Town", "en", text, (right, *wrong))


def test_every_other_article_is_kept_for_tests():
    split = split_by_article([(_paragraph(n),) for n in range(4)])
    assert [p.questions[0].id for p in split.training] == ["right0", "right2"]
    assert [p.questions[0].id for p in split.test] == ["right1", "right3"]


def test_paragraphs_reserved_for_another_test_are_not_trained_on():
    split = split_by_paragraph([(_paragraph(1), _paragraph(2))], reserved=[_paragraph(2)])
    assert all(p.text != _paragraph(2).text for p in split.training)


def test_every_other_unanswerable_question_is_kept_for_tests():
    split = split_by_paragraph([tuple(_paragraph(n, unanswerable=2) for n in range(1, 5))], reserved=[])
    trained = [q.id for p in split.training for q in p.questions if q.answer is None]
    kept = [q.id for p in split.test for q in p.questions if q.answer is None]
    assert trained == ["wrong2-0", "wrong3-0", "wrong4-0"]
    assert {"wrong2-1", "wrong3-1", "wrong4-1"} <= set(kept)


def test_a_byte_order_mark_does_not_move_the_answers(tmp_path):
    qas = [{"id": "1", "question": "Who?", "answers": [{"text": "Ana", "answer_start": 1}]}]
    article = {"title": "A_title", "paragraphs": [{"context": "\ufeffAna came.", "qas": qas}]}
    (tmp_path / "set.json").write_text(json.dumps({"data": [article]}), encoding="utf-8")
    paragraph = load_articles(tmp_path / "set.json", language="en")[0][0]
    start, end = paragraph.questions[0].answer
    assert paragraph.text[start:end] == "Ana"


def test_a_sentence_is_shown_after_its_context_and_knows_its_place():
    paragraph = _paragraph(3)
    for shown in shown_sentences(paragraph, Random(1)):
        assert shown.text[shown.offset :] == paragraph.text[shown.start : shown.end]
    answer = paragraph.questions[0].answer
    holder = next(s for s in shown_sentences(paragraph, Random(1)) if s.holds(answer))
    start, end = holder.place(answer)
    assert holder.text[start:end] == "1803"


def test_a_likely_mistake_shares_words_with_the_question_and_is_not_the_answer():
    shown = [s for n in range(5) for s in shown_sentences(_paragraph(n), Random(1))]
    found = LikelyMistakes(shown).find("Which settlers founded it?", besides=shown[:2], most=2)
    assert len(found) == 2
    assert all("settlers" in s.text and s not in shown[:2] for s in found)


def test_a_swapped_question_asks_about_something_else():
    question = swapped("What did Decision 440 of 2003 decide?", "Decision 440 of 2003.", names=[], random=Random(2))
    assert question is not None
    assert question != "What did Decision 440 of 2003 decide?"


def test_a_question_without_anything_to_swap_makes_no_near_miss():
    assert swapped("what is it", "It is a port.", names=["Lima"], random=Random(1)) is None


@pytest.mark.parametrize("logit", [-11.0, -2.0, 3.0, 9.0])
def test_the_teacher_is_bent_towards_what_is_known(logit):
    assert wanted_relevance(Kind.RIGHT, logit) >= logit
    assert wanted_relevance(Kind.WRONG, logit) <= logit


def test_the_judgement_of_an_english_pair_goes_to_its_translation():
    pair = Pair("¿Quién?", "Ana came.", (0, 3), Kind.RIGHT, ("Who?", "Ana came."))
    assert finished((pair,), {("Who?", "Ana came."): 8.0})[0].relevance == 8.0


def test_auroc_is_one_where_all_are_told_apart_and_a_half_where_none_are():
    assert auroc(np.array([2.0, 3.0]), np.array([0.0, 1.0])) == 1.0
    assert auroc(np.array([1.0]), np.array([1.0])) == 0.5


def test_the_best_threshold_refuses_all_that_lie_below():
    assert best_f1(np.array([0.0, 1.0]), np.array([2.0, 3.0])) == 1.0


def test_answers_are_compared_without_articles_case_and_punctuation():
    assert answer_f1("the River Rhine.", "river Rhine") == 1.0
    assert answer_f1("in 1803", "1803") == pytest.approx(2 / 3)


@pytest.mark.slow
def test_a_miniature_run_learns_and_leaves_weights_and_a_card(tmp_path):
    weights = run(smoke_material(), SMOKE, output=tmp_path)
    card = json.loads((tmp_path / "reader.json").read_text(encoding="utf-8"))
    assert hashlib.sha256(weights.read_bytes()).hexdigest() == card["sha256"]
    assert card["licence"] == "CC-BY-SA-4.0"
    assert card["figures"]["reading en in en"]["sentence"] >= 0.6


@pytest.mark.slow
def test_a_run_broken_off_goes_on_where_it_was(tmp_path):
    first = run(smoke_material(), SMOKE, output=tmp_path).read_bytes()
    steps = json.loads((tmp_path / "reader.json").read_text(encoding="utf-8"))["learnt"]["steps"]
    assert run(smoke_material(), SMOKE, output=tmp_path).read_bytes() == first
    assert json.loads((tmp_path / "reader.json").read_text(encoding="utf-8"))["learnt"]["steps"] == steps
