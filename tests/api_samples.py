"""Starts the API over a small folder, without models and without a network."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient  # noqa: TID251
from index_samples import ingest, small_folder

from assistant.settings import Settings
from ingest.generations import IndexHome
from ui.api.application import create_app
from ui.api.keys import KeyStore, Scope
from ui.api.settings import ServiceSettings

SECRET_WORDS = "The quetzal vault holds ninety zafiros"
SECRET = f"""# Memorandum quetzalcoatl

## Vault

{SECRET_WORDS} and its keeper signed Decision No. 777 of the Latin American Council in March 2032.
"""
MANIFEST = '[documents."vault.md"]\nstatus = "internal"\n'


@dataclass(frozen=True)
class Api:
    """A running application.

    Args:
        client: calls it without a key.
        folder: what was ingested.
        home: its index.
        keys: headers that a test made for itself.
    """

    client: TestClient
    folder: Path
    home: IndexHome
    keys: dict[str, dict[str, str]] = field(default_factory=dict)

    def key(self, *scopes: str, name: str = "") -> dict[str, str]:
        """Make a key and return the header that presents it."""
        store = KeyStore(self.home.folder)
        secret = store.create(name or "-".join(scopes) + str(len(store.all())), frozenset(map(Scope, scopes)))
        return {"Authorization": f"Bearer {secret}"}

    def ask(self, question: str, **more: Any) -> Any:
        """Return the response to a question."""
        return self.client.post("/v1/answers", json={"question": question, **more})


def settings_for(data: Path) -> Settings:
    """Return settings that need no model."""
    return Settings(data=data, embedding_model="hashing", rerank=False, _env_file=None)


@contextmanager
def running(parent: Path, *, secret: bool = False, **exposure: Any) -> Iterator[Api]:
    """Ingest a small folder and start the application over it."""
    folder = small_folder(parent)
    if secret:
        (folder / "vault.md").write_text(SECRET, encoding="utf-8")
        (folder / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    home = IndexHome(parent / "data")
    ingest(folder, home)
    app = create_app(settings_for(home.folder), ServiceSettings(**{"rate": "100000/minute", **exposure}))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield Api(client, folder, home)
