"""What a question is, as far as its words tell: language, identifiers, years, and what it asks for."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from assistant.answers import Question
from assistant.understanding.asides import Aside, aside_of
from assistant.understanding.asked import Asked, asked_for
from assistant.understanding.follow_up import StandAlone, stand_alone
from assistant.understanding.language import language_of
from assistant.understanding.offices import with_offices
from assistant.understanding.one_decision import asked_of_each
from assistant.understanding.one_year import asked_of
from assistant.understanding.parts import split_questions
from assistant.understanding.spelling import corrections, with_decisions_written_out
from ingest.identifiers import (
    CodeMention,
    DecisionNumber,
    SymbolMention,
    decisions_in_question,
    find_codes,
    find_meetings,
    find_ordinals,
    find_symbols,
    find_years,
    programme_years,
    to_roman,
)

MOST_TURNS = 12  # earlier questions that are looked at


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question that has been understood.

    Args:
        text: the stand-alone question.
        aside: what kind of thing that no document can answer it is, None for a question on documents.
        claim: what the asker holds against the last answer, "" if nothing.
        resolved: whether anything was taken from earlier questions.
        language: language of the question.
        answer_language: language of our own words in the answer.
        asked: what it asks for.
        decisions: decisions it names, of whatever body.
        codes: codes of areas, projects and activities it names.
        symbols: document symbols it names.
        years: years it names, in order.
        programmes: years of the work programmes it names.
        corrected: what words with typing errors were meant to be.
    """

    text: str
    aside: Aside | None
    claim: str
    resolved: bool
    language: str
    answer_language: str
    asked: frozenset[Asked]
    decisions: tuple[DecisionNumber, ...]
    codes: tuple[CodeMention, ...]
    symbols: tuple[SymbolMention, ...]
    years: tuple[int, ...]
    programmes: tuple[int, ...]
    corrected: tuple[str, ...] = ()

    @property
    def searched(self) -> str:
        """The question as it is searched and read.

        Ordinals of meetings stand there in Roman numerals too, errors corrected, and in place of a body that somebody
        heads the office.
        """
        text = with_offices(self.text, self.language)
        of_meetings = {meeting.ordinal for meeting in find_meetings(text)}
        for found in reversed(find_ordinals(text)):
            if not found.is_roman and found.number in of_meetings:
                text = f"{text[: found.end]} ({to_roman(found.number)}){text[found.end :]}"
        return f"{text} ({' '.join(self.corrected)})" if self.corrected else text

    def of_year(self, year: int) -> "Understanding":
        """Return the question with the dates of other years left out, for one side of a comparison."""
        programmes = (year,) if self.programmes else ()
        return replace(self, text=asked_of(year, self.text), years=(year,), programmes=programmes)

    @property
    def compared_years(self) -> tuple[int, ...]:
        """Years of programmes that the question sets side by side; () where it does not compare."""
        years = tuple(dict.fromkeys((*self.programmes, *self.years)))
        return years if len(years) > 1 else ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The questions it asks, each standing alone; itself where it asks one, or sets years side by side.

        What it asks of several decisions at once it asks of each.
        """
        of_decisions = asked_of_each(self.text, self.decisions)
        if len(of_decisions) > 1:
            return of_decisions
        if self.compared_years or Asked.COMPARISON in self.asked:
            return (self.text,)
        return split_questions(self.text, self.language)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is no word in it."""
        return not re.search(r"[^\W_]", self.text)


def understand(
    question: Question, *, known_decisions: Collection[int], known_words: Collection[str] = frozenset()
) -> Understanding:
    """Return what the words of a question tell.

    Args:
        question: as it was asked.
        known_decisions: numbers of the decisions on record, so that a bare "440" is understood.
        known_words: folded words of the documents, which are no typing errors; without any, none is looked for.
    """
    language, history = question_language(question), question.history[-MOST_TURNS:]
    answers = [turn.answer for turn in history]
    earlier = [with_decisions_written_out(turn.question) for turn in history]
    alone = stand_alone(with_decisions_written_out(question.text), earlier, language=language, answers=answers)
    corrected = corrections(alone.text, alone.language, known=known_words) if known_words else ()
    # What is asked for is in the new words; the context only adds the subject.
    asked = asked_for(question.text, language) or asked_for(alone.text, alone.language)
    answer_language = question.language or alone.wanted_language or language
    understood = _understand(alone, aside_of(question.text), answer_language, asked, known_decisions)
    return replace(understood, corrected=corrected)


def _understand(
    alone: StandAlone, aside: Aside | None, answer_language: str, asked: frozenset[Asked], known: Collection[int]
) -> Understanding:
    return Understanding(
        text=alone.text,
        aside=aside,
        claim=alone.claim,
        resolved=alone.resolved,
        language=alone.language,
        answer_language=answer_language,
        asked=asked,
        decisions=decisions_in_question(alone.text, known),
        codes=find_codes(alone.text),
        symbols=find_symbols(alone.text),
        years=tuple(dict.fromkeys(find_years(alone.text))),
        programmes=tuple(dict.fromkeys(p.year for p in programme_years(alone.text))),
    )


def parts_of(understood: Understanding, *, known_decisions: Collection[int]) -> tuple[Understanding, ...]:
    """Return each question that a text asks, on its own; the whole where it asks only one.

    Args:
        understood: the whole.
        known_decisions: numbers of the decisions on record.
    """
    if len(understood.parts) < 2:
        return (understood,)
    language = understood.language
    alone = [StandAlone(text, resolved=understood.resolved, language=language) for text in understood.parts]
    return tuple(
        _understand(one, None, understood.answer_language, asked_for(one.text, language), known_decisions)
        for one in alone
    )


def question_language(question: Question) -> str:
    """Return the language of a question; where its words do not tell, that of the conversation."""
    earlier = None
    for turn in question.history[-MOST_TURNS:]:
        earlier = language_of(turn.question, earlier=earlier)
    return language_of(question.text, earlier=earlier)
