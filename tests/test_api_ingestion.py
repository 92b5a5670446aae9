"""Documents come in and go out over the API while questions are asked."""

import json
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from threading import Event, Thread

import pytest
from api_samples import Api, running
from pdf_files import words, write_pdf
from test_api import is_problem

from ui.api.access import Caller
from ui.api.ingestion_jobs import IngestionJobs, JobRequest
from ui.api.keys import Scope
from ui.api.problems import Problem
from ui.api.uploads import check_name

LIGHTHOUSES = b"# Lighthouses\n\nThe lighthouse of Punta Brava was lit in June 2033 and shines for forty miles.\n"


@pytest.fixture
def api(tmp_path) -> Iterator[Api]:
    with running(tmp_path, secret=True, upload_bytes=1_000_000) as started:
        for scope in ("read", "ingest", "admin"):
            started.keys[scope] = started.key(scope)
        started.client.headers.update(started.keys["ingest"])
        yield started


def send(api, *files, **headers):
    parts = [("files", (name, content)) for name, content in files]
    return api.client.post("/v1/ingestions", files=parts, headers=headers)


def ended(api, response):
    for _ in range(300):
        job = api.client.get(f"/v1/ingestions/{response.json()['id']}").json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.05)
    raise AssertionError("the ingestion does not end")


def test_uploaded_file_is_found_within_a_second_while_questions_go_on(api):
    stop, statuses = Event(), []

    def keep_asking():
        while not stop.is_set():
            statuses.append(api.ask("How many cranes has Callao?").status_code)

    asking = Thread(target=keep_asking)
    asking.start()
    response = send(api, ("lighthouses.md", LIGHTHOUSES))
    job = ended(api, response)
    began = time.perf_counter()
    found = api.client.post("/v1/search", json={"query": "lighthouse of Punta Brava", "limit": 1}).json()["passages"]
    seconds = time.perf_counter() - began
    stop.set()
    asking.join()
    assert response.status_code == 202
    assert job["state"] == "done"
    assert job["report"]["added"] == ["uploads/lighthouses.md"]
    assert job["progress"] == {"stage": "ended", "fraction": 1.0}
    assert found[0]["file"] == "uploads/lighthouses.md"
    assert seconds < 1
    assert set(statuses) == {200}


def test_a_job_that_is_done_has_ended_though_its_progress_is_not_dropped_yet(tmp_path):
    class NeverDropped(dict):
        def pop(self, *_):
            return None

    def fails(*_):
        raise Problem("conflict", "Nothing is brought in.")

    jobs = IngestionJobs(tmp_path, fails)
    jobs._progress = NeverDropped()
    caller = Caller("key", "key", frozenset(Scope))
    job = jobs.start(JobRequest(caller, None, {}), fails)
    jobs._executor.shutdown()
    assert jobs.find(job["id"], caller)["state"] == "failed"
    assert jobs.find(job["id"], caller)["progress"] == {"stage": "ended", "fraction": 1.0}


def test_documents_come_and_go_by_the_model_that_questions_use(api, monkeypatch):
    monkeypatch.setattr("assistant.assembly.load_embedder", lambda *_, **__: pytest.fail("a second model is loaded"))
    assert ended(api, send(api, ("lighthouses.md", LIGHTHOUSES)))["state"] == "done"
    identifier = next(d["id"] for d in api.client.get("/v1/documents").json()["items"] if d["file"] == "barcos.md")
    assert api.client.delete(f"/v1/documents/{identifier}").status_code == 200


def test_report_names_no_internal_document(api):
    (api.folder / "vault.md").write_text("# Another secret\n\nThe quetzal vault is empty now and for ever.\n", "utf-8")
    job = ended(api, api.client.post("/v1/ingestions", json={}))
    assert job["state"] == "done"
    assert "vault" not in json.dumps(job)
    assert job["report"]["changed"] == []


def test_same_idempotency_key_starts_one_ingestion(api):
    first = send(api, ("a.md", LIGHTHOUSES), **{"Idempotency-Key": "k1"}).json()
    again = send(api, ("a.md", LIGHTHOUSES), **{"Idempotency-Key": "k1"}).json()
    assert first["id"] == again["id"]
    other = send(api, ("b.md", LIGHTHOUSES), **{"Idempotency-Key": "k1"})
    assert is_problem(other, 409, "conflict")


def test_unreadable_file_is_rejected_with_a_reason_and_nothing_else_is_lost(api):
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.txt", "no document")
    job = ended(api, send(api, ("archive.pdf", content.getvalue()), ("good.md", LIGHTHOUSES)))
    assert job["state"] == "done"
    assert job["report"]["added"] == ["uploads/good.md"]
    assert [r["file"] for r in job["report"]["rejected"]] == ["uploads/archive.pdf"]
    assert job["report"]["rejected"][0]["reason"]
    assert api.client.get("/v1/documents").json()["total"] == 3


