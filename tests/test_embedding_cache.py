"""The embedding cache: no text is embedded twice by one model, and a lost cache costs only time."""

import numpy as np
import pytest

from ingest.embedding_cache import EmbeddingCache
from ingest.models.embedder import HashingEmbedder

TEXTS = ["ships and harbours", "cranes and wheat", ""]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "embeddings.sqlite"


def embed(path, texts, embedder=None):
    with EmbeddingCache(path, embedder or HashingEmbedder()) as cache:
        return cache.embed(texts), cache.embedded


def test_a_text_is_embedded_once(path):
    first, count = embed(path, TEXTS)
    again, none = embed(path, [*reversed(TEXTS)])
    assert (count, none) == (3, 0)
    np.testing.assert_array_equal(first, again[::-1])


def test_only_unknown_texts_are_embedded(path):
    embed(path, TEXTS)
    vectors, count = embed(path, ["bananas", *TEXTS])
    assert count == 1
    np.testing.assert_array_equal(vectors, HashingEmbedder().embed_passages(["bananas", *TEXTS]))


def test_two_models_do_not_share_vectors(path):
    embed(path, TEXTS)
    vectors, count = embed(path, TEXTS, HashingEmbedder(dimensions=32))
    assert (count, vectors.shape) == (3, (3, 32))


def test_no_texts_give_no_vectors(path):
    assert embed(path, [])[0].shape == (0, 256)


def test_what_was_embedded_before_a_failure_is_kept(path):
    with pytest.raises(KeyboardInterrupt), EmbeddingCache(path, HashingEmbedder()) as cache:  # noqa: PT012
        cache.embed(TEXTS)
        raise KeyboardInterrupt
    assert embed(path, TEXTS)[1] == 0


def test_a_cache_that_is_not_a_database_is_replaced(path):
    path.write_bytes(b"certainly no database, but long enough to have a header" * 50)
    assert embed(path, TEXTS)[1] == 3
    assert embed(path, TEXTS)[1] == 0


def test_progress_rises_to_the_number_of_texts(path):
    seen = []
    texts = [f"text number {number}" for number in range(150)]
    with EmbeddingCache(path, HashingEmbedder()) as cache:
        cache.embed(texts[:10])
        cache.embed(texts, progress=seen.append)
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (10, 150)
