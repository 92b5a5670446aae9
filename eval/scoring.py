"""One answer measured against what its question asks for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.given_answers import FiledText, GivenAnswer, no_answer
from eval.matching import first_covering, overlaps, readable, says
from eval.questions import ExamQuestion, GoldPlace
from eval.sources import CorpusTexts

_EMPHASIS_OR_MARKER = re.compile(r"[*_]|\[\d+\]")


@dataclass(frozen=True, slots=True)
class ScoredAnswer:
    """A question, the answer given to it, and how right that is.

    Args:
        question: what was asked.
        answer: what came back.
        given: whether anything came back at all; what did not counts as a refusal.
        facts: share of the required facts found in the answer or its quotes, 0 for a refusal and the unanswerable.
        supporting: quotes that overlap a gold place of their file.
        verbatim: quotes that stand in their file.
        gold_ranks: for each gold place, how many pieces of evidence it took to cover it; None if all did not.
    """

    question: ExamQuestion
    answer: GivenAnswer
    given: bool
    facts: float
    supporting: int
    verbatim: int
    gold_ranks: tuple[int | None, ...]

    @property
    def refused(self) -> bool:
        """Whether nothing was asserted."""
        return self.answer.outcome.is_refusal

    @property
    def cited_gold(self) -> bool:
        """Whether a gold place is quoted."""
        return not self.refused and self.supporting > 0

    @property
    def false_answer(self) -> bool:
        """Whether something was asserted that the corpus does not answer."""
        return not self.question.answerable and not self.refused

    @property
    def words(self) -> int:
        """Words of the answer."""
        return len(self.answer.text.split())

    def retrieved(self, depth: int) -> bool:
        """Tell whether the first `depth` pieces of evidence cover a gold place."""
        return any(rank is not None and rank <= depth for rank in self.gold_ranks)


def score_answers(
    questions: Iterable[ExamQuestion], answers: Sequence[GivenAnswer], corpus: CorpusTexts
) -> tuple[ScoredAnswer, ...]:
    """Measure the answer to each question; a question without one counts as refused."""
    by_id: Mapping[str, GivenAnswer] = {answer.question_id: answer for answer in answers}
    return tuple(score_answer(question, by_id.get(question.id), corpus) for question in questions)


def score_answer(question: ExamQuestion, answer: GivenAnswer | None, corpus: CorpusTexts) -> ScoredAnswer:
    """Measure one answer."""
    given = answer or no_answer(question.id)
    return ScoredAnswer(
        question=question,
        answer=given,
        given=answer is not None,
        facts=_facts(question, given),
        supporting=sum(_supports(quote, question.gold) for quote in given.quotes),
        verbatim=sum(corpus.holds(quote.file, quote.text) for quote in given.quotes),
        gold_ranks=tuple(_gold_rank(place, given.evidence) for place in question.gold),
    )


def _facts(question: ExamQuestion, answer: GivenAnswer) -> float:
    if answer.outcome.is_refusal or not question.facts:
        return 0.0
    shown = _shown(answer)
    found = sum(any(says(wording, shown) for wording in fact) for fact in question.facts)
    return found / len(question.facts)


def _shown(answer: GivenAnswer) -> str:
    words = _EMPHASIS_OR_MARKER.sub("", answer.text)
    return readable("\n".join([words, *(quote.text for quote in answer.quotes)]))


def _supports(quote: FiledText, gold: Iterable[GoldPlace]) -> bool:
    return any(place.is_in(quote.file) and overlaps(quote.text, place.quote) for place in gold)


def _gold_rank(place: GoldPlace, evidence: Iterable[FiledText]) -> int | None:
    return first_covering(place.quote, (item.text if place.is_in(item.file) else "" for item in evidence))
