"""Bringing documents in and taking them out while questions are being answered."""

import json
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path as FilePath
from typing import Annotated, Any, BinaryIO

from fastapi import APIRouter, Header, Path, Request  # noqa: TID251
from fastapi.responses import JSONResponse, Response  # noqa: TID251
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from ingest.errors import IndexLocked
from ingest.ingestion import IngestionReport, OnProgress
from ui.api.access import Caller, Ingester, require
from ui.api.document_schemas import DocumentId
from ui.api.ingestion_jobs import JobRequest
from ui.api.ingestion_schemas import FolderBody, JobBody, JobId, RemovalBody
from ui.api.keys import Scope
from ui.api.problems import Problem
from ui.api.reference import follows, problems
from ui.api.service import Served, Service
from ui.api.uploads import Upload, check_name, digest_of, put_into_folder, set_aside, told_apart

router = APIRouter(tags=["ingestion"])
_JSON, _FORM = "application/json", "multipart/form-data"
_OWN_FOLDER = "documents"
_MOST_FILES = 200
_ATTEMPTS = 30
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            _JSON: {"schema": FolderBody.model_json_schema(), "example": {"folder": None}},
            _FORM: {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "additionalProperties": False,
                    "properties": {
                        "files": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": _MOST_FILES,
                            "description": "Documents; each needs a plain file name.",
                            "items": {"type": "string", "format": "binary"},
                        }
                    },
                }
            },
        },
    }
}
Key = Annotated[
    str | None,
    Header(alias="Idempotency-Key", pattern=r"^[A-Za-z0-9_-]{1,100}$", description="Makes a request safe to repeat."),
]


