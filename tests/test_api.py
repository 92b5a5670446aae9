"""The API answers, keeps what it answered, shows documents, and reports every failure as a problem."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from api_samples import Api, running, settings_for
from docx import Document as WordDocument  # noqa: TID251
from fastapi.testclient import TestClient  # noqa: TID251

from ui.api.application import create_app
from ui.api.settings import ServiceSettings

QUESTION = "How many cranes has the harbour of Valparaíso?"


@pytest.fixture(scope="module")
def api(tmp_path_factory) -> Iterator[Api]:
    with running(tmp_path_factory.mktemp("api")) as started:
        yield started


def is_problem(response, status, name) -> bool:
    body = response.json()
    return (
        response.status_code == status
        and response.headers["content-type"] == "application/problem+json"
        and body["type"] == f"/problems/{name}"
        and body["request_id"] == response.headers["x-request-id"]
    )


def document_id(api, file="harbours.md"):
    return next(d["id"] for d in api.client.get("/v1/documents").json()["items"] if d["file"] == file)


def test_answer_has_evidence_and_a_permanent_address(api):
    answer = api.ask(QUESTION)
    assert answer.status_code == 200
    assert answer.json()["evidence"]
    stored = api.client.get(answer.headers["content-location"])
    assert stored.json() == answer.json()


def test_stored_answer_is_not_sent_twice(api):
    address = api.ask(QUESTION).headers["content-location"]
    tag = api.client.get(address).headers["etag"]
    assert api.client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_answer_is_exported_with_its_references(api):
    answer = api.ask(QUESTION)
    address = answer.headers["content-location"]
    markdown = api.client.get(address, params={"format": "markdown"})
    assert markdown.headers["content-type"].startswith("text/markdown")
    assert answer.json()["id"].replace("_", "\\_") in markdown.text or answer.json()["id"] in markdown.text
    word = api.client.get(address, params={"format": "docx"})
    document = WordDocument(BytesIO(word.content))
    assert QUESTION in "\n".join(p.text for p in document.paragraphs)
    footnotes = [r.target_part.blob.decode() for r in document.part.rels.values() if r.reltype.endswith("/footnotes")]
    for citation in answer.json()["citations"]:
        assert f"[^{citation['number']}]: " in markdown.text
        assert citation["document"]["title"] in footnotes[0]


def test_rerun_of_an_unchanged_index_changes_nothing(api):
    first = api.ask(QUESTION).json()
    again = api.client.post(f"/v1/answers/{first['id']}/rerun").json()
    assert again["previous_id"] == first["id"]
    assert again["answer"]["id"] != first["id"]
    assert not again["changes"]["changed"]
    assert not again["changes"]["index"]


def test_what_was_answered_before_is_heard_where_it_is_on_record(api, monkeypatch):
    heard = []
    assistant = api.client.app.state.service.assistant
    told = assistant.ask_stream
    monkeypatch.setattr(assistant, "ask_stream", lambda q: (heard.append([t.answer for t in q.history]), told(q))[1])
    first = api.ask(QUESTION).json()
    unknown = f"{first['id'][:-4]}ZZZZ"
    history = [{"question": QUESTION, "answer_id": i} for i in (first["id"], unknown)]
    api.client.post("/v1/answers", json={"question": "And of Callao?", "history": history})
    assert heard[-1] == [first["text"], ""]


def test_search_returns_ranked_passages(api):
    found = api.client.post("/v1/search", json={"query": "cranes of the harbour", "limit": 2}).json()
    assert [p["rank"] for p in found["passages"]] == [1, 2]
    assert found["passages"][0]["file"] == "harbours.md"


def test_filter_that_admits_nothing_is_answered_with_no_evidence(api):
    answer = api.ask(QUESTION, filters={"document": ["nowhere.md"]}).json()
    assert answer["outcome"] != "answered"
    assert answer["coverage"]["documents_searched"] == 0


def test_documents_are_listed_in_pages(api):
    first = api.client.get("/v1/documents", params={"limit": 1}).json()
    second = api.client.get("/v1/documents", params={"limit": 1, "cursor": first["next_cursor"]}).json()
    assert [d["file"] for d in first["items"] + second["items"]] == ["barcos.md", "harbours.md"]
    assert first["total"] == 2
    assert second["next_cursor"] is None


def test_text_of_a_document_is_what_offsets_count(api):
    identifier = document_id(api)
    text = api.client.get(f"/v1/documents/{identifier}/text")
    assert "nine of them" in text.text
    described = api.client.get(f"/v1/documents/{identifier}").json()
    assert described["characters"] == len(text.text)
    assert (
        api.client.get(described["links"]["text"], headers={"If-None-Match": text.headers["etag"]}).status_code == 304
    )


def test_original_file_is_served_until_it_changes(api):
    address = f"/v1/documents/{document_id(api)}/file"
    given = api.client.get(address)
    assert given.content == (api.folder / "harbours.md").read_bytes()
    assert "attachment" in given.headers["content-disposition"]
    original = api.folder / "harbours.md"
    original.rename(api.folder / "elsewhere.md")
    assert is_problem(api.client.get(address), 404, "file-unavailable")
    original.write_text("other words", encoding="utf-8")
    assert is_problem(api.client.get(address), 404, "file-unavailable")
    (api.folder / "elsewhere.md").replace(original)


def test_place_in_a_document_without_pages_is_marked_in_html(api):
    identifier = document_id(api)
    text = api.client.get(f"/v1/documents/{identifier}/text").text
    start = text.index("four cranes")
    page = api.client.get(f"/v1/documents/{identifier}/pages/1", params={"start": start, "end": start + 11})
    assert "<mark>four cranes</mark>" in page.text
    assert is_problem(api.client.get(f"/v1/documents/{identifier}/pages/2"), 404, "not-found")


def test_service_says_that_it_lives_and_is_ready(api):
    assert api.client.get("/health/live").json() == {"status": "live"}
    assert api.client.get("/health/ready").json() == {"status": "ready"}
    assert api.client.get("/version").json()["version"]


def test_reference_needs_nothing_from_elsewhere(api):
    page = api.client.get("/docs").text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert addresses
    for address in addresses:
        assert address.startswith("/")
        assert api.client.get(address).status_code == 200
    assert "https://cdn" not in page


def test_every_field_of_the_reference_is_described(api):
    schemas = api.client.get("/openapi.json").json()["components"]["schemas"]
    nameless = [
        f"{name}.{field}"
        for name, schema in schemas.items()
        for field, facts in schema.get("properties", {}).items()
        if "description" not in facts and "$ref" not in facts
    ]
    assert nameless == []


@pytest.mark.parametrize(
    ("body", "status", "name"),
    [
        (b"{", 400, "malformed-request"),
        (b'{"question": "\xff"}', 400, "malformed-request"),
        (b"{}", 422, "invalid-request"),
        (b'{"question": 7}', 422, "invalid-request"),
        (b'{"question": "a\\u0000b"}', 422, "invalid-request"),
        (b'{"question": "\\ud800"}', 422, "invalid-request"),
        (b'{"question": "why?", "unknown": 1}', 422, "invalid-request"),
        (b'{"question": "why?", "language": "de"}', 422, "invalid-request"),
        (b'{"question": "' + b"a" * 5000 + b'"}', 422, "invalid-request"),
        (b'{"question": "why?", "history": [' + b",".join([b'{"question": "a"}'] * 30) + b"]}", 422, "invalid-request"),
        (b'"' + b"a" * 300_000 + b'"', 413, "too-large"),
    ],
)
def test_bad_questions_are_refused_as_problems(api, body, status, name):
    response = api.client.post("/v1/answers", content=body, headers={"Content-Type": "application/json"})
    assert is_problem(response, status, name)


@pytest.mark.parametrize("question", [" ", "?", "\n\t", "🙂", "' OR 1=1 --", 'NEAR("', "а" * 4000])
def test_strange_questions_are_answered_all_the_same(api, question):
    assert api.ask(question).status_code == 200


def test_unknown_ids_and_addresses_are_problems(api):
    assert is_problem(api.client.get("/v1/answers/ans_" + "0" * 26), 404, "not-found")
    assert is_problem(api.client.get("/v1/documents/nothing"), 404, "not-found")
    assert is_problem(api.client.get("/v1/nothing"), 404, "not-found")
    assert is_problem(api.client.get("/v1/documents?unknown=1"), 422, "invalid-request")
    assert is_problem(api.client.put("/v1/answers"), 405, "method-not-allowed")


def test_types_of_problems_explain_themselves(api):
    problem = api.client.get("/v1/nothing").json()
    assert api.client.get(problem["type"]).json()["title"] == problem["title"]


def test_request_id_is_echoed_unless_it_is_dangerous(api):
    def echoed(given):
        return api.client.get("/health/live", headers={"X-Request-ID": given}).headers["x-request-id"]

    assert echoed("note-17") == "note-17"
    assert echoed("a b") != "a b"
    assert echoed("x" * 500) != "x" * 500


def test_other_origins_get_no_leave_to_read(api):
    answer = api.client.get("/v1/documents", headers={"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_service_without_a_key_is_not_called_by_a_foreign_name(api):
    assert is_problem(api.client.get("/v1/documents", headers={"Host": "evil.example"}), 421, "host-not-allowed")


def test_service_without_an_index_lives_but_is_not_ready(tmp_path):
    app = create_app(settings_for(tmp_path / "empty"), ServiceSettings())
    with TestClient(app, base_url="http://localhost") as client:
        assert client.get("/health/live").status_code == 200
        assert is_problem(client.get("/health/ready"), 503, "not-ready")
        asked = client.post("/v1/answers", json={"question": "why?"})
        assert is_problem(asked, 503, "not-ready")
        assert asked.headers["retry-after"]
