"""Lists and counts of meetings: all of a year, place, kind or theme, those held told apart from those planned."""

import re

from assistant.answers import Outcome
from assistant.drafts import Draft
from assistant.from_registers.asking import Asking
from assistant.from_registers.meeting_quotes import line_of
from assistant.from_registers.quoting import count_statement, coverage, labelled, place_quotation
from assistant.gate import DraftStatement, Quotation
from assistant.registers.meeting_search import MeetingQuery, meetings_listed
from assistant.understanding.asked import Asked
from ingest.registers.meeting_entries import MeetingEntry, Standing

MOST_LISTED = 40
Line = tuple[Quotation, ...]
_GROUPS = {Standing.HELD: "lead.held", Standing.PLANNED: "lead.planned", Standing.MENTIONED: "lead.mentioned"}
_ASKED = frozenset({Asked.LIST, Asked.NUMBER, Asked.MENTIONS, Asked.DEFINITION, Asked.MANDATE})
_LIST = re.compile(
    r"^\W*(?:(?:and|so|please|give me|show me|tell me|could you|can you)\b\W*)*"
    r"(?:how many|which|what|what are|list|name|enumerate|the number of|number of|all)?(?:\W+(?:the|all|of|are|were))*"
    r"(?:\W+\w+){0,2}?\W*\b(?:meetings|seminars|workshops|courses|conferences|forums|events|summits|gatherings|sessions)\b",
    re.IGNORECASE,
)


def listed_meetings(asking: Asking) -> Draft | None:
    """Answer "which meetings were held in Havana?" and "how many meetings on SMEs in 2017?" whole, with coverage.

    A question that says more of the meetings than the register knows is left to the passages, and so is the bare
    number of a whole programme, which the programme states itself.
    """
    query = asking.meetings
    if not _asks_for_list(asking, query):
        return None
    entries = meetings_listed(query, asking.registers.named_meetings)
    if not entries:
        return None
    statements: list[DraftStatement] = []
    for standing in _GROUPS:
        statements += _group(standing, [e for e in entries if e.standing is standing][:MOST_LISTED], asking)
    return Draft(Outcome.ANSWERED, tuple(statements), (coverage(asking),))


def _asks_for_list(asking: Asking, query: MeetingQuery) -> bool:
    understood = asking.understood
    taken = _ASKED | {Asked.COMPARISON} if query.spans_years else _ASKED
    if not query.is_plural or understood.asked - taken or understood.codes or understood.decisions:
        return False
    if not _LIST.match(query.english):
        return False
    counts = Asked.NUMBER in understood.asked
    if counts and understood.programmes:
        return False
    return query.is_specific or (bool(query.years) and not counts)


def _group(standing: Standing, entries: list[MeetingEntry], asking: Asking) -> list[DraftStatement]:
    if not entries:
        return []
    lines = _apart([line_of(entry, asking) for entry in entries], entries, asking)
    items = list(dict.fromkeys(labelled("", line) for line in lines))
    counted = count_statement(asking, _GROUPS[standing], [line[0] for line in lines])
    return [counted, *items] if counted.counted == len(entries) else items


def _apart(lines: list[Line], entries: list[MeetingEntry], asking: Asking) -> list[Line]:
    """Return the lines with the words that name a meeting in place of a sentence that another meeting has taken."""
    first = [line[0] for line in lines]
    shared = [first.count(quoted) > 1 for quoted in first]
    return [
        (place_quotation(entry.records[0].place, asking.snapshot),) if is_shared else line
        for line, entry, is_shared in zip(lines, entries, shared, strict=True)
    ]
