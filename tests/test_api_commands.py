"""`sela keys` makes, lists and revokes keys; `sela up` refuses settings that make no sense."""

import json
import socket

import pytest

from ui.api.keys import KeyStore
from ui.command_line.main import run


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SELA_DATA", str(tmp_path / "data"))


def printed(capsys, *arguments):
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_key_is_shown_once_and_opens_the_api(capsys, tmp_path):
    made = printed(capsys, "keys", "create", "CAN", "--scope", "read", "--scope", "internal", "--expires", "90d")
    key = KeyStore(tmp_path / "data").find(made["key"])
    assert key is not None
    assert (key.name, sorted(key.scopes)) == ("CAN", ["internal", "read"])
    listed = printed(capsys, "keys", "list")
    assert [k["state"] for k in listed] == ["valid"]
    assert made["key"].split("_", 2)[-1] not in json.dumps(listed)


def test_key_without_scopes_may_read(capsys):
    assert printed(capsys, "keys", "create", "ALADI")["scopes"] == ["read"]


def test_revoked_key_opens_nothing(capsys, tmp_path):
    made = printed(capsys, "keys", "create", "SICA")
    assert printed(capsys, "keys", "revoke", "SICA")["state"] == "revoked"
    assert KeyStore(tmp_path / "data").find(made["key"]) is None
    assert printed(capsys, "keys", "list")[0]["state"] == "revoked"


def test_list_without_keys_says_how_to_make_one(capsys):
    assert run(["keys", "list"]) == 0
    assert "sela keys create" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ("keys", "create", "X", "--expires", "some day"),
        ("keys", "create", " "),
        ("keys", "revoke", "nobody"),
    ],
)
def test_wrong_use_is_one_line_with_a_next_step(capsys, arguments):
    assert run(list(arguments)) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_two_keys_cannot_have_one_name(capsys):
    printed(capsys, "keys", "create", "ACTO")
    assert run(["keys", "create", "ACTO"]) == 1


@pytest.mark.parametrize(
    ("name", "value"), [("SELA_API_UNKNOWN", "1"), ("SELA_API_WORKERS", "0"), ("SELA_API_RATE", "?")]
)
def test_server_refuses_settings_that_make_no_sense(capsys, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    assert run(["up", "--port", "0"]) == 1
    assert "docs/api.md" in capsys.readouterr().err


def test_port_that_is_taken_is_named_before_anything_is_loaded(capsys):
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        assert run(["up", "--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert f"Port {port} of 127.0.0.1" in said
    assert "--port" in said


def test_address_of_another_machine_is_named(capsys, monkeypatch):
    monkeypatch.setenv("SELA_API_HOST", "192.0.2.1")
    assert run(["up", "--port", "0"]) == 1
    assert "192.0.2.1" in capsys.readouterr().err
