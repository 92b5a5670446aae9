"""Reads risky files in a process of their own: a PDF that hangs, crashes or eats memory costs that file, nothing else.

The process is started once and reads one file after the other; after a crash or a time-out the next file gets a fresh
one. Requests and answers are lines of JSON, so that nothing in a file can make the reader's answer run as code.
"""

import base64
import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from ingest import errors
from ingest.documents import SourceDocument
from ingest.reading.limits import ReadingLimits
from ingest.reading.messages import document_from_message

_PROJECT = Path(__file__).resolve().parents[2]
_PIPE_BYTES = 1 << 20
_START_SECONDS = 30.0


def _readable(output: IO[bytes], *, seconds: float) -> bool:
    """Tell whether `output` can be read within `seconds`; unlike `select.select`, whatever the number of open files."""
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        return bool(selector.select(seconds))


class ReadingProcess:
    """A process that reads PDF and DOCX files under limits; use it as a context manager for a batch of files.

    One request at a time: threads that read at once need a process each.
    """

    def __init__(self, limits: ReadingLimits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._received = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        process, self._process, self._received = self._process, None, b""
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()

    def read(self, path: Path, *, document_format: str) -> SourceDocument:
        """Return what the file holds.

        Raises:
            ReadingError: whatever its reader raised; `DamagedFile` if the file made the process crash;
                `ReadingLimit` if it took too long or too much memory.
        """
        answer = self._ask(path, {"task": "read", "format": document_format, "path": str(path)})
        return document_from_message(answer["document"])

    def page_image(self, path: Path, page: int, marks: Sequence[tuple[int, int]], *, scale: float) -> bytes:
        """Return a page of a PDF as PNG, marks highlighted.

        Raises:
            ReadingError: as `read` does.
            UnknownRecord: there is no such page.
        """
        request = {"task": "image", "path": str(path), "page": page, "marks": list(marks), "scale": scale}
        return base64.b64decode(self._ask(path, request)["image"])

    def _ask(self, path: Path, request: Mapping[str, Any]) -> dict[str, Any]:
        try:
            self._send(request)
            answer = self._answer(path)
        except (OSError, EOFError) as error:
            status = self._status()
            self.close()
            raise errors.DamagedFile(
                f"{path.name} made its reader crash ({status}).",
                next_step="Open it, save it again with another program and ingest again.",
            ) from error
        except BaseException:
            self.close()
            raise
        if "error" in answer:
            raise _error(answer["error"])
        return answer

    def _send(self, request: Mapping[str, Any]) -> None:
        process = self._running()
        if process.stdin is None:
            raise EOFError
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            command = [sys.executable, "-P", "-m", "ingest.reading.worker", str(self._limits.memory_bytes)]
            self._process = subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": str(_PROJECT)},
            )
            self._next_message(time.monotonic() + _START_SECONDS)
        return self._process

    def _answer(self, path: Path) -> dict[str, Any]:
        """Wait for the answer; every page that the reader reports gives it time for the next one."""
        deadline = time.monotonic() + self._limits.seconds
        page = 0
        while True:
            page_deadline = time.monotonic() + self._limits.seconds_per_page if page else deadline
            message = self._next_message(min(deadline, page_deadline))
            if message is None:
                raise self._too_slow(path, page, whole=time.monotonic() >= deadline)
            if "page" not in message:
                return message
            page = message["page"]

    def _too_slow(self, path: Path, page: int, *, whole: bool) -> errors.ReadingLimit:
        seconds = self._limits.seconds if whole else self._limits.seconds_per_page
        where = f" (it was at page {page})" if page else ""
        what = "The file" if whole else "The page"
        return errors.ReadingLimit(
            f"{path.name} takes too long to read{where}. {what} may take {seconds:g} seconds.",
            next_step="Split it or save it again with another program, or raise the reading limits.",
        )

    def _next_message(self, deadline: float) -> dict[str, Any] | None:
        """Return the next message of the process, None when `deadline` (monotonic) passes first."""
        output = self._process.stdout if self._process is not None else None
        if output is None:
            raise EOFError
        while b"\n" not in self._received:
            if not _readable(output, seconds=max(0.0, deadline - time.monotonic())):
                return None
            received = os.read(output.fileno(), _PIPE_BYTES)
            if not received:
                raise EOFError
            self._received += received
        line, _, self._received = self._received.partition(b"\n")
        message: dict[str, Any] = json.loads(line)
        return message

    def _status(self) -> str:
        try:
            code = self._process.wait(timeout=5) if self._process is not None else 0
        except subprocess.TimeoutExpired:
            return "no answer"
        return f"signal {-code}" if code < 0 else f"exit status {code}"


def _error(stated: Mapping[str, Any]) -> errors.SelaError:
    """Return the error of ours that the process reported."""
    kind = getattr(errors, stated["kind"], errors.DamagedFile)
    if kind is errors.NeedsOcr:
        return errors.NeedsOcr(stated["message"], pages=tuple(stated["pages"]), next_step=stated["next_step"])
    error: errors.SelaError = kind(stated["message"], next_step=stated["next_step"])
    return error
