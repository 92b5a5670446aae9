"""A backup holds all that could not be made again, and opens as an index home, today's and an earlier one's."""

import json
import shutil
import tarfile
from pathlib import Path

import pytest
from index_samples import ingest, small_folder

from ingest.generations import IndexHome
from ui.api.access import Caller
from ui.api.audit import AuditLog
from ui.api.keys import KeyStore, Scope
from ui.command_line.main import run
from ui.page.conversations import ConversationStore

READER = Caller("k1", "Andean Community", frozenset({Scope.READ}))


@pytest.fixture
def home(tmp_path, monkeypatch) -> IndexHome:
    """Make an index whose documents lie outside it, and let every command use it without a model."""
    monkeypatch.setenv("SELA_EMBEDDING_MODEL", "hashing")
    monkeypatch.setenv("SELA_RERANK", "false")
    monkeypatch.setenv("SELA_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    home = IndexHome(tmp_path / "data")
    ingest(small_folder(tmp_path), home)
    return home


def backed_up(home: IndexHome) -> Path:
    copy = home.folder.with_name("copy")
    assert run(["backup", str(copy)]) == 0
    return copy


@pytest.mark.parametrize("name", ["copy", "copy.tar.gz"])
def test_keys_conversations_and_the_audit_log_are_in_a_backup(home, name, tmp_path):
    secret = KeyStore(home.folder).create("Andean Community", frozenset({Scope.READ}))
    ConversationStore(home.folder).begin("somebody", "How many cranes has Callao?")
    AuditLog(home.folder, with_questions=False).note(READER, "answer", ["harbours.md"])
    (home.folder / "audit.jsonl.1").write_text("{}\n", encoding="utf-8")
    assert run(["backup", name]) == 0
    copy = tmp_path / "copy"
    if name.endswith(".gz"):
        with tarfile.open(tmp_path / name) as archive:
            archive.extractall(tmp_path, filter="data")
    assert KeyStore(copy).find(secret) is not None
    assert secret.split("_", 2)[2].encode() not in (copy / "service.sqlite").read_bytes()
    assert [c.title for c in ConversationStore(copy).of("somebody")] == ["How many cranes has Callao?"]
    assert json.loads((copy / "audit.jsonl").read_text(encoding="utf-8"))["documents"] == ["harbours.md"]
    assert (copy / "audit.jsonl.1").exists()


@pytest.mark.parametrize("noted", ["as it is now", "as a whole path"])
def test_documents_kept_in_the_home_move_with_it(home, noted):
    own = shutil.copytree(home.folder.with_name("documents"), home.folder / "documents")
    ingest(own, home)
    if noted == "as a whole path":
        (home.require_current().folder / "source.json").write_text(json.dumps({"folder": str(own)}), encoding="utf-8")
    copy = backed_up(home)
    shutil.rmtree(home.folder)
    assert IndexHome(copy).require_current().source == copy / "documents"
    assert sorted(p.name for p in (copy / "documents").iterdir()) == ["barcos.md", "harbours.md"]
    assert ingest(copy / "documents", IndexHome(copy)).unchanged == ("barcos.md", "harbours.md")


def test_documents_outside_the_home_stay_where_they_are(home, tmp_path):
    copy = backed_up(home)
    assert IndexHome(copy).require_current().source == tmp_path / "documents"
    assert sorted(p.name for p in copy.iterdir()) == ["current", "generations"]


def test_a_backup_of_the_index_alone_opens_and_is_kept_up_from_then_on(home):
    copy = backed_up(home)
    assert run(["documents", "--data", str(copy)]) == 0
    assert run(["keys", "list", "--data", str(copy)]) == 0
    assert ConversationStore(copy).of("somebody") == []
    assert run(["keys", "create", "ALADI", "--data", str(copy)]) == 0
    assert [key.name for key in KeyStore(copy).all()] == ["ALADI"]
