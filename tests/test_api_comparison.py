"""Programmes in two languages are set side by side over the API as on the command line."""

import json
from collections.abc import Iterator

import pytest
from api_samples import MANIFEST, SECRET, Api, settings_for
from fastapi.testclient import TestClient  # noqa: TID251
from index_samples import ingest
from register_documents import SAMPLE

from ingest.generations import IndexHome
from ui.api.application import create_app
from ui.api.settings import ServiceSettings
from ui.command_line.main import run

THEME = "pequeñas y medianas empresas"
PROGRAMMES = ("en/work-programme-2017.pdf", "es/programa-de-trabajo-2019.pdf")


@pytest.fixture(scope="module")
def api(tmp_path_factory) -> Iterator[Api]:
    folder, home = tmp_path_factory.mktemp("documents"), IndexHome(tmp_path_factory.mktemp("data"))
    for file in PROGRAMMES:
        (folder / file).parent.mkdir()
        (folder / file).write_bytes((SAMPLE / file).read_bytes())
    (folder / "vault.md").write_text(SECRET, encoding="utf-8")
    (folder / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    ingest(folder, home)
    with TestClient(create_app(settings_for(home.folder), ServiceSettings()), base_url="http://localhost") as client:
        yield Api(client, folder, home)


def on_the_command_line(api, capsys, *more):
    assert run(["compare", "2017", "2019", "--json", "--data", str(api.home.folder), *more]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    return [(r["continuity"], *(side and side["code"] for side in (r["earlier"], r["later"]))) for r in rows]


def over_the_api(api, *scopes, **more):
    query = {"from": 2017, "to": 2019, **more}
    body = api.client.get("/v1/comparisons", params=query, headers=api.key(*scopes)).json()
    return [(row["continuity"], row["earlier_code"], row["later_code"]) for row in body["rows"]]


@pytest.mark.parametrize("scopes", [("read",), ("read", "internal")])
def test_programmes_in_two_languages_are_aligned_as_on_the_command_line(api, capsys, scopes):
    rows = over_the_api(api, *scopes)
    assert rows == on_the_command_line(api, capsys)
    assert sum(None not in row for row in rows) >= 5


def test_a_theme_is_found_in_programmes_of_another_language(api, capsys):
    rows = over_the_api(api, "read", about=THEME)
    assert rows == on_the_command_line(api, capsys, "--about", THEME)
    assert any(earlier and later is None for _, earlier, later in rows)