@pytest.mark.parametrize(
    "name", ["../evil.md", "a/b.md", "..\\evil.md", "/etc/passwd", ".hidden.md", "manifest.toml", "a%2fb\\c.md", " "]
)
def test_file_names_that_lead_elsewhere_are_refused(api, name):
    before = sorted(p for p in api.folder.parent.rglob("*.md"))
    assert is_problem(send(api, (name, LIGHTHOUSES)), 422, "invalid-request")
    assert sorted(p for p in api.folder.parent.rglob("*.md")) == before


@pytest.mark.parametrize("name", [None, "", "a\x07b.md", "a\x00.md", "a\r\nX-Evil: 1.md", "a" * 300, "..", "a:b.md"])
def test_names_that_no_file_may_have_are_refused(name):
    with pytest.raises(Problem):
        check_name(name)


def test_uploads_that_are_too_large_or_nothing_are_refused(api):
    assert is_problem(send(api, ("big.md", b"a" * 2_000_000)), 413, "too-large")
    assert is_problem(api.client.post("/v1/ingestions", files={"other": ("a.md", b"a")}), 422, "invalid-request")
    assert is_problem(api.client.post("/v1/ingestions", content=b"a"), 415, "unsupported-media-type")
    assert is_problem(api.client.post("/v1/ingestions", json={"folder": 1}), 422, "invalid-request")
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    assert api.client.post("/v1/ingestions", content=b"--x\r\nbroken", headers=broken).status_code in (400, 422)


@pytest.mark.parametrize("folder", ["/etc", "/", "..", "/nowhere", "~"])
def test_folders_that_are_not_allowed_are_refused_alike(api, folder):
    assert is_problem(api.client.post("/v1/ingestions", json={"folder": folder}), 403, "folder-not-allowed")


def test_folder_that_is_allowed_is_ingested(tmp_path):
    other = tmp_path / "others"
    other.mkdir()
    (other / "lighthouses.md").write_bytes(LIGHTHOUSES)
    with running(tmp_path, ingest_roots=(other,)) as api:
        api.client.headers.update(api.key("ingest"))
        job = ended(api, api.client.post("/v1/ingestions", json={"folder": str(other)}))
        assert job["report"]["added"] == ["lighthouses.md"]
        assert len(job["report"]["removed"]) == 2


def test_removed_document_is_gone_and_stays_gone(api):
    identifier = next(d["id"] for d in api.client.get("/v1/documents").json()["items"] if d["file"] == "barcos.md")
    removed = api.client.delete(f"/v1/documents/{identifier}")
    assert removed.status_code == 200
    assert removed.json()["set_aside"]
    assert (api.folder / ".removed" / "barcos.md").is_file()
    assert is_problem(api.client.get(f"/v1/documents/{identifier}"), 404, "not-found")
    assert is_problem(api.client.delete(f"/v1/documents/{identifier}"), 404, "not-found")
    ended(api, api.client.post("/v1/ingestions", json={}))
    assert is_problem(api.client.get(f"/v1/documents/{identifier}"), 404, "not-found")


def test_only_the_scope_ingest_changes_documents(api):
    identifier = api.client.get("/v1/documents").json()["items"][0]["id"]
    for scope in ("read", "admin"):
        key = api.keys[scope]
        assert is_problem(send(api, ("a.md", LIGHTHOUSES), **key), 403, "scope-missing")
        assert is_problem(api.client.delete(f"/v1/documents/{identifier}", headers=key), 403, "scope-missing")
        assert is_problem(api.client.get("/v1/ingestions/ing_" + "0" * 20, headers=key), 403, "scope-missing")
    assert is_problem(api.client.get("/v1/ingestions/ing_" + "0" * 20), 404, "not-found")


def test_internal_document_cannot_be_removed_without_its_scope(api):
    both = api.key("ingest", "internal")
    listed = api.client.get("/v1/documents", headers=both).json()["items"]
    hidden = next(d["id"] for d in listed if d["file"] == "vault.md")
    assert is_problem(api.client.delete(f"/v1/documents/{hidden}"), 404, "not-found")
    assert api.client.delete(f"/v1/documents/{hidden}", headers=both).status_code == 200


def test_page_of_a_pdf_is_shown_with_the_span_marked(api, tmp_path):
    path = write_pdf(tmp_path / "towers.pdf", words("The tower of Cabo Frio has three lamps.", "It was built in 2030."))
    ended(api, send(api, ("towers.pdf", path.read_bytes())))
    identifier = next(
        d["id"] for d in api.client.get("/v1/documents").json()["items"] if d["file"] == "uploads/towers.pdf"
    )
    address = f"/v1/documents/{identifier}/pages/1"
    start = api.client.get(f"/v1/documents/{identifier}/text").text.index("three lamps")
    plain = api.client.get(address)
    marked = api.client.get(address, params={"start": start, "end": start + 11})
    assert marked.headers["content-type"] == "image/png"
    assert marked.content.startswith(b"\x89PNG")
    assert marked.content != plain.content
    held = {"If-None-Match": marked.headers["etag"]}
    assert api.client.get(address, params={"start": start, "end": start + 11}, headers=held).status_code == 304
    assert is_problem(api.client.get(f"/v1/documents/{identifier}/pages/2"), 404, "not-found")
