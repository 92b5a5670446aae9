"""What is told of an answer while it is made: the evidence first, then each statement, then the whole."""

from dataclasses import dataclass

from assistant.answers import Answer, Citation, Coverage, EvidenceItem, Statement


@dataclass(frozen=True, slots=True)
class SourcesFound:
    """The passages that are read, before the answer is composed from them."""

    answer_id: str
    evidence: tuple[EvidenceItem, ...]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class StatementTold:
    """A statement that passed the gate; it is never withdrawn.

    Args:
        statement: as it stands in the answer.
        citations: those it rests on.
    """

    statement: Statement
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class AnswerDone:
    """The whole answer."""

    answer: Answer


AnswerEvent = SourcesFound | StatementTold | AnswerDone
