"""Starts the real `sela up` in a process of its own, on loopback, without models."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api_samples import MANIFEST, SECRET
from index_samples import ingest, small_folder

from ingest.generations import IndexHome
from ui.api.keys import KeyStore, Scope

QUICK = {"SELA_EMBEDDING_MODEL": "hashing", "SELA_RERANK": "false"}


@dataclass(frozen=True)
class Server:
    """A running service.

    Args:
        url: where it answers, without a slash at the end.
        process: its process id.
        data: its index home.
        greeting: the line it began with.
        seconds: how long it took to be ready.
    """

    url: str
    process: int
    data: Path
    greeting: str
    seconds: float

    def key(self, *scopes: str) -> str:
        """Make a key that holds these scopes."""
        store = KeyStore(self.data)
        return store.create("-".join(scopes) + str(len(store.all())), frozenset(map(Scope, scopes)))

    def memory(self) -> int:
        """Return the resident memory of the process in bytes."""
        return int(Path(f"/proc/{self.process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def open_files(self) -> int:
        """Return how many files and sockets the process holds open."""
        return len(list(Path(f"/proc/{self.process}/fd").iterdir()))


@contextmanager
def serving_samples(parent: Path, **settings: str) -> Iterator[Server]:
    """Ingest the small folder with an internal document and serve it."""
    folder = small_folder(parent)
    (folder / "vault.md").write_text(SECRET, encoding="utf-8")
    (folder / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    ingest(folder, IndexHome(parent / "data"))
    with serving(parent / "data", {**QUICK, **settings}) as server:
        yield server


@contextmanager
def serving(data: Path, settings: Mapping[str, str], *, is_ready: bool = True) -> Iterator[Server]:
    """Serve an index, or a home that has none yet, until the end of the block."""
    port = _free_port()
    command = [sys.executable, "-m", "ui.command_line", "up", "--port", str(port), "--data", str(data)]
    environment = {**os.environ, "SELA_API_RATE": "1000000/minute", **settings}
    with (data / "server.log").open("w") as log:
        began = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(f"{url}/health/{'ready' if is_ready else 'live'}", process)
            seconds = time.perf_counter() - began
            yield Server(url, process.pid, data, (data / "server.log").read_text(), seconds)
        finally:
            process.terminate()
            process.wait(timeout=120)


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(3000):
        if process.poll() is not None:
            raise AssertionError("the server ended")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the server is not ready after five minutes")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
