"""Makes a question that leans on earlier ones stand alone: identifiers, subject and year carried over or replaced."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understanding.asides import aside_of
from assistant.understanding.carrying import Context, carry
from assistant.understanding.language import language_of
from assistant.understanding.leaning import leans_on_history
from assistant.understanding.replies import reply_of
from assistant.understanding.topics import topic_of

__all__ = ["StandAlone", "leans_on_history", "stand_alone", "topic_of"]


@dataclass(frozen=True, slots=True)
class StandAlone:
    """A question that needs no history.

    Args:
        text: the question as it is searched and shown.
        language: language of the text: that of an earlier question where that is asked again.
        claim: what the asker put forward against the last answer ("it was 2005"), "" if nothing.
        wanted_language: language in which the answer is asked for ("and in Spanish?"), "" if none is.
        resolved: whether anything was taken from the history.
    """

    text: str
    language: str
    claim: str = ""
    wanted_language: str = ""
    resolved: bool = False


def stand_alone(question: str, history: Sequence[str], *, language: str, answers: Sequence[str] = ()) -> StandAlone:
    """Return the question with what it takes from earlier ones put in.

    Args:
        question: the words of the asker.
        history: earlier questions, the oldest first.
        language: language of the question.
        answers: what was answered to them, in the same order, as far as it is known.
    """
    context: Context | None = None
    spoken: str | None = None
    for earlier, answer in _turns(history, answers):
        spoken = language_of(earlier, earlier=spoken)
        context = _after(earlier, context, spoken, answer)
    return _resolve(question, context, language)[0]


def _turns(history: Sequence[str], answers: Sequence[str]) -> list[tuple[str, str]]:
    known = [*answers, *[""] * len(history)][: len(history)]
    return list(zip(history, known, strict=True))


def _after(question: str, context: Context | None, language: str, answer: str) -> Context | None:
    """Return the context after a turn; one that asks nothing leaves it as it was."""
    if aside_of(question):
        return context
    after = _resolve(question, context, language)[1]
    if after is None or after is context:
        return context
    return Context(after.text, after.subject, after.language, answer)


def _resolve(question: str, context: Context | None, language: str) -> tuple[StandAlone, Context | None]:
    if not any(character.isalnum() for character in question):
        return StandAlone(question, language), context
    own = Context(question, topic_of(question, language), language)
    if context is None:
        return StandAlone(question, language), own
    reply = reply_of(question)
    if reply is not None and reply.repeats:
        again = StandAlone(context.text, context.language, reply.claim, reply.language, resolved=True)
        return again, context
    words = reply.rest if reply is not None else question
    if reply is None and not leans_on_history(words, language):
        return StandAlone(question, language), own
    carried = carry(words, context, language)
    return StandAlone(carried.text, carried.language, resolved=carried.text != question), carried
