"""What every embedder promises, and what the prepared one adds."""

import json

import numpy as np
import pytest

from ingest.errors import ModelUnavailable
from ingest.models.embedder import Embedder, HashingEmbedder, OnnxEmbedder
from ingest.models.preparation import find_prepared_model, prepare_models
from ingest.models.sessions import GraphSession, run_side_by_side


@pytest.fixture(scope="module")
def prepared():
    return OnnxEmbedder.load(prepare_models())


@pytest.fixture(params=["hashing", "prepared"])
def embedder(request) -> Embedder:
    return HashingEmbedder() if request.param == "hashing" else request.getfixturevalue("prepared")


PASSAGES = [
    "The council approved three areas of work for the region.",
    "Ripe bananas are yellow and sweet.",
    "",
    "El taller sobre comercio digital reunió a " + "muchos delegados " * 400,
]


def test_vectors_have_length_one_and_the_declared_dimensions(embedder):
    vectors = embedder.embed_passages(PASSAGES)
    assert vectors.shape == (len(PASSAGES), embedder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_passages_give_no_vectors(embedder):
    assert embedder.embed_passages([]).shape == (0, embedder.dimensions)


def test_a_question_gives_one_vector_of_length_one(embedder):
    vector = embedder.embed_question("Which areas of work did the council approve?")
    assert vector.shape == (embedder.dimensions,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_the_passage_that_answers_lies_nearest(embedder):
    similarities = embedder.embed_passages(PASSAGES) @ embedder.embed_question("areas of work the council approved")
    assert similarities.argmax() == 0


def test_a_vector_does_not_depend_on_the_passages_beside_it(embedder):
    together = embedder.embed_passages(PASSAGES)
    alone = np.concatenate([embedder.embed_passages([passage]) for passage in PASSAGES])
    np.testing.assert_array_equal(together, alone)


def test_fingerprints_tell_embedders_apart(prepared):
    assert len({prepared.fingerprint, HashingEmbedder().fingerprint, HashingEmbedder(128).fingerprint}) == 3


def test_a_question_finds_its_passage_in_another_language(prepared):
    passages = ["O conselho aprovou três áreas de trabalho.", "Bananas maduras são doces."]
    question = prepared.embed_question("Which areas of work did the council approve?")
    assert (prepared.embed_passages(passages) @ question).argmax() == 0


def test_other_prefixes_make_another_fingerprint():
    plain, changed = prepare_models(), prepare_models(question_prefix="ask: ")
    assert plain.fingerprint != changed.fingerprint
    assert plain.folder == changed.folder


def test_a_model_that_is_not_prepared_says_what_to_run(tmp_path):
    with pytest.raises(ModelUnavailable, match="sela model prepare"):
        find_prepared_model(cache=tmp_path)


def test_a_damaged_graph_says_what_to_run(tmp_path):
    graph = tmp_path / "model.onnx"
    graph.write_bytes(b"not a graph")
    with pytest.raises(ModelUnavailable, match="sela model prepare"):
        GraphSession(graph)


def test_results_keep_the_order_of_the_texts():
    sizes = [3, 9, 1, 5, 7]
    outputs = run_side_by_side(lambda i: np.array([i], np.float32), sizes, workers=3)
    assert [int(output[0]) for output in outputs] == [0, 1, 2, 3, 4]


@pytest.mark.slow
@pytest.mark.reference
def test_spanish_questions_find_english_paragraphs(reference, prepared):
    english, spanish = (
        json.loads((reference / "multilingual" / f"xquad.{language}.json").read_text())["data"]
        for language in ("en", "es")
    )
    paragraphs = [paragraph["context"] for article in english for paragraph in article["paragraphs"]]
    asked = (paragraph["qas"] for article in spanish for paragraph in article["paragraphs"])
    pairs = [(entry["question"], gold) for gold, entries in enumerate(asked) for entry in entries][:200]
    passages = prepared.embed_passages(paragraphs)
    gains = []
    for question, gold in pairs:
        similarities = passages @ prepared.embed_question(question)
        rank = int((similarities > similarities[gold]).sum())
        gains.append(1 / np.log2(rank + 2) if rank < 10 else 0)
    assert np.mean(gains) >= 0.93
