"""Reads what a language model says, line by line, and takes nothing but marked sentences."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.language_model.chat_model import Failure, ModelFailed, Piece

NOTHING_SAID = "NONE"
MOST_CHARACTERS = 600
_MARKERS = re.compile(r"\[\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*\]")
_LEADING = re.compile(r"\A(?:(?:[-*•–]|\d{1,2}[.)])\s+)?")
_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_UNSAFE = re.compile(
    r"://|www\.|\bmailto:|\bjavascript:|\bdata:|\S@\S|[A-Za-z0-9-]{2,}\.[A-Za-z]{2,}"
    r"|\]\s*\(|!\[|\]\s*:|[<>`{}|\\^~]|\*\*|__|^\s*#|&[#\w]+;|%[0-9A-Fa-f]{2}"
)
_BRACKET = re.compile(r"[\[\]]")


class Drop(StrEnum):
    """Why a sentence of a model does not reach the reader."""

    NO_MARKER = "no_marker"
    UNKNOWN_MARKER = "unknown_marker"
    MARKUP = "markup"
    TOO_LONG = "too_long"
    LANGUAGE = "language"
    QUOTE = "quote"
    DATE = "date"
    NUMBER = "number"
    NAME = "name"
    IDENTIFIER = "identifier"
    POLARITY = "polarity"
    WORDS = "words"
    ORDER = "order"
    INSTRUCTION = "instruction"
    REPEATED = "repeated"
    UNFINISHED = "unfinished"
    NOT_VERBATIM = "not_verbatim"


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence of a model and the numbers of the passages that it cites, in order."""

    text: str
    numbers: tuple[int, ...]


def spoken_lines(pieces: Iterable[Piece]) -> Iterator[str]:
    """Yield the finished lines of a stream as they come; what the model thinks aloud before its answer is left out.

    Raises:
        ModelFailed: if the stream breaks off; its last, unfinished line is not yielded.
    """
    pending, finished, is_cut = "", False, False
    for piece in pieces:
        pending += piece.text
        finished = finished or piece.ends
        while "\n" in (visible := _without_thoughts(pending)):
            line, pending = visible.split("\n", 1)
            yield line
        is_cut = is_cut or piece.is_cut
    if is_cut or not finished:
        raise ModelFailed(Failure.CUT_OFF)
    yield _without_thoughts(pending)


def _without_thoughts(text: str) -> str:
    """Return the text without what stands between thinking tags; an open one hides all that follows."""
    return _THINKING.sub("", text) if re.search(r"</think(?:ing)?>", text, re.IGNORECASE) else _hidden(text)


def _hidden(text: str) -> str:
    return "" if re.match(r"\s*<think(?:ing)?>", text, re.IGNORECASE) else text


def parse_line(line: str) -> MarkedSentence | Drop | None:
    """Return the sentence of a line, why it cannot be taken, or None where the line says nothing."""
    text = unicodedata.normalize("NFC", line).strip()
    if not text or text.strip(".!* ").upper() == NOTHING_SAID:
        return None
    numbers = tuple(dict.fromkeys(int(n) for m in _MARKERS.findall(text) for n in re.findall(r"\d+", m)))
    sentence = " ".join(_MARKERS.sub(" ", _LEADING.sub("", text)).split())
    sentence = re.sub(r"\s+([.,;:!?])", r"\1", sentence).strip()
    if len(text) > MOST_CHARACTERS:
        return Drop.TOO_LONG
    if not is_plain_prose(sentence):
        return Drop.MARKUP
    if not numbers:
        return Drop.NO_MARKER
    return MarkedSentence(sentence, numbers) if any(c.isalnum() for c in sentence) else None


def is_plain_prose(text: str) -> bool:
    """Tell whether a text holds no address, mark-up or bracket, nor a character that could hide or reorder words."""
    if _UNSAFE.search(text) or _BRACKET.search(text):
        return False
    return all(unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs", "Cn") for c in text)
