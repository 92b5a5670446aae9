"""The catalogue: what was written is read back, filters only narrow, and nothing unknown is invented."""

from contextlib import closing

import pytest
from index_samples import ingest, open_current, small_folder

from ingest.catalogue import Catalogue, CatalogueWriter, DocumentFilter, FileState, Rejection
from ingest.documents import Kind
from ingest.errors import IndexUnavailable, UnknownRecord
from ingest.generations import IndexHome
from ingest.languages import stem
from ingest.sentences import split_sentences
from ingest.splitting import split_passages


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    place = tmp_path_factory.mktemp("catalogue")
    folder, home = small_folder(place), IndexHome(place / "data")
    (folder / "empty.txt").write_bytes(b"")
    ingest(folder, home)
    with closing(open_current(home)) as opened:
        yield opened


def card(catalogue: Catalogue, file: str):
    return next(c for c in catalogue.cards.values() if c.file == file)


def test_documents_come_back_as_they_went_in(catalogue):
    for known in catalogue.cards.values():
        document = catalogue.document(known.id)
        assert (document.id, document.file, document.metadata) == (known.id, known.file, known.metadata)
        assert split_passages(document) == catalogue.passages_of(known.id)


def test_every_sentence_of_a_passage_begins_in_it(catalogue):
    for known in catalogue.cards.values():
        held = [s for p in catalogue.passages_of(known.id) for s in catalogue.sentences(p.id)]
        assert held == list(split_sentences(catalogue.document(known.id)))
        for passage in catalogue.passages_of(known.id):
            assert all(passage.start <= s.start < passage.end for s in catalogue.sentences(passage.id))


def test_a_passage_is_found_by_a_character_in_it(catalogue):
    known = card(catalogue, "harbours.md")
    for passage in catalogue.passages_of(known.id):
        assert catalogue.passage_at(known.id, passage.start) == passage
        assert catalogue.passage_at(known.id, passage.end - 1) == passage
    assert catalogue.passage_at(known.id, 10**9) is None


def test_words_find_passages_in_their_language_only(catalogue):
    found = catalogue.lexical(stem("crane", "en"), language="en", among=None, limit=5)
    assert [catalogue.passages(found)[i].document_id for i in found] == [card(catalogue, "harbours.md").id]
    assert catalogue.lexical(stem("barco", "es"), language="es", among=None, limit=5)
    assert catalogue.lexical(stem("barco", "es"), language="en", among=None, limit=5) == []


def test_accents_and_case_do_not_matter(catalogue):
    assert catalogue.lexical(stem("VALPARAISO", "en"), language="en", among=None, limit=5)


@pytest.mark.parametrize("terms", [[], [""], ['"'], ["nowhere"]])
def test_words_that_stand_nowhere_find_nothing(terms, catalogue):
    assert catalogue.lexical(terms, language="en", among=None, limit=5) == []


@pytest.mark.parametrize("term", ['cra"ne', "AND", "NEAR(", "a*", "col:umn", "^x", "-minus", "(", "4.5", "n°"])
def test_no_word_is_taken_for_search_syntax(term, catalogue):
    assert isinstance(catalogue.lexical([term], language="en", among=None, limit=5), list)
    assert catalogue.document_frequency(term) >= 0


def test_a_search_among_no_documents_is_empty(catalogue):
    assert catalogue.lexical(stem("crane", "en"), language="en", among=(), limit=5) == []
    harbours, boats = card(catalogue, "harbours.md").id, card(catalogue, "barcos.md").id
    assert catalogue.lexical(stem("crane", "en"), language="en", among={boats}, limit=5) == []
    assert catalogue.lexical(stem("crane", "en"), language="en", among={harbours}, limit=5)


@pytest.mark.parametrize(
    ("narrowing", "files"),
    [
        (DocumentFilter(), {"harbours.md", "barcos.md"}),
        (DocumentFilter(languages=frozenset({"es"})), {"barcos.md"}),
        (DocumentFilter(documents=frozenset({"harbours.md"})), {"harbours.md"}),
        (DocumentFilter(documents=frozenset({"harbours.md"}), languages=frozenset({"es"})), set()),
        (DocumentFilter(kinds=frozenset({Kind.PRESS_NOTE})), set()),
        (DocumentFilter(years=frozenset({1850})), set()),
        (DocumentFilter(documents=frozenset({"nowhere.md"})), set()),
    ],
)
def test_filters_only_narrow_and_one_that_nothing_meets_is_empty(narrowing, files, catalogue):
    assert {catalogue.cards[i].file for i in catalogue.admitted(narrowing)} == files


def test_a_status_can_be_hidden(catalogue):
    statuses = frozenset(c.metadata.status.value for c in catalogue.cards.values())
    assert catalogue.admitted(DocumentFilter(hidden_statuses=statuses)) == frozenset()


def test_a_year_does_not_match_part_of_a_longer_number(catalogue):
    assert catalogue.admitted(DocumentFilter(years=frozenset({20}))) == frozenset()


def test_rejections_are_on_record(catalogue):
    assert [r.file for r in catalogue.rejections] == ["empty.txt"]


def test_languages_are_listed_by_their_number_of_passages(catalogue):
    assert catalogue.languages == ("en", "es")


def test_unknown_ids_are_unknown(catalogue):
    with pytest.raises(UnknownRecord, match="sela documents"):
        catalogue.document("doc_nowhere")
    assert catalogue.passages(["nowhere"]) == {}
    assert catalogue.sentences("nowhere") == ()
    assert catalogue.passages_of("nowhere") == ()


@pytest.mark.parametrize("content", [None, b"", b"no database, though long enough to be mistaken for one" * 100])
def test_what_is_no_catalogue_is_refused_with_the_next_step(content, tmp_path):
    path = tmp_path / "catalogue.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(IndexUnavailable, match="sela ingest"):
        Catalogue(path)


def test_changes_after_a_failure_are_abandoned(tmp_path):
    path = tmp_path / "catalogue.sqlite"
    with CatalogueWriter(path) as writer:
        writer.set_identity({"model": "one"})
    with pytest.raises(ValueError, match="meanwhile"), CatalogueWriter(path) as writer:  # noqa: PT012
        writer.set_identity({"model": "two"})
        writer.reject(Rejection("a.txt", "It is odd."), FileState(1, 1))
        raise ValueError("meanwhile")
    with closing(Catalogue(path)) as opened:
        assert opened.identity == {"model": "one"}
        assert opened.rejections == ()
