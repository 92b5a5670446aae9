"""Composes an answer with a language model: each sentence is let through only with the words that support it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter

from assistant.answers import ModelUse
from assistant.drafts import Draft
from assistant.gate import DraftStatement, Quotation
from assistant.glossary import Glossary
from assistant.language_model.chat_model import ChatModel, Failure, ModelFailed, Piece
from assistant.language_model.joining import rest_of_answer
from assistant.language_model.lines import Drop, MarkedSentence, parse_line, spoken_lines
from assistant.language_model.numbering import NumberedEvidence, number_evidence
from assistant.language_model.prompts import load_prompt
from assistant.language_model.rewording import Rewording
from assistant.language_model.verification import Judge, Support
from assistant.messages import message
from assistant.quoting import quotations_at
from assistant.reading.units import Unit, units_of
from assistant.retrieval import Candidate
from assistant.writing import Seen
from ingest.catalogue import Catalogue
from ingest.normalisation import fold

MOST_SENTENCES = 8
MOST_DROPPED = 24
_WANTED = frozenset({"language", "fence", "evidence", "question"})


@dataclass(slots=True)
class Tally:
    """What a model said and used so far."""

    began: float = field(default_factory=perf_counter)
    dropped: Counter[str] = field(default_factory=Counter)
    kept: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0
    failure: Failure | None = None
    latency_ms: float = 0.0

    def counted(self, pieces: Iterator[Piece]) -> Iterator[Piece]:
        """Yield pieces, counting their tokens."""
        for piece in pieces:
            self.prompt_tokens = max(self.prompt_tokens, piece.prompt_tokens)
            self.answer_tokens = max(self.answer_tokens, piece.answer_tokens)
            yield piece

    def use(self, name: str, prompts: dict[str, str]) -> ModelUse:
        """Return the record."""
        return ModelUse(
            name=name,
            prompts=prompts,
            prompt_tokens=self.prompt_tokens,
            answer_tokens=self.answer_tokens,
            latency_ms=self.latency_ms,
            kept=self.kept,
            dropped=dict(sorted(self.dropped.items())),
            failure=self.failure.value if self.failure else None,
        )


class ModelComposer:
    """Asks a language model to answer from numbered evidence and lets through what the evidence supports.

    Args:
        model: the language model.
        glossary: tells what words mean in each language.
        prompt_tokens: most tokens put to the model at once.
        rewording: puts questions into other words before they are searched, None to leave them to the rules.
    """

    def __init__(
        self, model: ChatModel, glossary: Glossary, *, prompt_tokens: int, rewording: Rewording | None = None
    ) -> None:
        self._model = model
        self.rewording = rewording
        self._judge = Judge(glossary)
        self._prompt_tokens = prompt_tokens
        self._prompt = load_prompt("answer", wanted=_WANTED)

    def speak(self, seen: Seen, draft: Draft) -> "Spoken":
        """Return what the model says; nothing is asked of it before the first sentence is wanted.

        Args:
            seen: the question and its evidence.
            draft: the extractive answer; a refusal is never put to a model.
        """
        tally = Tally()
        return Spoken(
            seen, draft, tally, self._sentences(seen, draft, tally),
            name=self._model.name, prompts={**seen.prompts, self._prompt.name: self._prompt.digest},
        )  # fmt: skip

    def _sentences(self, seen: Seen, draft: Draft, tally: Tally) -> Iterator[DraftStatement]:
        """Yield each supported sentence as soon as it is said; a failure of the model is put into the tally."""
        understood = seen.understood
        evidence = number_evidence(understood.text, draft, seen.sides, seen.snapshot, tokens=self._prompt_tokens)
        messages = self._prompt.filled(
            language=message(f"language.{understood.answer_language}", "en"),
            fence=evidence.fence, evidence=evidence.shown, question=understood.text,
        )  # fmt: skip
        try:
            lines = spoken_lines(tally.counted(self._model.stream(messages)))
            yield from self._supported(lines, evidence, seen, tally)
        except ModelFailed as failed:
            tally.failure = failed.failure
        if not tally.failure and not tally.kept:
            tally.failure = Failure.UNSUPPORTED if tally.dropped else Failure.EMPTY
        tally.latency_ms = round(1000 * (perf_counter() - tally.began), 1)

    def _supported(
        self, lines: Iterator[str], evidence: NumberedEvidence, seen: Seen, tally: Tally
    ) -> Iterator[DraftStatement]:
        said: set[str] = set()
        for line in lines:
            found = self._statement(line, evidence, seen, said)
            if isinstance(found, Drop):
                tally.dropped[found.value] += 1
            elif found is not None:
                tally.kept += 1
                yield found
            if tally.kept >= MOST_SENTENCES:
                return
            if tally.dropped.total() >= MOST_DROPPED:
                raise ModelFailed(Failure.UNSUPPORTED)

    def _statement(
        self, line: str, evidence: NumberedEvidence, seen: Seen, said: set[str]
    ) -> DraftStatement | Drop | None:
        sentence = parse_line(line)
        if not isinstance(sentence, MarkedSentence):
            return sentence
        if any(evidence.passage(number) is None for number in sentence.numbers):
            return Drop.UNKNOWN_MARKER
        if fold(sentence.text) in said:
            return Drop.REPEATED
        said.add(fold(sentence.text))
        return self._supported_statement(sentence, evidence, seen)

    def _supported_statement(
        self, sentence: MarkedSentence, evidence: NumberedEvidence, seen: Seen
    ) -> DraftStatement | Drop:
        """Return a sentence with the unit of each cited passage that supports it; passages that do not are let go."""
        catalogue, language = seen.snapshot.catalogue, seen.understood.answer_language
        supports: list[Support] = []
        reasons: list[Drop] = []
        for number in sentence.numbers:
            judged = self._judge.support(sentence.text, _units(evidence, number, catalogue), language=language)
            if isinstance(judged, Support):
                supports.append(judged)
            else:
                reasons += judged
        if not supports:
            return reasons[0]
        supports.sort(key=lambda support: -support.covered)
        shown, *others = [_quotations(support.unit, catalogue) for support in supports]
        quotations = (*shown, *(q for quotations in others for q in quotations))
        return DraftStatement(sentence.text, quotations, template=sentence.text, shown=len(shown))


class Spoken:
    """What a language model says to one question: iterate over its sentences, then ask for the rest of the answer.

    Args:
        seen: the question and its evidence.
        draft: the extractive answer.
        tally: filled while it speaks.
        sentences: those that the evidence supports.
        name: of the model.
        prompts: name and digest of each prompt.
    """

    def __init__(  # noqa: PLR0913, all that one answer of a model is made with
        self,
        seen: Seen,
        draft: Draft,
        tally: Tally,
        sentences: Iterator[DraftStatement],
        *,
        name: str,
        prompts: dict[str, str],
    ) -> None:
        self._seen = seen
        self._draft = draft
        self._tally = tally
        self._sentences = sentences
        self._name = name
        self._prompts = prompts
        self._told: list[DraftStatement] = []

    def __iter__(self) -> Iterator[DraftStatement]:
        """Yield each sentence that the evidence supports as soon as it is said, with the words that support it."""
        for statement in self._sentences:
            self._told.append(statement)
            yield statement

    def use(self) -> ModelUse:
        """Return the record of what the model did."""
        return self._tally.use(self._name, self._prompts)

    def rest(self) -> Draft:
        """Return what is left to tell of the answer, with notes on what the model did."""
        language, snapshot = self._seen.understood.answer_language, self._seen.snapshot
        return rest_of_answer(self._draft, self._told, self._tally.failure, snapshot, language=language)


def _units(evidence: NumberedEvidence, number: int, catalogue: Catalogue) -> list[Unit]:
    passage = evidence.passage(number)
    return units_of([Candidate(passage, 0.0, 0.0)], catalogue) if passage is not None else []


def _quotations(unit: Unit, catalogue: Catalogue) -> list[Quotation]:
    return quotations_at(catalogue.document(unit.document_id), unit.spans)
