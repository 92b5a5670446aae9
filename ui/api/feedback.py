"""What readers say of answers, kept, and given back as a question set for `sela eval`."""

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from fastapi import APIRouter  # noqa: TID251
from fastapi.responses import JSONResponse, Response  # noqa: TID251
from pydantic import ConfigDict, Field

from assistant.answer_store import AnswerRecord
from ingest.errors import UnknownRecord
from ui.api.access import Administrator, Caller, Reader
from ui.api.answer_schemas import AnswerId
from ui.api.answers import find_record
from ui.api.database import open_database
from ui.api.problems import Problem
from ui.api.service import Served, Service
from ui.api.texts import CitationNumber, RequestBody, ResponseBody, Short, Words

router = APIRouter(tags=["feedback"])
_QUESTION_SET = "application/x-ndjson"

Verdict = Literal["right", "wrong", "should_have_declined"]


class FeedbackBody(RequestBody):
    """What a reader says of an answer."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"answer_id": "ans_" + "0" * 26, "verdict": "wrong", "wrong_citation": 2}]}
    )

    answer_id: AnswerId
    verdict: Verdict = Field(description="Whether the answer is right, or should not have been given at all.")
    wrong_citation: CitationNumber | None = Field(
        default=None, description="Number of a citation that does not support the answer."
    )
    facts: list[Words] = Field(
        default=[], max_length=20, description="What a right answer must say; used when feedback becomes questions."
    )
    comment: Short = Field(default="", description="Anything else.")


class FeedbackReceiptBody(ResponseBody):
    """Feedback that was kept."""

    id: str = Field(description="Id of the feedback.")
    answer_id: str = Field(description="Id of the answer it is about.")


@dataclass(frozen=True, slots=True)
class Feedback:
    """Feedback as it is kept."""

    id: str
    answer_id: str
    verdict: str
    wrong_citation: int | None
    facts: tuple[str, ...]
    comment: str


class FeedbackStore:
    """Feedback in the service's database."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def save(self, feedback: Feedback, caller: Caller) -> None:
        """Keep feedback."""
        remark = json.dumps({"facts": feedback.facts, "comment": feedback.comment}, ensure_ascii=False)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        with open_database(self._home) as connection:
            connection.execute(
                "INSERT INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    feedback.id,
                    created,
                    caller.id,
                    feedback.answer_id,
                    feedback.verdict,
                    feedback.wrong_citation,
                    remark,
                ),
            )  # fmt: skip

    def all(self) -> list[Feedback]:
        """Return everything kept, the oldest first."""
        with open_database(self._home) as connection:
            rows = connection.execute(
                "SELECT id, answer_id, verdict, citation, comment FROM feedback ORDER BY created, rowid"
            ).fetchall()
        return [_feedback(*row) for row in rows]


@router.post(
    "/v1/feedback", response_model=FeedbackReceiptBody, status_code=201, summary="Say whether an answer is right",
    operation_id="giveFeedback",
)  # fmt: skip
def give_feedback(body: FeedbackBody, caller: Reader, service: Served) -> Response:
    """Keep what a reader says of an answer or of one of its citations."""
    record = find_record(body.answer_id, service, caller)
    numbers = {citation.number for citation in record.answer.citations}
    if body.wrong_citation is not None and body.wrong_citation not in numbers:
        raise Problem("not-found", f"The answer has no citation {body.wrong_citation}.")
    kept = Feedback(
        f"fb_{secrets.token_hex(8)}",
        body.answer_id,
        body.verdict,
        body.wrong_citation,
        tuple(body.facts),
        body.comment,
    )
    FeedbackStore(service.settings.data).save(kept, caller)
    return JSONResponse({"id": kept.id, "answer_id": kept.answer_id}, 201)


@router.get(
    "/v1/feedback", summary="Give feedback back as a question set", operation_id="exportFeedback",
    response_class=Response, responses={200: {"content": {_QUESTION_SET: {"schema": {"type": "string"}}}}},
)  # fmt: skip
def export_feedback(caller: Administrator, service: Served) -> Response:
    """Return one question a line, as `sela eval --questions` reads them; needs the scope `admin`.

    Answers called right become questions with their citations as gold; those that should have been declined become
    unanswerable ones. A wrong answer says nothing of what is right and is left out.
    """
    lines = [json.dumps(question, ensure_ascii=False) for question in _questions(service, caller)]
    return Response("".join(f"{line}\n" for line in lines), media_type=_QUESTION_SET)


def _questions(service: Service, caller: Caller) -> Iterator[dict[str, Any]]:
    for number, feedback in enumerate(FeedbackStore(service.settings.data).all(), start=1):
        try:
            record = find_record(feedback.answer_id, service, caller)
        except UnknownRecord:
            continue
        question = exam_question(feedback, record, number)
        if question is not None:
            yield question


def exam_question(feedback: Feedback, record: AnswerRecord, number: int) -> dict[str, Any] | None:
    """Return feedback as a question of an evaluation set, None where it does not say what is right."""
    asked: Mapping[str, Any] = record.asked
    kept = [c for c in record.answer.citations if c.number != feedback.wrong_citation]
    declined = feedback.verdict == "should_have_declined"
    if feedback.verdict == "wrong" or (not declined and not kept):
        return None
    facts = [[fact] for fact in feedback.facts if fact.strip()] or [[kept[0].quote]] if not declined else []
    return {
        "id": f"F{number:04}",
        "lang": record.answer.language,
        "type": "feedback",
        "question": record.answer.question,
        "history": [turn["question"] for turn in asked["history"]],
        "answerable": not declined,
        "gold": [] if declined else [{"doc": c.document.file, "quote": c.quote} for c in kept],
        "facts": facts,
        "note": feedback.comment,
    }


def _feedback(identifier: str, answer_id: str, verdict: str, citation: int | None, remark: str) -> Feedback:
    said = json.loads(remark)
    return Feedback(identifier, answer_id, verdict, citation, tuple(said["facts"]), said["comment"])
