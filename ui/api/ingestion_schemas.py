"""Ingestions as the reference describes them."""

from typing import Annotated, Literal

from pydantic import Field

from ui.api.document_schemas import RejectionBody
from ui.api.texts import RequestBody, ResponseBody

JobId = Annotated[str, Field(pattern=r"^ing_[0-9a-f]{20}$", description="Id of the ingestion.")]


class FolderBody(RequestBody):
    """An ingestion of a folder of the server's."""

    folder: Annotated[str, Field(min_length=1, max_length=1000, pattern=r"^[^\u0000]*$")] | None = Field(
        default=None, description="Path of a folder that the settings allow; the ingested folder if not given."
    )


class ProgressBody(ResponseBody):
    """How far an ingestion has come."""

    stage: Literal["waiting", "reading", "embedding", "publishing", "ended"] = Field(description="What is done now.")
    fraction: float = Field(ge=0, le=1, description="Roughly how much is done.")


class ReportBody(ResponseBody):
    """What an ingestion did."""

    generation: str | None = Field(description="Generation of the index served afterwards.")
    added: list[str] = Field(description="Files that are new.")
    changed: list[str] = Field(description="Files that were read again.")
    unchanged: int = Field(ge=0, description="How many files stayed as they were.")
    removed: list[str] = Field(description="Files that are no longer in the folder.")
    rejected: list[RejectionBody] = Field(description="Files that could not be read, and why.")
    warnings: list[str] = Field(description="What is odd but stopped nothing.")
    seconds: float = Field(ge=0, description="How long it took.")


class JobProblemBody(ResponseBody):
    """Why an ingestion failed; the index served is as it was."""

    type: str = Field(description="Kind of problem, explained at `/problems/{type}`.")
    detail: str = Field(description="What failed and what to do.")


class JobBody(ResponseBody):
    """An ingestion."""

    id: str = Field(description="Id; the job is at `/v1/ingestions/{id}`.")
    state: Literal["queued", "running", "done", "failed"] = Field(description="How it stands.")
    created: str = Field(description="When it was asked for, ISO 8601, UTC.")
    progress: ProgressBody = Field(description="How far it has come.")
    report: ReportBody | None = Field(description="What it did, once it is done.")
    problem: JobProblemBody | None = Field(description="Why it failed.")


class RemovalBody(ResponseBody):
    """A document that was removed."""

    id: str = Field(description="Id of the document.")
    file: str = Field(description="Its file.")
    set_aside: bool = Field(description="Whether the file was moved to `.removed/` in the ingested folder.")
    generation: str | None = Field(description="Generation of the index served now.")
