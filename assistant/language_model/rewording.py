"""Questions put into other words by a language model: follow-ups made complete, and the language of the documents.

What the model makes of a question is taken only where it keeps every identifier, date, number and name of what the
rules make of it, and adds none; otherwise the rules' own question stays.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answers import Question
from assistant.glossary import Glossary
from assistant.language_model.chat_model import ChatModel, Message, ModelFailed, complete
from assistant.language_model.lines import is_plain_prose
from assistant.language_model.prompts import load_prompt
from assistant.language_model.verification.claims import identifiers_of, numbers_of
from assistant.language_model.verification.wording import found_words, word
from assistant.messages import message
from assistant.snapshot import Snapshot
from assistant.understanding.question import Understanding, understand
from ingest.identifiers import find_dates
from ingest.languages import detect_language

MOST_CHARACTERS = 400
_KEPT = 0.8  # of the words of a translation that must be found in the question


@dataclass(frozen=True, slots=True)
class Reworded:
    """A question as it is searched and answered.

    Args:
        understood: what its words tell, in whichever words were taken.
        shown: the stand-alone question in the asker's language.
        prompts: name and digest of each prompt that was put to the model.
    """

    understood: Understanding
    shown: str
    prompts: Mapping[str, str]


class Rewording:
    """Asks a language model to put questions into other words, and checks what it makes of them."""

    def __init__(self, model: ChatModel, glossary: Glossary) -> None:
        self._model = model
        self._glossary = glossary
        self._alone = load_prompt("standalone", wanted=frozenset({"earlier", "question"}))
        self._translate = load_prompt("translate", wanted=frozenset({"language", "question"}))

    def reword(
        self, question: Question, understood: Understanding, snapshot: Snapshot, *, documents: frozenset[str]
    ) -> Reworded:
        """Return the question completed by its history and in the language of most documents, as far as that holds.

        Args:
            question: as it was asked.
            understood: what the rules make of it.
            snapshot: the generation being served.
            documents: ids of the documents that may be used.
        """
        if understood.is_empty or understood.aside is not None:
            return Reworded(understood, understood.text, {})
        alone, used = self._completed(question, understood, snapshot)
        target = main_language(snapshot, documents)
        if target in (None, alone.language):
            return Reworded(alone, alone.text, used)
        messages = self._translate.filled(language=message(f"language.{target}", "en"), question=alone.text)
        said = self._said(messages)
        prompts = {**used, self._translate.name: self._translate.digest}
        if not said or not self._translates(said, alone, target):
            return Reworded(alone, alone.text, prompts)
        return Reworded(_understood_anew(said, alone, snapshot), alone.text, prompts)

    def _completed(
        self, question: Question, understood: Understanding, snapshot: Snapshot
    ) -> tuple[Understanding, Mapping[str, str]]:
        earlier = [turn.question for turn in question.history]
        if not understood.resolved or understood.claim or not earlier:
            return understood, {}
        messages = self._alone.filled(earlier="\n".join(f"- {text}" for text in earlier), question=question.text)
        said = self._said(messages)
        prompts = {self._alone.name: self._alone.digest}
        if not said or not self._completes(said, question.text, understood, earlier):
            return understood, prompts
        return _understood_anew(said, understood, snapshot), prompts

    def _said(self, messages: Sequence[Message]) -> str:
        """Return the one line that the model answers, "" where it fails or says anything else."""
        try:
            text = complete(self._model, messages).text.strip()
        except ModelFailed:
            return ""
        is_one_line = "\n" not in text and 0 < len(text) <= MOST_CHARACTERS
        return text if is_one_line and is_plain_prose(text) else ""

    def _completes(self, said: str, asked: str, understood: Understanding, earlier: Sequence[str]) -> bool:
        """Tell whether a rewritten question keeps what is asked and adds nothing but what was said before."""
        language = understood.language
        held = word("\n".join((asked, understood.text, *earlier)), language, self._glossary)
        added = [w for w in found_words(word(said, language, self._glossary), held) if not w.places]
        return _particulars(said) == _particulars(understood.text) and not added and detect_language(said) == language

    def _translates(self, said: str, alone: Understanding, target: str) -> bool:
        """Tell whether a translation keeps the identifiers, names and nearly all the words of a question."""
        theirs = word(alone.text, alone.language, self._glossary)
        words = found_words(word(said, target, self._glossary), theirs)
        missing = [w for w in words if not w.places]
        return (
            _particulars(said) == _particulars(alone.text)
            and not any(w.is_name for w in missing)
            and len(missing) <= (1 - _KEPT) * len(words)
            and detect_language(said) == target
        )


def main_language(snapshot: Snapshot, documents: frozenset[str]) -> str | None:
    """Return the language of most documents, None where there is none."""
    cards = snapshot.catalogue.cards
    languages = Counter(cards[identifier].metadata.language for identifier in sorted(documents))
    return languages.most_common(1)[0][0] if languages else None


def _particulars(text: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return what no rewording may change: identifiers, dates and numbers."""
    dates = frozenset(f"{d.range.start}/{d.range.end}" for d in find_dates(text))
    return identifiers_of(text), dates, numbers_of(text)


def _understood_anew(text: str, before: Understanding, snapshot: Snapshot) -> Understanding:
    """Return what a reworded question tells; what is asked for stays what the asker's own words asked for."""
    fresh = understand(
        Question(text, language=before.answer_language), known_decisions=snapshot.registers.decision_numbers
    )
    return replace(fresh, asked=before.asked | fresh.asked, resolved=before.resolved)
