"""The door of the page: who enters, under which name, with which cookie, in which language."""

import re

import pytest
from api_samples import settings_for
from fastapi.testclient import TestClient  # noqa: TID251
from index_samples import ingest, small_folder
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect

from assistant.glossary import Glossary
from assistant.messages import LANGUAGES, message
from ingest.generations import IndexHome
from ui.api.keys import KeyStore, Scope
from ui.api.service import Service
from ui.api.settings import ServiceSettings
from ui.page.door import Door
from ui.page.mounting import is_page_address
from ui.page.originals import original_address, original_routes, text_address
from ui.page.sessions import SessionStore
from ui.page.sign_in import sign_in_routes
from ui.page.visitors import Visitors, interface_language

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Streamlit</title><link\n rel="preload" href="./f.woff2" as="font">'
    '<link rel="service-desc" href="./_stcore/agent/openapi.json" /><script>run()</script></head></html>'
)


async def _stream(socket):
    await socket.accept()
    await socket.send_text("open")
    await socket.close()


def site(home, *, host="127.0.0.1"):
    """Return a client of a page behind the door, and the keys."""
    exposure = ServiceSettings(host=host)
    service = Service(settings_for(home), exposure)
    sessions = SessionStore(home)
    visitors = Visitors(service.keys, sessions, on_loopback=exposure.on_loopback)
    routes = [
        *sign_in_routes(service.keys, sessions),
        *original_routes(service, visitors),
        Route("/_stcore/upload_file/x", lambda _: PlainTextResponse("kept"), methods=["PUT"]),
        WebSocketRoute("/_stcore/stream", _stream),
        Route("/{path:path}", lambda _: HTMLResponse(PAGE, headers={"etag": '"1"'})),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Door, visitors=visitors, settings=exposure)])
    app.state.service = service
    return TestClient(app, base_url="http://localhost", follow_redirects=False), service


@pytest.fixture
def client(tmp_path):
    return site(tmp_path)[0]


@pytest.fixture
def guarded(tmp_path):
    """A page that needs a key, and the keys."""
    client, service = site(tmp_path, host="0.0.0.0")
    return client, service.keys


def sign_in(client, keys, *scopes) -> str:
    secret = keys.create("-".join(scopes), frozenset(map(Scope, scopes)))
    answer = client.post("/sign-in", data={"key": secret})
    assert answer.status_code == 303
    return secret


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_has_the_language_and_title_of_the_browser(client, language):
    page = client.get("/", headers={"accept-language": f"{language}-XX,en;q=0.3"}).text
    assert f'<html lang="{language}"' in page
    assert f"<title>{message('page_shell.title', language)}</title>" in page


def test_page_is_told_to_ask_no_other_host_and_fetches_nothing_for_nothing(client):
    answer = client.get("/decisions")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http:" not in policy
    assert "https:" not in policy
    assert re.search(r"script-src [^;]*'sha256-", policy)
    assert "preload" not in answer.text
    assert "service-desc" not in answer.text


def test_visitor_gets_a_cookie_that_scripts_cannot_read_and_keeps_it(client):
    first = client.get("/")
    cookie = first.headers["set-cookie"]
    assert "sela_visitor=" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "set-cookie" not in client.get("/").headers


def test_two_browsers_are_two_visitors(tmp_path):
    one, other = (site(tmp_path)[0] for _ in range(2))
    one.get("/")
    other.get("/")
    assert one.cookies["sela_visitor"] != other.cookies["sela_visitor"]


def test_page_is_never_answered_from_a_cache_in_another_language(client):
    answer = client.get("/", headers={"if-none-match": '"1"'})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_chosen_language_is_kept_and_leads_back(client):
    chosen = client.get("/language/pt", params={"back": "/decisions?number=440"})
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/decisions?number=440")
    assert '<html lang="pt"' in client.get("/", headers={"accept-language": "fr"}).text


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", ""])
def test_language_leads_back_to_this_site_only(client, back):
    assert client.get("/language/es", params={"back": back}).headers["location"] == "/"


def test_unknown_language_is_not_kept(client):
    assert "set-cookie" not in client.get("/language/xx").headers


