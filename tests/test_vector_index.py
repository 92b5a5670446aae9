"""What every passage index promises, by the one over Chroma and by one that compares with every vector."""

import sqlite3
from collections.abc import Collection
from contextlib import closing

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import IndexUnavailable
from ingest.vector_index import ChromaPassageIndex, build_vector_index

RANDOM = np.random.default_rng(7)


def unit(vectors):
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


VECTORS = unit(RANDOM.normal(size=(300, 24)))
ROWS = [(f"p{i}", f"d{i % 5}", vector.tobytes()) for i, vector in enumerate(VECTORS)]
LANGUAGES = {"d0": "en", "d1": "en", "d2": "en", "d3": "en", "d4": "es"}


class ExhaustiveIndex:
    """Compares a vector with every one it holds."""

    def nearest(
        self, vector, *, language: str, limit: int, among: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        rows = [row for row in ROWS if LANGUAGES.get(row[1]) == language and (among is None or row[1] in among)]
        held = [(i, float(np.frombuffer(v, np.float32) @ vector)) for i, _, v in rows]
        return sorted(held, key=lambda hit: -hit[1])[:limit]


@pytest.fixture(scope="module")
def chroma(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index") / "chroma"
    assert build_vector_index(folder, ROWS, languages=LANGUAGES) == len(ROWS)
    with closing(ChromaPassageIndex(folder)) as index:
        yield index


@pytest.fixture(params=["chroma", "exhaustive"])
def index(request):
    return request.getfixturevalue("chroma") if request.param == "chroma" else ExhaustiveIndex()


def test_a_vector_finds_itself_first_with_similarity_one(index):
    hits = index.nearest(VECTORS[42], language="en", limit=3)
    assert hits[0] == ("p42", pytest.approx(1, abs=1e-5))
    assert [s for _, s in hits] == sorted((s for _, s in hits), reverse=True)


def test_only_the_documents_named_are_searched(index):
    hits = index.nearest(VECTORS[42], language="en", limit=100, among={"d1", "d3"})
    assert len(hits) == 100
    assert {int(i[1:]) % 5 for i, _ in hits} == {1, 3}


def test_no_document_named_gives_nothing(index):
    assert index.nearest(VECTORS[0], language="en", limit=5, among=()) == []


def test_an_unknown_document_gives_nothing(index):
    assert index.nearest(VECTORS[0], language="en", limit=5, among={"d9"}) == []


def test_a_limit_beyond_what_is_held_gives_everything(index):
    assert len(index.nearest(VECTORS[0], language="en", limit=1000)) == len(ROWS) * 4 // 5


def test_only_passages_of_the_language_are_searched(index):
    assert {int(i[1:]) % 5 for i, _ in index.nearest(VECTORS[42], language="es", limit=100)} == {4}
    assert index.nearest(VECTORS[42], language="fr", limit=100) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), among=st.none() | st.sets(st.sampled_from(["d0", "d1", "d2"]), min_size=1))
def test_chroma_finds_what_comparing_with_every_vector_finds(seed, among, chroma):
    vector = unit(np.random.default_rng(seed).normal(size=24))
    expected = ExhaustiveIndex().nearest(vector, language="en", limit=10, among=among)
    found = chroma.nearest(vector, language="en", limit=10, among=among)
    assert [i for i, _ in found] == [i for i, _ in expected]
    np.testing.assert_allclose([s for _, s in found], [s for _, s in expected], atol=1e-5)


def test_every_opening_finds_all_that_is_nearest_among_vectors_close_together(tmp_path):
    vectors = unit(1 + 0.6 * RANDOM.normal(size=(500, 96)))
    rows = [(f"p{i}", "d0", vector.tobytes()) for i, vector in enumerate(vectors)]
    build_vector_index(tmp_path / "chroma", rows, languages=LANGUAGES)
    questions = unit(1 + 0.6 * RANDOM.normal(size=(40, 96)))
    for _ in range(2):
        with closing(ChromaPassageIndex(tmp_path / "chroma")) as index:
            for question in questions:
                found = {i for i, _ in index.nearest(question, language="en", limit=60)}
                assert found == {f"p{i}" for i in np.argsort(-(vectors @ question))[:60]}


def test_it_knows_what_it_holds(chroma):
    assert chroma.ids() == {i for i, _, _ in ROWS}
    assert chroma.size == len(ROWS)


def test_an_index_without_passages_can_be_opened(tmp_path):
    assert build_vector_index(tmp_path / "chroma", [], languages={}) == 0
    with closing(ChromaPassageIndex(tmp_path / "chroma")) as index:
        assert index.nearest(VECTORS[0], language="en", limit=5) == []


def test_a_missing_folder_is_refused_and_not_made(tmp_path):
    with pytest.raises(IndexUnavailable, match="sela doctor --repair"):
        ChromaPassageIndex(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_damaged_folder_is_refused(tmp_path):
    build_vector_index(tmp_path / "chroma", ROWS[:5], languages=LANGUAGES)
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"nothing of use" * 1000)
    with pytest.raises(IndexUnavailable, match="sela doctor --repair"):
        ChromaPassageIndex(tmp_path / "chroma")


def test_a_collection_that_names_an_embedding_function_is_refused(tmp_path):
    build_vector_index(tmp_path / "chroma", ROWS[:5], languages=LANGUAGES)
    with closing(sqlite3.connect(tmp_path / "chroma" / "chroma.sqlite3")) as database, database:
        stored = '{"embedding_function": {"type": "known", "name": "default", "config": {}}}'
        database.execute("UPDATE collections SET config_json_str = ?", (stored,))
    with pytest.raises(IndexUnavailable, match="names an embedding function"):
        ChromaPassageIndex(tmp_path / "chroma")
