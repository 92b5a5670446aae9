"""What an answer is: the one shape shown by the command line, the API, the page and the stored record."""

import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from ingest.catalogue import DocumentCard, DocumentFilter

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Outcome(StrEnum):
    """How far a question was answered."""

    ANSWERED = "answered"
    PARTLY_ANSWERED = "partly_answered"
    NO_EVIDENCE = "no_evidence"
    OUT_OF_SCOPE = "out_of_scope"
    NEEDS_CLARIFICATION = "needs_clarification"

    @property
    def is_refusal(self) -> bool:
        """Tell whether nothing was asserted."""
        return self not in (Outcome.ANSWERED, Outcome.PARTLY_ANSWERED)


class NoteKind(StrEnum):
    """What a note warns of."""

    CONTRADICTION = "contradiction"
    OTHER_BODY = "other_body"
    UNKNOWN_IDENTIFIER = "unknown_identifier"
    AMBIGUOUS_CODE = "ambiguous_code"
    COVERAGE = "coverage"
    TRANSLATION = "translation"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the same conversation.

    Args:
        question: as it was asked.
        answer_id: of the answer to it, None if not known.
        answer: text of that answer, "" if not known; what it names may be what the next question is about.
    """

    question: str
    answer_id: str | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Args:
        text: the words of the asker.
        history: earlier questions, the oldest first.
        narrowing: which documents may be used.
        language: language of the answer; None for the language of the question.
    """

    text: str
    history: tuple[Turn, ...] = ()
    narrowing: DocumentFilter = field(default_factory=DocumentFilter)
    language: str | None = None


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """What a citation says of its document."""

    id: str
    file: str
    title: str
    symbol: str | None
    kind: str
    status: str
    date: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Words that stand in a document, checked there.

    Args:
        number: 1-based; `[1]` in the answer's text.
        quote: exactly the document's characters from `start` to `end`.
        verified: whether the gate found the quote at its place; an answer never holds one that is not.
        start: first character in the document's canonical text.
        end: one past the last character.
        document: where it stands.
        section: headings above it, outermost first.
        page: 1-based page of the file, None where the format has none.
        page_label: printed page number, None if not known.
        href: where the API shows it.
    """

    number: int
    quote: str
    verified: bool
    start: int
    end: int
    document: CitedDocument
    section: tuple[str, ...]
    page: int | None
    page_label: str | None
    href: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One assertion of the answer and the numbers of the citations it rests on."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader must know besides the answer."""

    kind: NoteKind
    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A passage that was looked at, verbatim, the best first."""

    passage_id: str
    file: str
    section: tuple[str, ...]
    text: str
    rank: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many documents were searched and how many of the folder could not be read."""

    documents_searched: int
    documents_unreadable: int


@dataclass(frozen=True, slots=True)
class IndexStamp:
    """Which index answered."""

    generation: str
    passages: int
    embedding_model: str


class Mode(StrEnum):
    """How an answer was made."""

    EXTRACTIVE = "extractive"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What a language model did for an answer.

    Args:
        name: "provider:model".
        prompts: name and digest of each prompt it was given.
        prompt_tokens: tokens put to it, 0 where its server does not tell.
        answer_tokens: tokens it said, 0 where its server does not tell.
        latency_ms: milliseconds from asking it to its last sentence.
        kept: sentences of it in the answer.
        dropped: sentences of it that were not let through, by reason.
        failure: why it gave no whole answer, None if it did.
    """

    name: str
    prompts: Mapping[str, str]
    prompt_tokens: int
    answer_tokens: int
    latency_ms: float
    kept: int
    dropped: Mapping[str, int]
    failure: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with everything needed to check it and to ask again."""

    id: str
    question: str
    standalone_question: str
    language: str
    outcome: Outcome
    mode: Mode
    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    notes: tuple[Note, ...]
    evidence: tuple[EvidenceItem, ...]
    coverage: Coverage
    index: IndexStamp
    timings_ms: Mapping[str, float]
    model: ModelUse | None = None


def cited_document(card: DocumentCard) -> CitedDocument:
    """Return what a citation says of a document."""
    m = card.metadata
    return CitedDocument(card.id, card.file, m.title, m.symbol, m.kind, m.status, m.date, m.language)


def new_answer_id() -> str:
    """Return "ans_" and a ULID (48 bits of milliseconds, 80 random bits, Crockford base 32)."""
    number = (int(time.time() * 1000) << 80) | int.from_bytes(os.urandom(10))
    return "ans_" + "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """Return the answer as the JSON object that every interface gives."""
    return asdict(answer) | {"timings_ms": {k: round(v, 1) for k, v in answer.timings_ms.items()}}


def answer_from_json(data: Mapping[str, Any]) -> Answer:
    """Return the answer that `answer_to_json` wrote."""
    return Answer(
        **{k: data[k] for k in ("id", "question", "standalone_question", "language", "text")},
        outcome=Outcome(data["outcome"]),
        mode=Mode(data["mode"]),
        statements=tuple(Statement(s["text"], tuple(s["citations"])) for s in data["statements"]),
        citations=tuple(_citation(c) for c in data["citations"]),
        notes=tuple(Note(NoteKind(n["kind"]), n["text"], tuple(n["citations"])) for n in data["notes"]),
        evidence=tuple(EvidenceItem(**{**e, "section": tuple(e["section"])}) for e in data["evidence"]),
        coverage=Coverage(**data["coverage"]),
        index=IndexStamp(**data["index"]),
        timings_ms=dict(data["timings_ms"]),
        model=ModelUse(**data["model"]) if data.get("model") else None,
    )


def _citation(data: Mapping[str, Any]) -> Citation:
    return Citation(**{**data, "section": tuple(data["section"]), "document": CitedDocument(**data["document"])})