def test_page_is_called_by_its_own_name_only_while_no_key_is_needed(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421


def test_web_socket_is_for_the_pages_own_origin(client):
    with client.websocket_connect(
        "/_stcore/stream", headers={"origin": "http://localhost", "host": "localhost"}
    ) as socket:
        assert socket.receive_text() == "open"
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(
        "/_stcore/stream", headers={"origin": "http://evil.example", "host": "localhost"}
    ):  # fmt: skip
        pass


def test_page_off_loopback_leads_to_the_sign_in(guarded):
    client, _ = guarded
    answer = client.get("/decisions")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert client.get("/sign-in", headers={"accept-language": "es"}).text.count('lang="es"') == 1
    assert client.put("/_stcore/upload_file/x").status_code == 401
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream"):
        pass


def test_key_opens_the_page_until_it_is_revoked(guarded):
    client, keys = guarded
    sign_in(client, keys, "read")
    assert client.get("/").status_code == 200
    keys.revoke("read")
    assert client.get("/").status_code == 303


def test_signing_out_ends_the_session_for_everybody_who_has_its_cookie(guarded):
    client, keys = guarded
    sign_in(client, keys, "read")
    token = client.cookies["sela_session"]
    client.get("/sign-out")
    client.cookies.set("sela_session", token)
    assert client.get("/").status_code == 303


@pytest.mark.parametrize("presented", ["", "nonsense", "sela_000000000000_" + "A" * 43])
def test_other_words_open_nothing(guarded, presented):
    client, _ = guarded
    answer = client.post("/sign-in", data={"key": presented})
    assert answer.status_code == 401
    assert 'role="alert"' in answer.text
    assert "sela_session" not in client.cookies


def test_key_that_may_not_read_opens_nothing(guarded):
    client, keys = guarded
    secret = keys.create("internal", frozenset({Scope.INTERNAL}))
    assert client.post("/sign-in", data={"key": secret}).status_code == 401


def test_large_sign_in_is_not_read(guarded):
    client, _ = guarded
    assert client.post("/sign-in", data={"key": "x" * 100_000}).status_code == 401


def test_session_is_kept_as_a_hash(guarded, tmp_path):
    client, keys = guarded
    secret = sign_in(client, keys, "read")
    held = (tmp_path / "conversations.sqlite").read_bytes()
    assert client.cookies["sela_session"].encode() not in held
    assert secret.encode() not in held


def test_internal_document_is_given_to_its_scope_only(tmp_path):
    home = IndexHome(tmp_path / "data")
    folder = small_folder(tmp_path)
    (folder / "manifest.toml").write_text('[documents."barcos.md"]\nstatus = "internal"\n')
    ingest(folder, home)
    client, service = site(home.folder, host="0.0.0.0")
    from assistant_samples import over

    service._assistant = over(home, Glossary.load())
    cards = service.snapshot().catalogue.cards.values()
    hidden, shown = (next(c.id for c in cards if c.file == name) for name in ("barcos.md", "harbours.md"))
    assert client.get(original_address(shown)).status_code == 401
    sign_in(client, service.keys, "read")
    assert client.get(original_address(shown)).content == (folder / "harbours.md").read_bytes()
    assert client.get(original_address(hidden)).status_code == 404
    assert client.get(text_address(hidden, None)).status_code == 404
    sign_in(client, service.keys, "read", "internal")
    assert "pesca" in client.get(text_address(hidden, None)).text
    service.close()


def test_owner_of_conversations_differs_by_browser_and_by_key(tmp_path):
    keys, sessions = KeyStore(tmp_path), SessionStore(tmp_path)
    visitors = Visitors(keys, sessions, on_loopback=True)
    owners = {visitors.visitor({"sela_visitor": name}, "", "local").owner for name in ("one", "two")}
    keys.create("a", frozenset({Scope.READ}))
    token = sessions.begin(keys.all()[0].id)
    owners.add(visitors.visitor({"sela_visitor": "one", "sela_session": token}, "", "local").owner)
    assert len(owners) == 3
    assert visitors.visitor({"sela_visitor": "one"}, "", "local") is None


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "en"), ("de", "en"), ("de,pt-BR;q=0.8,es;q=0.9", "es"), ("fr;q=x,pt", "pt"), ("es;q=0", "en")],
)
def test_first_language_that_the_interface_has_is_taken(accepted, language):
    assert interface_language({}, accepted) == language


@pytest.mark.parametrize("path", ["/", "/decisions", "/answer", "/_stcore/stream", "/static/js/x.js", "/language/es"])
def test_address_is_the_pages(path):
    assert is_page_address(path)


@pytest.mark.parametrize("path", ["/v1/answers", "/v1", "/docs", "/mcp", "/health/ready", "/metrics", "/nothing"])
def test_address_is_left_to_the_api(path):
    assert not is_page_address(path)
