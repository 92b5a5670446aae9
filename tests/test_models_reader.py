"""What every reader promises, what the prepared one adds, and how its weights are stored."""

import numpy as np
import pytest

from ingest.errors import ModelUnavailable
from ingest.models.pair_tokens import LONGEST_PAIR, PairTokenizer
from ingest.models.preparation import find_prepared_reader, prepare_reader
from ingest.models.reader import OnnxReader, OverlapReader, PassageReader
from ingest.models.trained import TRAINED_SHA256, trained_file
from ingest.models.trained_weights import LAYERS, read_trained, write_trained


@pytest.fixture(scope="module")
def prepared():
    return OnnxReader.load(prepare_reader())


@pytest.fixture(params=["overlap", "prepared"])
def reader(request) -> PassageReader:
    return OverlapReader() if request.param == "overlap" else request.getfixturevalue("prepared")


QUESTION = "How many areas of work did the council approve?"
TEXTS = ["Ripe bananas are yellow.", "The council approved three areas of work in Bogotá.", "", "work " * 900]


def test_each_text_gets_one_relevance(reader):
    relevances = reader.relevances(QUESTION, TEXTS)
    assert relevances.shape == (len(TEXTS),)
    assert relevances.dtype == np.float32


def test_no_texts_get_no_relevances(reader):
    assert reader.relevances(QUESTION, []).shape == (0,)
    assert reader.answers(QUESTION, []) == []


def test_the_text_that_answers_is_most_relevant(reader):
    assert reader.relevances(QUESTION, TEXTS).argmax() == 1


def test_a_reading_does_not_depend_on_the_texts_beside_it(reader):
    assert reader.answers(QUESTION, TEXTS) == [reader.answers(QUESTION, [text])[0] for text in TEXTS]


def test_both_methods_tell_the_same_relevances(reader):
    told = [reading.relevance for reading in reader.answers(QUESTION, TEXTS)]
    np.testing.assert_allclose(reader.relevances(QUESTION, TEXTS), told, rtol=1e-5)


def test_every_answer_lies_in_its_text(reader):
    for text, reading in zip(TEXTS, reader.answers(QUESTION, TEXTS), strict=True):
        assert 0 <= reading.start <= reading.end <= len(text)


def test_a_very_long_question_leaves_room_for_the_text(prepared):
    relevant, irrelevant = prepared.relevances(QUESTION + " and what else" * 400, [TEXTS[1], TEXTS[0]])
    assert relevant > irrelevant


@pytest.mark.parametrize(
    "question",
    [
        "In which city did the council approve three areas?",
        "¿En qué ciudad aprobó el consejo tres áreas?",
        "Em que cidade o conselho aprovou três áreas?",
        "Dans quelle ville le conseil a-t-il approuvé trois domaines ?",
    ],
)
def test_a_question_in_any_of_the_four_languages_finds_its_answer(prepared, question):
    readings = prepared.answers(question, TEXTS[:2])
    assert readings[1].relevance > readings[0].relevance
    assert "Bogotá" in TEXTS[1][readings[1].start : readings[1].end]


def test_a_reader_that_is_not_prepared_says_what_to_run(tmp_path):
    with pytest.raises(ModelUnavailable, match="sela model prepare"):
        find_prepared_reader(tmp_path)


def test_the_stored_weights_are_the_pinned_ones():
    trained = read_trained(trained_file(), sha256=TRAINED_SHA256)
    assert trained["head.w"].shape == (3, 384)


def test_the_stored_weights_are_at_most_15_megabytes():
    assert trained_file().stat().st_size <= 15_000_000


def test_weights_with_another_hash_are_refused(tmp_path):
    write_trained(tmp_path / "reader.npz", {"head.w": np.ones((3, 4), np.float32)}, layers=1)
    with pytest.raises(ModelUnavailable, match="SHA-256"):
        read_trained(tmp_path / "reader.npz", sha256=TRAINED_SHA256)


def test_stored_weights_come_back_within_half_a_step(tmp_path):
    matrix = np.random.default_rng(1).normal(size=(6, 8)).astype(np.float32)
    tensors = {"l3.q.w": matrix, "l3.q.b": matrix[0], "head.w": matrix[:3]}
    digest = write_trained(tmp_path / "reader.npz", tensors, layers=4)
    found = read_trained(tmp_path / "reader.npz", sha256=digest)
    assert int(found[LAYERS]) == 4
    np.testing.assert_array_equal(found["head.w"], matrix[:3])
    assert (np.abs(found["l3.q.w"] - matrix) <= np.abs(matrix).max(axis=1, keepdims=True) / 253).all()


@pytest.fixture
def tokenizer():
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁the", "▁coun", "cil", "▁met", "."]
    return PairTokenizer(pieces, [0.0, 0.0, 0.0, 0.0, -5.0, -1.0, -1.0, -1.0, -1.0, -1.0])


def test_every_token_of_a_text_knows_its_place(tokenizer):
    text = "the  council met."
    pair = tokenizer.pair("the", text)
    assert [text[start:end] for start, end in pair.places] == ["the", "coun", "cil", "met", "."]
    assert len(pair.ids) == pair.first + len(pair.places) + 1


def test_a_span_of_characters_becomes_the_tokens_that_hold_it(tokenizer):
    pair = tokenizer.pair("the", "the council met.")
    assert pair.token_span(4, 11) == (pair.first + 1, pair.first + 2)
    assert pair.token_span(90, 95) is None


def test_a_pair_is_never_longer_than_the_model_reads(tokenizer):
    pair = tokenizer.pair("the " * 500, "the council " * 500)
    assert len(pair.ids) == LONGEST_PAIR
    assert pair.token_span(5990, 5995) is None
