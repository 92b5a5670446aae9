"""The sentences of a paragraph as the assistant's reader sees them: with the words that give them their sense."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from eval.training.squad import Paragraph
from ingest.models.embedder import crude_stems
from ingest.sentences import sentence_spans

WITH_SENTENCE_BEFORE = 0.35
LONGEST_CONTEXT = 240


@dataclass(frozen=True, slots=True)
class Shown:
    """A text with the part of its paragraph that it shows.

    Args:
        text: context and sentence.
        start: of the sentence in the paragraph.
        end: of the sentence in the paragraph.
        offset: of the sentence in the text.
    """

    text: str
    start: int
    end: int
    offset: int

    def holds(self, span: tuple[int, int]) -> bool:
        """Tell whether a span of the paragraph lies in the sentence."""
        return self.start <= span[0] and span[1] <= self.end

    def place(self, span: tuple[int, int]) -> tuple[int, int]:
        """Return where a span of the paragraph stands in the text."""
        return span[0] - self.start + self.offset, span[1] - self.start + self.offset


def shown_sentences(paragraph: Paragraph, random: Random) -> list[Shown]:
    """Return every sentence after the title and, now and then, after the sentence before it."""
    shown = []
    before = ""
    for start, end in sentence_spans(paragraph.text):
        context = paragraph.title
        if before and random.random() < WITH_SENTENCE_BEFORE:
            context = f"{paragraph.title}. {before[-LONGEST_CONTEXT:]}".rstrip(".")
        shown.append(_shown(context, paragraph.text, start, end))
        before = paragraph.text[start:end]
    return shown


def shown_passage(paragraph: Paragraph) -> Shown:
    """Return the whole paragraph after its title."""
    return _shown(paragraph.title, paragraph.text, 0, len(paragraph.text))


def _shown(context: str, text: str, start: int, end: int) -> Shown:
    return Shown(f"{context}. {text[start:end]}", start, end, len(context) + 2)


class LikelyMistakes:
    """Finds the sentences of a language that share the rarest words with a question."""

    def __init__(self, shown: Sequence[Shown]) -> None:
        self._shown = shown
        self._held: dict[str, list[int]] = {}
        stems = [set(crude_stems(s.text)) for s in shown]
        for number, found in enumerate(stems):
            for stem in found:
                self._held.setdefault(stem, []).append(number)

    def find(self, question: str, *, besides: Sequence[Shown], most: int) -> list[Shown]:
        """Return sentences that share words with a question, the most alike first.

        Args:
            question: in the language of the sentences.
            besides: sentences not to return.
            most: how many at most.
        """
        alike: Counter[int] = Counter()
        for stem in set(crude_stems(question)):
            holders = self._held.get(stem, ())
            for number in holders if len(holders) < 400 else ():
                alike[number] += int(1000 / len(holders)) + 1
        left_out = {s.text for s in besides}
        found = [self._shown[number] for number, _ in alike.most_common(most + len(left_out))]
        return [s for s in found if s.text not in left_out][:most]
