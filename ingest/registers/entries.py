"""What the registers hold: entries, the values that documents state, and the places where they state them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from ingest.identifiers import Body


class Attribute(StrEnum):
    """What a document may state of a decision, meeting or activity."""

    TITLE = "title"
    SESSION = "session"
    DATES = "dates"
    LOCATION = "location"
    VENUE = "venue"
    ORGANISERS = "organisers"
    HOST = "host"
    PARTICIPANTS = "participants"
    AGENDA = "agenda"


@dataclass(frozen=True, slots=True)
class RegisterPlace:
    """Where in a document something stands.

    Args:
        document_id: the document.
        start: first character of its canonical text.
        end: one past the last character.
        page: 1-based page of the file, None where the format has none.
        page_label: the printed page number, None if not known.
    """

    document_id: str
    start: int
    end: int
    page: int | None = None
    page_label: str | None = None


@dataclass(frozen=True, slots=True)
class StatedValue:
    """A value that a document states of an attribute.

    Args:
        attribute: what it is a value of.
        value: normal form: the number of a session, an ISO 8601 date or "start/end", otherwise the words.
        words: as the document writes it, white space made one blank.
        place: where.
    """

    attribute: Attribute
    value: str
    words: str
    place: RegisterPlace


@dataclass(frozen=True, slots=True)
class DecisionMention:
    """One place where a document names a decision.

    Args:
        number: of the decision.
        body: that took it; the Latin American Council where nothing around names another.
        body_is_stated: whether the text around names the body.
        place: the words that name it.
        sentence: spans of the sentence, list item or row it stands in.
        mandate: spans of the clause or paragraph that says what it decides; empty where none does.
        values: what is stated of it here.
    """

    number: int
    body: Body
    body_is_stated: bool
    place: RegisterPlace
    sentence: tuple[tuple[int, int], ...]
    mandate: tuple[tuple[int, int], ...]
    values: tuple[StatedValue, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the distinct values of an attribute, with every statement of it.

    Args:
        value: normal form, as in `StatedValue`.
        stated: each statement of it, in reading order.
    """

    value: str
    stated: tuple[StatedValue, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Values of one attribute that cannot all be right.

    Args:
        attribute: what they are values of.
        variants: the values, those stated most often first.
    """

    attribute: Attribute
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """A decision as the whole corpus speaks of it.

    Args:
        number: of the decision.
        body: that took it.
        mentions: every place that names it, by document and in reading order.
        variants: the distinct values of each attribute that is stated at all.
        disagreements: the attributes whose values cannot all be right.
        held_in: ids of the documents that hold its text; empty where the corpus only refers to it.
    """

    number: int
    body: Body
    mentions: tuple[DecisionMention, ...]
    variants: Mapping[Attribute, tuple[Variant, ...]]
    disagreements: tuple[Disagreement, ...]
    held_in: tuple[str, ...]


def to_json(entry: DecisionMention | DecisionEntry) -> str:
    """Return `entry` as JSON that `mention_from_json` or `entry_from_json` takes back."""
    return json.dumps(asdict(entry), ensure_ascii=False)


def mention_from_json(text: str) -> DecisionMention:
    """Rebuild a mention from its JSON."""
    return _mention(json.loads(text))


def entry_from_json(text: str) -> DecisionEntry:
    """Rebuild an entry from its JSON."""
    data = json.loads(text)
    return DecisionEntry(
        number=data["number"],
        body=Body(data["body"]),
        mentions=tuple(_mention(each) for each in data["mentions"]),
        variants={Attribute(key): _variants(values) for key, values in data["variants"].items()},
        disagreements=tuple(
            Disagreement(Attribute(each["attribute"]), _variants(each["variants"])) for each in data["disagreements"]
        ),
        held_in=tuple(data["held_in"]),
    )


def _mention(data: dict[str, Any]) -> DecisionMention:
    return DecisionMention(
        number=data["number"],
        body=Body(data["body"]),
        body_is_stated=data["body_is_stated"],
        place=RegisterPlace(**data["place"]),
        sentence=_spans(data["sentence"]),
        mandate=_spans(data["mandate"]),
        values=tuple(_stated(value) for value in data["values"]),
    )


def _spans(data: Iterable[Iterable[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in data)


def _stated(data: dict[str, Any]) -> StatedValue:
    return StatedValue(Attribute(data["attribute"]), data["value"], data["words"], RegisterPlace(**data["place"]))


def _variants(data: Iterable[dict[str, Any]]) -> tuple[Variant, ...]:
    return tuple(Variant(each["value"], tuple(_stated(value) for value in each["stated"])) for each in data)
