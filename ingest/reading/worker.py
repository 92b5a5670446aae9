"""The reading process: takes requests on standard input, answers on standard output, both as lines of JSON."""

import base64
import json
import os
import resource
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from ingest.errors import NeedsOcr, ReadingLimit, SelaError
from ingest.reading.messages import document_message


def main() -> None:
    """Serve requests until standard input ends. The only argument is the most bytes of memory to use."""
    answers = _private_output()
    limit = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _say(answers, {"ready": True})
    for line in sys.stdin.buffer:
        _say(answers, _answer(json.loads(line), answers))


def _private_output() -> BinaryIO:
    """Take standard output for the answers alone: what a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _say(answers: BinaryIO, message: Mapping[str, Any]) -> None:
    answers.write(json.dumps(message).encode() + b"\n")
    answers.flush()


def _answer(request: Mapping[str, Any], answers: BinaryIO) -> dict[str, Any]:
    path = Path(request["path"])
    try:
        return _image(path, request) if request["task"] == "image" else _document(path, request["format"], answers)
    except SelaError as error:
        return {"error": _stated(error)}
    except (MemoryError, RecursionError):
        limit = ReadingLimit(
            f"{path.name} takes more memory to read than is allowed.",
            next_step="Split it into smaller files, or raise the reading limits.",
        )
        return {"error": _stated(limit)}


def _document(path: Path, document_format: str, answers: BinaryIO) -> dict[str, Any]:
    if document_format == "docx":
        from ingest.reading.docx import read_docx

        return {"document": document_message(read_docx(path))}
    from ingest.reading.pdf import read_pdf

    document = read_pdf(path, on_page=lambda page: _say(answers, {"page": page}))
    return {"document": document_message(document)}


def _image(path: Path, request: Mapping[str, Any]) -> dict[str, Any]:
    from ingest.reading.pdf import render_page

    image = render_page(path, request["page"], request["marks"], scale=request["scale"])
    return {"image": base64.b64encode(image).decode("ascii")}


def _stated(error: SelaError) -> dict[str, Any]:
    message = error.args[0] if error.args else ""
    pages = list(error.pages) if isinstance(error, NeedsOcr) else []
    return {"kind": type(error).__name__, "message": message, "next_step": error.next_step, "pages": pages}


if __name__ == "__main__":
    main()
