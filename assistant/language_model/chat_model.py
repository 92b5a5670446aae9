"""The seam to a language model: messages go in, pieces of text come out, and every failure has a name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """Who speaks in a message."""

    SYSTEM = "system"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Message:
    """What a language model is told."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What a language model sends at one time.

    Args:
        text: the next characters, "" if none.
        prompt_tokens: tokens of the messages, where this piece tells them.
        answer_tokens: tokens of the text, where this piece tells them.
        ends: whether the model says that it has finished what it wanted to say.
        is_cut: whether it says that it was stopped before: by a limit or a filter.
    """

    text: str
    prompt_tokens: int = 0
    answer_tokens: int = 0
    ends: bool = False
    is_cut: bool = False


class Failure(StrEnum):
    """What a language model did instead of giving an answer that can be used."""

    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    FAILED = "failed"
    TOO_SLOW = "too_slow"
    TOO_LONG = "too_long"
    CUT_OFF = "cut_off"
    EMPTY = "empty"
    UNSUPPORTED = "unsupported"


class ModelFailed(Exception):
    """Say that a language model gave no answer; it never holds the question, the key or the provider's own words.

    It is no `SelaError`: nobody but the composer sees it, and the reader gets the extractive answer.

    Attributes:
        failure: what happened.
    """

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


class ChatModel(Protocol):
    """A language model that answers messages."""

    @property
    def name(self) -> str:
        """Return "provider:model", as answers record it."""

    def stream(self, messages: Sequence[Message]) -> Iterator[Piece]:
        """Yield the answer piece by piece.

        Raises:
            ModelFailed: if there is none, or no more of it.
        """


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole answer of a language model."""

    text: str
    prompt_tokens: int
    answer_tokens: int


def complete(model: ChatModel, messages: Sequence[Message]) -> Completion:
    """Return the whole answer of a model.

    Raises:
        ModelFailed: if there is none, or it was cut off.
    """
    pieces = list(model.stream(messages))
    if not any(piece.ends for piece in pieces):
        raise ModelFailed(Failure.CUT_OFF)
    return Completion(
        "".join(piece.text for piece in pieces),
        max((piece.prompt_tokens for piece in pieces), default=0),
        max((piece.answer_tokens for piece in pieces), default=0),
    )
