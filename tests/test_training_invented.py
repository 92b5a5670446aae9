"""The invented texts that the reader is trained on, and the exam made of those kept out."""

import json
from dataclasses import replace

import pytest

from eval.errors import QuestionSetError
from eval.questions import load_questions
from eval.training.exam import write_exam
from eval.training.invented import Extract, Inquiry, invented_groups, is_kept_out, load_extracts
from eval.training.pairs import Kind
from ingest.languages import LANGUAGES


def _extract(family: str, year: int, *, right: tuple[int, ...] = (1,)) -> Extract:
    sentences = (
        {"en": "The Council offers:", "es": "El Consejo ofrece:"},
        {"en": f"a) a course in Lima in {year};", "es": f"a) un curso en Lima en {year};"},
        {"en": "b) a handbook for ports.", "es": "b) un manual para puertos."},
    )
    words = dict.fromkeys(LANGUAGES, f"Where is the course of {year}?")
    inquiry = Inquiry(words, right, () if right else (1,), {"en": "Lima", "es": "Lima"} if right else {})
    heading = {"en": "1. Offers", "es": "1. Ofertas"}
    return Extract(family, {"en": f"Plan {year}", "es": f"Plan {year}"}, heading, sentences, (inquiry,))


def test_a_list_item_is_shown_after_title_heading_and_lead_in():
    assert _extract("a1", 2011).shown(1, "en").text == (
        "Plan 2011. 1. Offers. The Council offers. a) a course in Lima in 2011;"
    )


def test_an_answer_is_pointed_at_in_every_pairing_of_languages():
    groups = invented_groups([_extract("a1", 2011)], seed=1)
    right = [pair for group in groups for pair in group if pair.kind is Kind.RIGHT]
    assert right
    assert {pair.text[slice(*pair.answer)] for pair in right} == {"Lima"}
    assert all(pair.taught is not None for pair in right)


def test_what_a_sibling_says_is_no_answer():
    asked = replace(_extract("a1", 2011), inquiries=())
    groups = invented_groups([_extract("a1", 2012), asked], seed=1)
    others = [pair for group in groups for pair in group if "2011" in pair.text and "2012" not in pair.text]
    assert others
    assert all(pair.kind is not Kind.RIGHT and pair.answer is None for pair in others)


def test_a_question_that_nothing_answers_has_no_right_pair():
    groups = invented_groups([_extract("a1", 2011, right=())], seed=1)
    assert {pair.kind for group in groups for pair in group} == {Kind.NEAR, Kind.WRONG}


def test_what_only_looks_like_the_answer_is_shown_beside_it():
    extract = _extract("a1", 2011)
    asked = replace(extract, inquiries=(replace(extract.inquiries[0], near=(2,)),))
    groups = invented_groups([asked], seed=1)
    with_answer = [group for group in groups if len(group) > 2]
    assert with_answer
    for group in with_answer:
        assert {Kind.RIGHT, Kind.NEAR} <= {pair.kind for pair in group}
        assert all("b) " in pair.text for pair in group if pair.kind is Kind.NEAR)


def test_a_family_is_kept_out_as_a_whole():
    kept = {extract.family for extract in load_extracts() if is_kept_out(extract)}
    seen = {extract.family for extract in load_extracts() if not is_kept_out(extract)}
    assert kept
    assert len(seen) > 2 * len(kept)


def test_the_texts_of_the_project_are_whole():
    for extract in load_extracts():
        for inquiry in extract.inquiries:
            for language, words in inquiry.answer.items():
                assert words in extract.sentences[inquiry.right[0]][language]


def test_a_line_that_is_no_extract_is_named(tmp_path):
    (tmp_path / "x.jsonl").write_text('{"family": "x1"}\n', encoding="utf-8")
    with pytest.raises(QuestionSetError, match="line 1"):
        load_extracts(tmp_path)


def test_the_exam_asks_in_four_languages_about_documents_that_are_there(tmp_path):
    write_exam([_extract("a4", 2011), _extract("a4", 2012, right=())], tmp_path)
    questions = load_questions(tmp_path / "questions.jsonl")
    assert [q.language for q in questions] == [*LANGUAGES, *LANGUAGES]
    assert [q.answerable for q in questions] == [True] * 4 + [False] * 4
    assert len({q.split for q in questions[:4]}) == 1
    for place in (place for q in questions for place in q.gold):
        assert place.quote in (tmp_path / "documents" / place.document).read_text(encoding="utf-8")
    assert json.loads((tmp_path / "questions.jsonl").read_text(encoding="utf-8").split("\n")[0])["facts"] == [["Lima"]]
