"""What a register strategy is asked: a question that was understood, over the documents that may be used."""

from dataclasses import dataclass
from functools import cached_property

from assistant.messages import message
from assistant.registers import Registers
from assistant.registers.meeting_search import Fit, MeetingQuery, meetings_meant, understand_meetings
from assistant.snapshot import Snapshot
from assistant.understanding.question import Understanding


@dataclass(frozen=True)
class Asking:
    """One question put to the registers.

    Args:
        understood: the question.
        snapshot: the generation that answers.
        documents: ids of the documents that may be used.
    """

    understood: Understanding
    snapshot: Snapshot
    documents: frozenset[str]

    @property
    def registers(self) -> Registers:
        """The registers of the documents that may be used."""
        return self.snapshot.registers.among(self.documents)

    @property
    def language(self) -> str:
        """Language of our own words."""
        return self.understood.answer_language

    @cached_property
    def meetings(self) -> MeetingQuery:
        """What the question says of meetings."""
        understood = self.understood
        return understand_meetings(
            understood.text, understood.language, years=understood.years, translate=self.registers.in_english
        )

    @cached_property
    def fit(self) -> Fit:
        """The meetings that the question is about, if it is about one."""
        return meetings_meant(self.meetings, self.registers.named_meetings)

    def say(self, key: str, /, **values: object) -> str:
        """Return a message in the language of the answer, its placeholders filled."""
        return message(key, self.language, **values)
