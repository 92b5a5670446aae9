"""Numbers the evidence that a language model sees, and fences it off as data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from assistant.drafts import Draft
from assistant.evidence import Evidence, interleaved
from assistant.snapshot import Snapshot
from ingest.catalogue import DocumentCard
from ingest.documents import Passage

MOST_PASSAGES = 10
_CHARACTERS_PER_TOKEN = 3
_BESIDES = 600  # tokens of rules and question
_FEWEST_CHARACTERS = 600


@dataclass(frozen=True, slots=True)
class NumberedEvidence:
    """Passages as a model sees them; `[1]` is the first.

    Args:
        passages: in the order of their numbers.
        fence: begins the lines between passages; no document can know it.
        shown: the text put to the model.
    """

    passages: tuple[Passage, ...]
    fence: str
    shown: str

    def passage(self, number: int) -> Passage | None:
        """Return the passage that a marker stands for, None for a marker never issued."""
        return self.passages[number - 1] if 1 <= number <= len(self.passages) else None


def number_evidence(
    question: str, draft: Draft, sides: Sequence[Evidence], snapshot: Snapshot, *, tokens: int
) -> NumberedEvidence:
    """Return the passages that the extractive answer quotes, then the best of the others, as far as tokens go.

    Args:
        question: what is asked.
        draft: the extractive answer.
        sides: the evidence that it was made from.
        snapshot: the generation being served.
        tokens: most tokens put to the model at once.
    """
    quoted = (
        snapshot.catalogue.passage_at(quotation.document_id, quotation.start)
        for statement in draft.statements
        for quotation in statement.quotations
    )
    found = [*(p for p in quoted if p is not None), *(c.passage for c in interleaved(sides))]
    unique = list({passage.id: passage for passage in found}.values())[:MOST_PASSAGES]
    room = max(_FEWEST_CHARACTERS, (tokens - _BESIDES) * _CHARACTERS_PER_TOKEN - len(question))
    passages = tuple(_within(unique, room))
    fence = "=== " + sha256("\n".join((question, *(p.text for p in passages))).encode()).hexdigest()[:12]
    cards = snapshot.catalogue.cards
    shown = [_shown(n, p, cards[p.document_id], fence) for n, p in enumerate(passages, start=1)]
    return NumberedEvidence(passages, fence, "\n\n".join(shown))


def _within(passages: Iterable[Passage], room: int) -> Iterable[Passage]:
    """Yield passages as long as they fit; the first always does."""
    for index, passage in enumerate(passages):
        room -= len(passage.text) + 120
        if room < 0 and index:
            return
        yield passage


def _shown(number: int, passage: Passage, card: DocumentCard, fence: str) -> str:
    m = card.metadata
    about = ", ".join(part for part in (m.title, m.date, m.status) if part)
    where = " › ".join(passage.path)
    return f"{fence} passage [{number}]: {about}{f'; {where}' if where else ''}\n{passage.text}"
