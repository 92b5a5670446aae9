"""The manifest: what a folder says of its documents."""

from pathlib import Path

import pytest

from ingest.documents import Kind
from ingest.errors import CorpusError
from ingest.manifest import Manifest, load_manifest


def write(folder: Path, text: str) -> Path:
    (folder / "manifest.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_without_a_manifest_says_nothing(tmp_path) -> None:
    manifest = load_manifest(tmp_path)
    assert manifest == Manifest.empty()
    assert manifest.overrides("a.txt") is None
    assert manifest.fingerprint("a.txt") == ""


def test_entries_are_found_by_relative_path(tmp_path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.txt").write_text("x", encoding="utf-8")
    manifest = load_manifest(write(tmp_path, '[documents."en/a.txt"]\nkind = "study"\ndate = 2031-05-05\n'))
    overrides = manifest.overrides("en/a.txt")
    assert overrides is not None
    assert (overrides.kind, overrides.date, overrides.title) == (Kind.STUDY, "2031-05-05", None)
    assert manifest.warnings == ()


def test_the_fingerprint_changes_with_the_entry(tmp_path) -> None:
    before = load_manifest(write(tmp_path, '[documents."a.txt"]\ntitle = "One"\n')).fingerprint("a.txt")
    after = load_manifest(write(tmp_path, '[documents."a.txt"]\ntitle = "Two"\n')).fingerprint("a.txt")
    assert before
    assert before != after


def test_an_entry_without_a_file_is_a_warning(tmp_path) -> None:
    (warning,) = load_manifest(write(tmp_path, '[documents."gone.pdf"]\ntitle = "One"\n')).warnings
    assert "gone.pdf" in warning


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[documents."a.txt"]\ntilte = "One"\n', ("tilte", "title")),
        ("[document]\n", ("document", "documents")),
        ('[documents."a.txt"]\nkind = "novel"\n', ("kind", "novel", "work_programme")),
        ('[documents."a.txt"]\ndate = "May 2031"\n', ("date", "May 2031", "2016-10")),
        ('[documents."a.txt"]\nlanguage = "de"\n', ("language", "'de'", "'es'")),
        ('[documents."a.txt"\n', ("TOML",)),
        ('documents = "x"\n', ("documents",)),
    ],
)
def test_a_bad_manifest_is_refused_naming_the_key_and_the_fix(tmp_path, text, named) -> None:
    with pytest.raises(CorpusError) as refusal:
        load_manifest(write(tmp_path, text))
    assert all(word in str(refusal.value) for word in named)
