"""What every reranker promises, and what the prepared one adds."""

import numpy as np
import pytest

from ingest.errors import ModelUnavailable
from ingest.models.preparation import find_prepared_reranker, prepare_reranker
from ingest.models.reranker import OnnxReranker, OverlapReranker, Reranker


@pytest.fixture(scope="module")
def prepared():
    return OnnxReranker.load(prepare_reranker())


@pytest.fixture(params=["overlap", "prepared"])
def reranker(request) -> Reranker:
    return OverlapReranker() if request.param == "overlap" else request.getfixturevalue("prepared")


QUESTION = "Which areas of work did the council approve?"
TEXTS = ["Ripe bananas are yellow.", "The council approved three areas of work.", "", "work " * 900]


def test_each_text_gets_one_relevance(reranker):
    relevances = reranker.relevances(QUESTION, TEXTS)
    assert relevances.shape == (len(TEXTS),)
    assert relevances.dtype == np.float32


def test_no_texts_get_no_relevances(reranker):
    assert reranker.relevances(QUESTION, []).shape == (0,)


def test_the_text_that_answers_is_most_relevant(reranker):
    assert reranker.relevances(QUESTION, TEXTS).argmax() == 1


def test_a_relevance_does_not_depend_on_the_texts_beside_it(reranker):
    alone = [reranker.relevances(QUESTION, [text])[0] for text in TEXTS]
    np.testing.assert_array_equal(reranker.relevances(QUESTION, TEXTS), alone)


def test_a_very_long_question_leaves_room_for_the_text(prepared):
    long_question = QUESTION + " and what else" * 400
    relevant, irrelevant = prepared.relevances(long_question, [TEXTS[1], TEXTS[0]])
    assert relevant > irrelevant


def test_cutting_texts_shorter_is_part_of_the_fingerprint(prepared):
    assert OnnxReranker.load(prepare_reranker(), maximum_tokens=128).fingerprint != prepared.fingerprint


def test_a_reranker_that_is_not_prepared_says_what_to_run(tmp_path):
    with pytest.raises(ModelUnavailable, match="sela model prepare"):
        find_prepared_reranker(tmp_path)
