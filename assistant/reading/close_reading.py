"""Two models read closely: our own every unit in its language, the packaged English one what that found best."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.glossary import Glossary
from assistant.reading.units import Unit
from ingest.models.reader import PassageReader, Reading
from ingest.models.reranker import Reranker

SECOND_LOOKS = 4  # units that the second model reads as well
JUDGED_IN = "en"
SHARE_OF_JUDGE, SHARE_ACROSS = 0.8, 0.5  # in a relevance, where the question is in the judge's language and where not


class CloseReading:
    """Reads units with both models; safe to use from several threads."""

    def __init__(self, reader: PassageReader, judge: Reranker, glossary: Glossary) -> None:
        """Take the models.

        Args:
            reader: reads all languages, points at the answer.
            judge: knows English only, and judges that better.
            glossary: carries what the judge reads into English.
        """
        self._reader = reader
        self._judge = judge
        self._glossary = glossary

    def readings(
        self, question: str, language: str, units: Sequence[Unit], *, gains: NDArray[np.float64]
    ) -> list[Reading]:
        """Return one reading for each unit, in order; its relevance is what both models say.

        Args:
            question: in any language.
            language: of the question.
            units: with their context.
            gains: what each unit gains or loses beside its relevance, shape (units,). With it counted, no unit that
                one model has read stands before one that both have.
        """
        read = self._reader.answers(question, [shown(unit) for unit in units])
        relevances = np.array([reading.relevance for reading in read])
        best = np.argsort(-(relevances + gains), kind="stable")[:SECOND_LOOKS]
        share = SHARE_OF_JUDGE if language == JUDGED_IN else SHARE_ACROSS
        judged = self._judged(question, language, [units[int(i)] for i in best])
        relevances[best] = (1 - share) * relevances[best] + share * judged
        rest = np.setdiff1d(np.arange(len(units)), best)
        if len(rest):
            lowest = (relevances + gains)[best].min()
            relevances[rest] = np.minimum(relevances[rest], lowest - gains[rest])
        return [replace(reading, relevance=float(r)) for reading, r in zip(read, relevances, strict=True)]

    def _judged(self, question: str, language: str, units: Sequence[Unit]) -> NDArray[np.float32]:
        texts = [self._in_english(shown(unit), unit.passage.language) for unit in units]
        return self._judge.relevances(self._in_english(question, language), texts)

    def _in_english(self, text: str, language: str) -> str:
        return text if language == JUDGED_IN else self._glossary.gloss(text, source=language, target=JUDGED_IN)


def shown(unit: Unit) -> str:
    """Return a unit as a model reads it: after the words that give it its sense."""
    return f"{unit.context}. {unit.text}"
