"""Ingestion: the index follows the folder, and nothing that goes wrong harms the index being served."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_samples import HARBOURS, ingest, open_current, small_folder
from pdf_files import picture, words, write_pdf

from ingest import indexing, ingestion
from ingest.documents import Kind, Metadata, Status
from ingest.errors import CorpusError, DamagedFile, IndexLocked, IngestionFailed, UnknownRecord
from ingest.generations import IndexHome
from ingest.ingestion import Progress, ingest_folder, remove_file
from ingest.models.embedder import HashingEmbedder
from ingest.reading import read_file
from ingest.vector_index import ChromaPassageIndex


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_folder(tmp_path)


@pytest.fixture
def home(tmp_path: Path) -> IndexHome:
    return IndexHome(tmp_path / "data")


def everything(home: IndexHome) -> str:
    """All that the catalogue holds, in one string."""
    with closing(sqlite3.connect(home.require_current().catalogue)) as connection:
        tables = ("documents", "passages", "passage_terms", "register_records", "rejections")
        return str([connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables])


def vector_ids(home: IndexHome) -> frozenset[str]:
    with closing(ChromaPassageIndex(home.require_current().chroma)) as index:
        return index.ids()


def passage_ids(home: IndexHome) -> frozenset[str]:
    with closing(open_current(home)) as catalogue:
        return frozenset(i for i, _, _ in catalogue.vectors())


def test_a_new_folder_is_added_whole(folder, home):
    report = ingest(folder, home)
    assert report.added == ("barcos.md", "harbours.md")
    assert (report.changed, report.unchanged, report.removed, report.rejected) == ((), (), (), ())
    assert report.generation == home.current_id()
    assert report.passages == report.embedded == len(passage_ids(home)) > 0
    assert vector_ids(home) == passage_ids(home)


def test_ingesting_twice_changes_nothing_and_starts_no_model(folder, home):
    class Unstartable(HashingEmbedder):
        def embed_passages(self, texts):
            raise AssertionError(texts)

    first = ingest(folder, home)
    second = ingest_folder(folder, home, Unstartable())
    assert second.generation == first.generation
    assert second.unchanged == ("barcos.md", "harbours.md")
    assert (second.added, second.changed, second.embedded) == ((), (), 0)


def test_editing_a_file_embeds_only_its_changed_passages(folder, home):
    before = ingest(folder, home)
    (folder / "harbours.md").write_text(HARBOURS.replace("nine of them", "ten of them"), encoding="utf-8")
    after = ingest(folder, home)
    assert after.changed == ("harbours.md",)
    assert after.unchanged == ("barcos.md",)
    assert after.passages == before.passages
    assert after.embedded == 1
    assert "ten of them" in everything(home)
    assert "nine of them" not in everything(home)
    assert vector_ids(home) == passage_ids(home)


def test_deleting_a_file_removes_it_everywhere(folder, home):
    ingest(folder, home)
    (folder / "barcos.md").unlink()
    report = ingest(folder, home)
    assert report.removed == ("barcos.md",)
    assert "barcos" not in everything(home)
    assert "pesc" not in everything(home)
    assert vector_ids(home) == passage_ids(home)


def test_one_file_can_be_removed_without_the_folder(folder, home):
    ingest(folder, home)
    assert remove_file("barcos.md", home, HashingEmbedder()).removed == ("barcos.md",)
    assert "pesc" not in everything(home)


def test_removing_a_file_that_is_not_held_is_refused(folder, home):
    ingest(folder, home)
    with pytest.raises(UnknownRecord, match=r"does not hold other\.md"):
        remove_file("other.md", home, HashingEmbedder())


def test_the_manifest_overrides_and_a_changed_entry_changes_its_file_only(folder, home):
    ingest(folder, home)
    (folder / "manifest.toml").write_text('[documents."harbours.md"]\nkind = "study"\n', encoding="utf-8")
    report = ingest(folder, home)
    assert (report.changed, report.unchanged, report.embedded) == (("harbours.md",), ("barcos.md",), 0)
    with closing(open_current(home)) as catalogue:
        kinds = {card.file: card.metadata.kind for card in catalogue.cards.values()}
    assert kinds["harbours.md"] is Kind.STUDY


def test_an_index_of_another_model_is_made_anew(folder, home):
    ingest(folder, home)
    report = ingest_folder(folder, home, HashingEmbedder(dimensions=64))
    assert len(report.added) == 2
    with closing(open_current(home)) as catalogue:
        assert {len(v) for _, _, v in catalogue.vectors()} == {64 * 4}


def test_a_damaged_index_is_made_anew(folder, home):
    ingest(folder, home)
    home.require_current().catalogue.write_bytes(b"not a database at all, whatever its name says" * 100)
    assert len(ingest(folder, home).added) == 2


def test_vectors_are_stored_with_length_one(folder, home):
    ingest(folder, home)
    with closing(open_current(home)) as catalogue:
        lengths = [np.linalg.norm(np.frombuffer(v, np.float32)) for _, _, v in catalogue.vectors()]
    np.testing.assert_allclose(lengths, 1, atol=1e-5)


def test_progress_counts_up_to_the_totals(folder, home):
    seen: list[Progress] = []
    ingest_folder(folder, home, HashingEmbedder(), progress=seen.append)
    assert [p.file for p in seen if p.stage == "reading"] == ["barcos.md", "harbours.md"]
    assert all(0 <= p.done <= p.total for p in seen)
    assert seen[-1].stage == "publishing"


def test_an_empty_folder_without_an_index_is_refused(tmp_path, home):
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusError, match="holds no documents"):
        ingest(tmp_path / "empty", home)
    assert home.current() is None


def test_an_emptied_folder_empties_the_index_and_warns(folder, home):
    ingest(folder, home)
    for path in folder.iterdir():
        path.unlink()
    report = ingest(folder, home)
    assert (len(report.removed), report.passages) == (2, 0)
    assert "sela rollback" in report.warnings[0]
    assert vector_ids(home) == frozenset()


BAD_FILES = {
    "zero.txt": lambda path: path.write_bytes(b""),
    "blank.txt": lambda path: path.write_text("\n \n", encoding="utf-8"),
    "picture.png": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    "notes.xyz": lambda path: path.write_bytes(bytes(range(256)) * 20),
    "secret.pdf": lambda path: write_pdf(path, words("Nobody reads this."), encrypt="password"),
    "scan.pdf": lambda path: write_pdf(path, picture, picture),
    "broken.pdf": lambda path: path.write_bytes(b"%PDF-1.7\n" + b"rubbish " * 200),
    "broken.docx": lambda path: path.write_bytes(b"PK\x03\x04" + b"rubbish " * 200),
    "dangling.md": lambda path: path.symlink_to("nowhere.md"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_gets_one_line_with_the_next_step_and_the_others_are_in(name, folder, home):
    BAD_FILES[name](folder / name)
    report = ingest(folder, home)
    assert report.added == ("barcos.md", "harbours.md")
    (rejection,) = report.rejected
    assert rejection.file == name
    assert "\n" not in rejection.reason
    assert name in rejection.reason
    assert rejection.reason.rstrip().endswith(".")
    assert rejection.reason.count(". ") >= 1, "what failed, then what to do"


def test_a_rejected_file_stays_rejected_without_being_read_again_until_it_changes(folder, home):
    bad = folder / "bad.txt"
    bad.write_bytes(b"")
    first, second = ingest(folder, home), ingest(folder, home)
    assert second.generation == first.generation
    assert second.rejected == first.rejected
    bad.write_text("Now there are words about harbours and ships in it.", encoding="utf-8")
    third = ingest(folder, home)
    assert (third.changed, third.rejected) == (("bad.txt",), ())


def test_a_link_that_leads_in_a_circle_is_rejected_once_and_the_rest_is_in(folder, home):
    (folder / "inner").mkdir()
    (folder / "inner" / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "inner" / "deep.md").write_text("A document that stands deeper, about harbours.", encoding="utf-8")
    first, second = ingest(folder, home), ingest(folder, home)
    assert first.added == ("barcos.md", "harbours.md", "inner/deep.md")
    assert [r.file for r in first.rejected] == ["inner/loop"]
    assert second.generation == first.generation
    (folder / "inner" / "loop").unlink()
    third = ingest(folder, home)
    assert third.removed == ("inner/loop",)
    assert third.rejected == ()


def test_names_with_spaces_and_accents_are_kept(folder, home):
    (folder / "Año 2031").mkdir()
    (folder / "Año 2031" / "Décision n° 4 – à lire.txt").write_text("Les navires arrivent au port.", encoding="utf-8")
    assert "Año 2031/Décision n° 4 – à lire.txt" in ingest(folder, home).added


def test_a_file_that_changes_while_it_is_read_is_tried_again_next_time(folder, home, monkeypatch):
    def read_and_write(path, **rest):
        document = read_file(path, **rest)
        if path.name == "harbours.md":
            path.write_text(HARBOURS + "\nOne more sentence about ships.\n", encoding="utf-8")
        return document

    with monkeypatch.context() as patch:
        patch.setattr(indexing, "read_file", read_and_write)
        report = ingest(folder, home)
    assert report.added == ("barcos.md",)
    assert "changed while it was read" in report.rejected[0].reason
    again = ingest(folder, home)
    assert (again.changed, again.rejected) == (("harbours.md",), ())
    assert "One more sentence" in everything(home)


def test_a_defect_on_one_file_keeps_the_others_in(folder, home, monkeypatch):
    def fail_on_harbours(source, *, file, **rest):
        if file == "harbours.md":
            raise IndexError("list index out of range")
        return build(source, file=file, **rest)

    build = indexing.build_document
    monkeypatch.setattr(indexing, "build_document", fail_on_harbours)
    report = ingest(folder, home)
    assert report.added == ("barcos.md",)
    assert "harbours.md could not be made sense of" in report.rejected[0].reason


def test_an_unreadable_file_is_rejected(folder, home, monkeypatch):
    def refuse(path, **_):
        if path.name == "barcos.md":
            raise DamagedFile("barcos.md cannot be read (Permission denied).", next_step="Check that it may be read.")
        return read_file(path)

    monkeypatch.setattr(indexing, "read_file", refuse)
    assert [r.file for r in ingest(folder, home).rejected] == ["barcos.md"]


@pytest.mark.parametrize(
    ("place", "failure"),
    [
        ("derive_vector_index", OSError(28, "No space left on device")),
        ("check_integrity", sqlite3.OperationalError("database or disk is full")),
        ("_fill", sqlite3.OperationalError("disk I/O error")),
    ],
)
def test_a_full_disk_leaves_the_old_index_whole(place, failure, folder, home, monkeypatch):
    before = ingest(folder, home)
    content = everything(home)
    (folder / "new.md").write_text("Another document about lighthouses.", encoding="utf-8")

    def fail(*_):
        raise failure

    with monkeypatch.context() as patch:
        patch.setattr(ingestion, place, fail)
        with pytest.raises(IngestionFailed, match="the old index is still served"):
            ingest(folder, home)
    assert home.current_id() == before.generation
    assert everything(home) == content
    assert home.unfinished() == []
    assert ingest(folder, home).added == ("new.md",)


def test_a_home_that_cannot_be_made_is_one_clear_error(folder, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(IngestionFailed, match="cannot be written"):
        ingest(folder, IndexHome(tmp_path / "file" / "data"))


def test_a_second_ingestion_is_refused_and_told_who_holds_the_index(folder, home):
    with home.locked(), pytest.raises(IndexLocked, match=f"by process {os.getpid()} on"):
        ingest(folder, IndexHome(home.folder))


WORDS = st.sampled_from(["harbour", "ship", "crane", "wheat", "mar", "navio", "puerto"])
FOLDERS = st.dictionaries(
    st.sampled_from(["a.txt", "b.txt", "c.md"]), st.lists(WORDS, min_size=3, max_size=12).map(" ".join), min_size=1
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(FOLDERS, min_size=1, max_size=3))
def test_an_index_brought_in_line_step_by_step_holds_what_one_made_at_once_holds(steps, tmp_path_factory):
    place = tmp_path_factory.mktemp("steps")
    folder, gradual, at_once = place / "folder", IndexHome(place / "gradual"), IndexHome(place / "at once")
    folder.mkdir()
    for number, files in enumerate(steps):
        for old in folder.iterdir():
            old.unlink()
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
            os.utime(folder / name, (number, number))
        ingest(folder, gradual)
    ingest(folder, at_once)
    assert passage_ids(gradual) == passage_ids(at_once) == vector_ids(gradual)


FIVE = [
    (
        "000_1afb42c511711ad3.txt",
        Metadata(
            "Meeting of Senior Officials of the Member States of CELAC on Productive and Industrial Development",
            None, Kind.MEETING_NOTE, Status.REPORT, "2013-10-03", "en",
        ),
    ),
    (
        "001_59bff0e62e5b70a4.txt",
        Metadata(
            "Work Programme for the year 2019", "SP/CL/XLIV.O/DT N° 4-18", Kind.WORK_PROGRAMME, Status.DRAFT, "2018",
            "en",
        ),
    ),
    (
        "002_b89e9702ec4140fa.txt",
        Metadata(
            "Meeting on Export Consortiums for the Caribbean", None, Kind.PRESS_NOTE, Status.PRESS, "2014-05-08", "en"
        ),
    ),
    (
        "003_28d2b85c100913ec.txt",
        Metadata(
            "Work Programme for the year 2017", "SP/CL/XLII.O/DT N° 4-16", Kind.WORK_PROGRAMME, Status.DRAFT,
            "2016-10-26", "en",
        ),
    ),
    (
        "004_e096c52787ed922e.txt",
        Metadata(
            "Workshop on inter-secretariat work", "SP/RV-TSTI-IR-24", Kind.RAPPORTEUR_REPORT, Status.REPORT,
            "2024-04-05", "en",
        ),
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def reference_cards(reference, tmp_path_factory):
    home = IndexHome(tmp_path_factory.mktemp("reference"))
    assert len(ingest(reference / "corpus", home).added) == len(FIVE)
    with closing(open_current(home)) as catalogue:
        return {card.file: card.metadata for card in catalogue.cards.values()}


@pytest.mark.reference
@pytest.mark.parametrize(("file", "metadata"), FIVE)
def test_a_reference_document_is_described_right(file, metadata, reference_cards):
    assert reference_cards[file] == metadata
