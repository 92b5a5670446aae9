"""What the registers of activities and figures hold, and its JSON."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from ingest.identifiers import Level
from ingest.registers.entries import RegisterPlace
from ingest.registers.paragraphs import Cited


@dataclass(frozen=True, slots=True)
class Branch:
    """The area, programme or project that an activity belongs to.

    Args:
        level: which of the three.
        code: normal form, "I" or "II.1"; None where it has none, as programmes do.
        title: its title.
    """

    level: Level
    code: str | None
    title: Cited


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One step of an activity and when it is planned.

    Args:
        step: what is done: a cell of the schedule, or a whole sentence.
        time: when, as the document writes it.
    """

    step: Cited
    time: Cited


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation that an activity names as partner, organiser or sponsor.

    Args:
        name: as the document writes it.
        clause: the sentence that names it.
    """

    name: Cited
    clause: Cited


@dataclass(frozen=True, slots=True)
class ActivityEntry:
    """An activity as one document plans it.

    Args:
        document_id: the document.
        work: what the document is a version of: language versions of one work share it.
        language: ISO 639-1 code of the document.
        year: of its work programme, None where the document names none.
        code: normal form, "II.2.3".
        title: without its code.
        branches: area, programme and project above it, those that the document names.
        objectives: one by one.
        expected_results: one by one.
        schedule: rows of its schedule, or sentences that say when a step is planned.
        partners: organisations named beside the Secretariat, once each.
        place: from its heading to its last word.
        content: the whole of its text without heading, white space made one blank.
    """

    document_id: str
    work: str
    language: str
    year: int | None
    code: str
    title: Cited
    branches: tuple[Branch, ...]
    objectives: tuple[Cited, ...]
    expected_results: tuple[Cited, ...]
    schedule: tuple[ScheduleRow, ...]
    partners: tuple[Partner, ...]
    place: RegisterPlace
    content: str

    def branch(self, level: Level) -> Branch | None:
        """Return the area, programme or project above it, None where the document names none."""
        return next((branch for branch in self.branches if branch.level is level), None)

    def to_json(self) -> str:
        """Return it as JSON that `activity_from_json` takes back."""
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """A number that a work programme states of itself.

    Args:
        document_id: the document.
        work: what the document is a version of.
        language: ISO 639-1 code of the document.
        year: of the programme that the number speaks of.
        subject: what is counted, in English: "studies", "meetings", "studies done internally".
        value: the number in digits.
        unit: "count" or "percent".
        number: the number as written, with its place.
        counted: the words around it that say what is counted.
        sentence: the whole sentence.
    """

    document_id: str
    work: str
    language: str
    year: int | None
    subject: str
    value: str
    unit: str
    number: Cited
    counted: Cited
    sentence: Cited

    def to_json(self) -> str:
        """Return it as JSON that `figure_from_json` takes back."""
        return json.dumps(asdict(self), ensure_ascii=False)


def activity_from_json(text: str) -> ActivityEntry:
    """Rebuild an activity from its JSON."""
    data: dict[str, Any] = json.loads(text)
    return ActivityEntry(
        **{key: data[key] for key in ("document_id", "work", "language", "year", "code", "content")},
        title=_cited(data["title"]),
        branches=tuple(Branch(Level(b["level"]), b["code"], _cited(b["title"])) for b in data["branches"]),
        objectives=_all_cited(data["objectives"]),
        expected_results=_all_cited(data["expected_results"]),
        schedule=tuple(ScheduleRow(_cited(row["step"]), _cited(row["time"])) for row in data["schedule"]),
        partners=tuple(Partner(_cited(p["name"]), _cited(p["clause"])) for p in data["partners"]),
        place=RegisterPlace(**data["place"]),
    )


def figure_from_json(text: str) -> FigureEntry:
    """Rebuild a figure from its JSON."""
    data: dict[str, Any] = json.loads(text)
    return FigureEntry(**(data | {key: _cited(data[key]) for key in ("number", "counted", "sentence")}))


def _cited(data: dict[str, Any]) -> Cited:
    return Cited(data["words"], tuple(RegisterPlace(**place) for place in data["places"]))


def _all_cited(data: Iterable[dict[str, Any]]) -> tuple[Cited, ...]:
    return tuple(_cited(each) for each in data)