@router.post(
    "/v1/ingestions", status_code=202, response_model=JobBody, summary="Bring documents in",
    operation_id="startIngestion", openapi_extra=_BODY,
    responses={202: {"links": follows("job_id", "getIngestion")}, **problems(409, 415)},
)  # fmt: skip
async def start(request: Request, caller: Ingester, service: Served, idempotency_key: Key = None) -> Response:
    """Take files, or bring the index in line with a folder of the server's; needs the scope `ingest`.

    Files go into `uploads/` of the ingested folder. The answer comes at once; the job tells how far it is.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == _FORM:
        job = await _start_uploads(request, caller, service, idempotency_key)
    elif kind == _JSON:
        body = _folder_body(await request.body())
        job = await service.in_thread(partial(_start_folder, body, caller, service, idempotency_key))
    else:
        raise Problem("unsupported-media-type", f"Send {_FORM} with `files`, or {_JSON} with a folder.")
    return JSONResponse(job, 202, {"Location": f"/v1/ingestions/{job['id']}"})


@router.get(
    "/v1/ingestions/{job_id}", response_model=JobBody, summary="See how an ingestion stands",
    operation_id="getIngestion",
)  # fmt: skip
def get_ingestion(
    job_id: Annotated[JobId, Path(description="Id of the ingestion.")], caller: Ingester, service: Served
) -> Response:
    """Return state, progress and, at the end, what was done; needs the scope `ingest`."""
    return JSONResponse(service.jobs.find(job_id, caller))


@router.delete(
    "/v1/documents/{document_id}", response_model=RemovalBody, summary="Take a document out",
    operation_id="removeDocument", responses=problems(409),
)  # fmt: skip
async def remove(
    document_id: Annotated[DocumentId, Path(description="Id of the document.")], caller: Ingester, service: Served
) -> Response:
    """Publish an index without the document, and move its file to `.removed/`; needs the scope `ingest`."""
    removed = await service.change_queue.run(partial(_remove, document_id, caller, service))
    return JSONResponse(removed)


async def _start_uploads(request: Request, caller: Caller, service: Service, key: str | None) -> dict[str, Any]:
    async with request.form(max_files=_MOST_FILES, max_fields=100) as form:
        sent = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
        if not sent or set(form) != {"files"}:
            raise Problem("invalid-request", "Send at least one file, each in a part named `files`.")
        files = [(file.filename, file.file) for file in sent]
        return await service.in_thread(partial(take_uploads, files, caller, service, key=key))


def take_uploads(
    files: Sequence[tuple[str | None, BinaryIO]], caller: Caller, service: Service, *, key: str | None = None
) -> dict[str, Any]:
    """Put files into the ingested folder, begin to ingest them, and return the job.

    Args:
        files: name and content of each.
        caller: who sends them; must hold the scope `ingest`.
        service: of the API.
        key: under which the same request is done only once.

    Raises:
        Problem: "scope-missing", "invalid-request" for a name that is no plain one, "conflict", "busy".
    """
    require(caller, Scope.INGEST)
    names = told_apart([check_name(name) for name, _ in files])
    uploads = [Upload(name, content, digest_of(content)) for name, (_, content) in zip(names, files, strict=True)]
    request = JobRequest(caller, key, {"files": sorted([u.name, u.digest] for u in uploads)})
    known = service.jobs.known(request)
    if known is not None:
        return known
    folder = _folder_in_use(service) or service.settings.data / _OWN_FOLDER
    service.audit.note(caller, "upload", put_into_folder(uploads, folder))
    return service.jobs.start(request, partial(_ingest, folder, service))


def _start_folder(body: FolderBody, caller: Caller, service: Service, key: str | None) -> dict[str, Any]:
    folder = _allowed_folder(body.folder, service)
    request = JobRequest(caller, key, {"folder": str(folder)})
    known = service.jobs.known(request)
    if known is not None:
        return known
    service.audit.note(caller, "ingestion", [])
    return service.jobs.start(request, partial(_ingest, folder, service))


def _ingest(folder: FilePath, service: Service, progress: OnProgress) -> IngestionReport:
    """Ingest the folder, waiting a little where another process holds the index."""
    from ingest.ingestion import ingest_folder

    embedder = service.assistant.embedder
    for attempt in range(_ATTEMPTS):
        try:
            report = ingest_folder(folder, service.home, embedder, progress=progress)
            break
        except IndexLocked:
            if attempt == _ATTEMPTS - 1:
                raise
            time.sleep(1.0)
    service.refresh()
    return report


def start_removal(document_id: str, caller: Caller, service: Service) -> dict[str, Any]:
    """Begin to take a document out, after the ingestions that wait already, and return the job.

    Raises:
        Problem: "scope-missing", "busy".
        UnknownRecord: if there is no such document, or the caller may not know of it.
    """
    require(caller, Scope.INGEST)
    service.card(document_id, caller)
    request = JobRequest(caller, None, {"removal": document_id})
    return service.jobs.start(request, lambda _: _take_out(document_id, caller, service)[0])


def _remove(document_id: str, caller: Caller, service: Service) -> dict[str, Any]:
    report, file, aside = _take_out(document_id, caller, service)
    return {"id": document_id, "file": file, "set_aside": aside, "generation": report.generation}


def _take_out(document_id: str, caller: Caller, service: Service) -> tuple[IngestionReport, str, bool]:
    """Publish an index without a document; return what was done, its file, and whether that was moved aside."""
    from ingest.ingestion import remove_file

    _, card = service.card(document_id, caller)
    folder = _folder_in_use(service)
    report = remove_file(card.file, service.home, service.assistant.embedder)
    aside = folder is not None and set_aside(card.file, folder)
    service.audit.note(caller, "removal", [card.file])
    service.refresh()
    return report, card.file, aside


def _folder_body(content: bytes) -> FolderBody:
    try:
        return FolderBody.model_validate(json.loads(content or b"{}"))
    except ValidationError as error:
        faults = [{"at": "/".join(map(str, ("body", *e["loc"]))), "detail": e["msg"]} for e in error.errors()]
        raise Problem("invalid-request", "The body is not valid.", extra={"errors": faults}) from error
    except (ValueError, RecursionError) as error:
        raise Problem("malformed-request", "The body is not JSON in UTF-8.") from error


def _allowed_folder(named: str | None, service: Service) -> FilePath:
    """Return the folder to ingest.

    Raises:
        Problem: "folder-not-allowed" for any folder that the settings do not allow, whether it exists or not.
    """
    in_use = _folder_in_use(service)
    if named is None and in_use is not None:
        return in_use
    asked = FilePath(named or "").resolve()
    roots = [root.resolve() for root in service.exposure.ingest_roots]
    if named is not None and (asked == in_use or any(asked.is_relative_to(root) for root in roots)):
        return asked
    raise Problem("folder-not-allowed", "This folder may not be ingested; `ingest_roots` in the settings names others.")


def _folder_in_use(service: Service) -> FilePath | None:
    generation = service.home.current()
    return None if generation is None else generation.source
