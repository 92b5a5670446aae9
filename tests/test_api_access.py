"""Keys, scopes, rate limits and the internal documents that never leave without their scope."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from api_samples import SECRET_WORDS, Api, running
from test_api import is_problem

from ui.api.keys import KeyStore, Scope

SECRET_MARKS = ("quetzal", "zafiros", "vault", '"number":777', "record: 777", "Memorandum")
READ = ("read", "ingest", "admin", "internal+read")


@pytest.fixture(scope="module")
def api(tmp_path_factory) -> Iterator[Api]:
    with running(tmp_path_factory.mktemp("access"), secret=True) as started:
        for scopes in ("read", "ingest", "admin", "internal", "internal+read"):
            started.keys[scopes] = started.key(*scopes.split("+"))
        yield started


def called(api, method, path, body=None, **headers):
    return api.client.request(method, path, json=body, headers=headers)


def secret_id(api):
    listed = called(api, "GET", "/v1/documents", **api.keys["internal+read"]).json()
    return next(d["id"] for d in listed["items"] if d["file"] == "vault.md")


READING = [
    ("POST", "/v1/answers", {"question": "cranes?"}),
    ("POST", "/v1/search", {"query": "cranes"}),
    ("GET", "/v1/documents", None),
    ("GET", "/v1/decisions", None),
    ("GET", "/v1/meetings", None),
    ("GET", "/v1/activities", None),
    ("GET", "/metrics", None),
]
ADMINISTRATION = [("GET", "/v1/feedback", None)]


@pytest.mark.parametrize(("method", "path", "body"), READING)
def test_reading_needs_a_key_that_may_read(api, method, path, body):
    for name, key in api.keys.items():
        response = called(api, method, path, body, **key)
        if name in READ:
            assert response.status_code == 200, (name, response.text)
        else:
            assert is_problem(response, 403, "scope-missing")
    assert is_problem(called(api, method, path, body), 401, "key-required")


@pytest.mark.parametrize(("method", "path", "body"), ADMINISTRATION)
def test_administration_needs_its_own_scope(api, method, path, body):
    for name, key in api.keys.items():
        assert called(api, method, path, body, **key).status_code == (200 if name == "admin" else 403)


def test_health_and_reference_need_no_key(api):
    for path in ("/health/live", "/health/ready", "/version", "/docs", "/openapi.json"):
        assert called(api, "GET", path).status_code == 200


@pytest.mark.parametrize("who", ["read", "ingest", "admin"])
def test_internal_document_leaves_no_trace_without_its_scope(api, who):
    hidden, key = secret_id(api), api.keys[who]
    answers = [
        called(api, "POST", "/v1/answers", {"question": "Where is the keeper?"}, **key),
        called(api, "POST", "/v1/answers", {"question": "Which decisions are on record?"}, **key),
        called(api, "POST", "/v1/answers", {"question": "What did Decision 440 mandate?"}, **key),
        called(api, "POST", "/v1/answers", {"question": "And its keeper?", "history": [{"question": "Who?"}]}, **key),
        called(api, "POST", "/v1/search", {"query": "signed by the keeper", "limit": 50}, **key),
        called(api, "POST", "/v1/vector_stores/sela/search", {"query": "keeper", "max_num_results": 50}, **key),
        called(api, "GET", "/v1/comparisons?from=2032&to=2031", **key),
        called(api, "POST", "/v1/answers", {"question": "keeper?", "stream": True}, **key),
        called(api, "GET", "/v1/documents", **key),
        called(api, "GET", "/v1/decisions", **key),
        called(api, "GET", "/v1/meetings", **key),
        called(api, "GET", "/v1/activities", **key),
        *(
            called(api, "GET", f"/v1/documents/{hidden}{part}", **key)
            for part in ("", "/text", "/file", "/view", "/pages/1")
        ),
        called(api, "GET", "/v1/decisions/999", **key),
        called(api, "GET", "/metrics", **key),
    ]
    for answer in answers:
        assert not [mark for mark in SECRET_MARKS if mark.lower() in answer.text.lower()], answer.text
    assert is_problem(called(api, "GET", "/v1/decisions/777", **key), 404, "not-found")
    assert is_problem(called(api, "GET", f"/v1/documents/{hidden}", **key), 404, "not-found")


def test_search_for_an_internal_documents_own_words_finds_it_only_with_its_scope(api):
    body = {"query": SECRET_WORDS, "limit": 50}
    found = called(api, "POST", "/v1/search", body, **api.keys["internal+read"]).json()["passages"]
    assert any(p["file"] == "vault.md" for p in found)
    found = called(api, "POST", "/v1/search", body, **api.keys["read"]).json()["passages"]
    assert all(p["file"] != "vault.md" for p in found)


def test_decision_of_an_internal_document_is_as_unknown_as_any_other(api):
    def said(number):
        body = {"question": f"What does Decision {number} say?"}
        answer = called(api, "POST", "/v1/answers", body, **api.keys["read"]).json()
        return answer["outcome"], answer["text"].replace(str(number), "N")

    assert said(777) == said(778)


def test_counts_do_not_betray_internal_documents(api):
    def counts(key):
        answer = called(api, "POST", "/v1/answers", {"question": "cranes?"}, **api.keys[key]).json()
        documents = called(api, "GET", "/v1/documents", **api.keys[key]).json()
        return answer["index"]["passages"], answer["coverage"]["documents_searched"], documents["total"]

    few, many = counts("read"), counts("internal+read")
    assert few[1:] == (2, 2)
    assert many[1:] == (3, 3)
    assert few[0] < many[0]


def test_answer_made_from_internal_documents_is_not_found_by_others(api):
    made = called(api, "POST", "/v1/answers", {"question": SECRET_WORDS}, **api.keys["internal+read"])
    address = made.headers["content-location"]
    assert called(api, "GET", address, **api.keys["internal+read"]).status_code == 200
    for path, method in ((address, "GET"), (f"{address}?format=markdown", "GET"), (f"{address}/rerun", "POST")):
        assert is_problem(called(api, method, path, **api.keys["admin"]), 404, "not-found")
    told = called(api, "POST", "/v1/feedback", {"answer_id": made.json()["id"], "verdict": "right"}, **api.keys["read"])
    assert is_problem(told, 404, "not-found")


def test_key_is_taken_from_either_header(api):
    secret = api.keys["read"]["Authorization"].removeprefix("Bearer ")
    assert called(api, "GET", "/v1/documents", **{"X-API-Key": secret}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Basic dXNlcjpwYXNz"},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer sela_000000000000_" + "A" * 43},
        {"Authorization": "Bearer " + "x" * 5000},
        {"X-API-Key": "no key"},
        {"X-API-Key": "sela_ü"},
    ],
)
def test_other_credentials_are_refused(api, headers):
    encoded = {name: value.encode("utf-8") for name, value in headers.items()}
    response = api.client.get("/v1/documents", headers=encoded)
    assert is_problem(response, 401, "key-not-valid")
    assert response.headers["www-authenticate"].startswith("Bearer")


def test_revoked_and_expired_keys_open_nothing(api):
    store = KeyStore(api.home.folder)
    brief = (datetime.now(UTC) - timedelta(seconds=1)).isoformat(timespec="seconds")
    expired = store.create("brief", frozenset({Scope.READ}), expires=brief)
    assert is_problem(called(api, "GET", "/v1/documents", **{"X-API-Key": expired}), 401, "key-not-valid")
    key = api.key("read", name="for a while")
    assert called(api, "GET", "/v1/documents", **key).status_code == 200
    store.revoke("for a while")
    assert is_problem(called(api, "GET", "/v1/documents", **key), 401, "key-not-valid")


def test_secrets_are_nowhere_on_disk(api):
    secret = api.keys["read"]["Authorization"].removeprefix("Bearer ").split("_", 2)[-1].encode()
    for path in api.home.folder.rglob("*"):
        assert not path.is_file() or secret not in path.read_bytes()


def test_audit_log_says_who_and_which_documents_but_not_what_was_asked(api):
    called(api, "POST", "/v1/answers", {"question": "How many cranes stand in Callao?"}, **api.keys["read"])
    lines = [json.loads(x) for x in (api.home.folder / "audit.jsonl").read_text("utf-8").splitlines()]
    last = lines[-1]
    assert (last["name"], last["action"]) == ("read0", "answer")
    assert "harbours.md" in last["documents"]
    assert all("question" not in line for line in lines)


def test_rate_limit_is_told_and_kept(tmp_path):
    with running(tmp_path, rate="3/minute") as api:
        left = [api.client.get("/v1/documents").headers["ratelimit-remaining"] for _ in range(3)]
        assert left == ["2", "1", "0"]
        refused = api.client.get("/v1/documents")
        assert is_problem(refused, 429, "rate-limited")
        assert int(refused.headers["retry-after"]) >= 1
        assert refused.headers["ratelimit-limit"] == "3"
        other = api.key("read")
        assert api.client.get("/v1/documents", headers=other).status_code == 200


def test_address_that_is_not_loopback_needs_a_key(tmp_path):
    with running(tmp_path, host="0.0.0.0") as api:  # the address is only named here, nothing listens on it
        assert is_problem(api.client.get("/v1/documents"), 401, "key-required")
        assert api.client.get("/v1/documents", headers=api.key("read")).status_code == 200


def test_feedback_becomes_questions_that_the_evaluation_reads(api, tmp_path):
    from eval.questions import load_questions

    read, admin = api.keys["read"], api.keys["admin"]
    asked = called(
        api, "POST", "/v1/answers", {"question": "How many cranes has the harbour of Callao?"}, **read
    ).json()
    for body in (
        {"answer_id": asked["id"], "verdict": "right", "facts": ["nine"]},
        {"answer_id": asked["id"], "verdict": "should_have_declined", "comment": "not our subject"},
        {"answer_id": asked["id"], "verdict": "wrong"},
    ):
        assert called(api, "POST", "/v1/feedback", body, **read).status_code == 201
    missing = {"answer_id": asked["id"], "verdict": "wrong", "wrong_citation": 99}
    assert is_problem(called(api, "POST", "/v1/feedback", missing, **read), 404, "not-found")
    exported = tmp_path / "questions.jsonl"
    exported.write_text(called(api, "GET", "/v1/feedback", **admin).text, encoding="utf-8")
    questions = load_questions(exported)
    assert {q.answerable for q in questions} == ({True, False} if asked["citations"] else {False})
