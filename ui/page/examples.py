"""Example questions about the documents at hand; only those that are answered are shown."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock

from assistant.answers import Outcome, Question
from assistant.messages import message
from assistant.registers import Registers
from ingest.catalogue import DocumentFilter
from ingest.errors import SelaError
from ui.page.context import PageContext

COUNT = 4
_TRIED = 3
_LONGEST_NAME = 90


@dataclass(slots=True)
class Examples:
    """Examples found so far, for each generation, language and set of hidden documents."""

    found: dict[tuple[str, str, frozenset[str]], tuple[str, ...]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def known(self, page: PageContext) -> tuple[str, ...] | None:
        """Return the examples if they were looked for already."""
        return self.found.get(_key(page))

    def look_for(self, page: PageContext) -> Iterator[str]:
        """Yield examples as they turn out to be answered."""
        with self.lock:
            known = self.known(page)
            if known is not None:
                yield from known
                return
            kept: list[str] = []
            for question in _answered(page):
                kept.append(question)
                yield question
            self.found = {_key(page): tuple(kept), **self.found}


def _key(page: PageContext) -> tuple[str, str, frozenset[str]]:
    return page.service.snapshot().generation, page.language, page.caller.hidden_statuses


def _answered(page: PageContext) -> Iterator[str]:
    """Yield the first question of each kind that is answered."""
    narrowing = page.caller.narrowed(DocumentFilter())
    for candidates in candidate_questions(page.registers(), page.language):
        for question in candidates:
            if _is_answered(page, question, narrowing):
                yield question
                break


def _is_answered(page: PageContext, question: str, narrowing: DocumentFilter) -> bool:
    try:
        answer = page.service.assistant.ask(Question(question, narrowing=narrowing))
    except SelaError:
        return False
    return answer.outcome is Outcome.ANSWERED and bool(answer.citations)


def candidate_questions(registers: Registers, language: str) -> list[tuple[str, ...]]:
    """Return a few questions of each kind that the registers suggest, the likeliest first."""
    kinds = (_decisions(registers, language), _meetings(registers, language), _activities(registers, language),
             _comparisons(registers, language))  # fmt: skip
    return [tuple(questions)[:_TRIED] for questions in kinds]


def _decisions(registers: Registers, language: str) -> Iterator[str]:
    own = [entry for entry in registers.decisions if entry.body.is_own]
    for entry in sorted(own, key=lambda entry: -len(entry.mentions)):
        yield message("page_examples.decision", language, number=entry.number)


def _meetings(registers: Registers, language: str) -> Iterator[str]:
    named = [m for m in registers.meetings if m.reported_in and len(m.name) <= _LONGEST_NAME]
    for meeting in sorted(named, key=lambda meeting: -len(meeting.records)):
        yield message("page_examples.meeting", language, name=" ".join(meeting.name.split()))


def _activities(registers: Registers, language: str) -> Iterator[str]:
    for year in reversed(registers.known_years):
        found = [a for a in registers.activities if a.year == year]
        for activity in sorted(found, key=lambda a: -len(a.versions))[:2]:
            yield message("page_examples.activity", language, code=activity.code, year=year)


def _comparisons(registers: Registers, language: str) -> Iterator[str]:
    years = registers.known_years
    for earlier, later in zip(reversed(years[:-1]), reversed(years[1:]), strict=True):
        yield message("page_examples.comparison", language, earlier=earlier, later=later)
