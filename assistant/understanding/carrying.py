"""Puts into a question what it leaves out: the subject of the conversation, identifiers in the place of the old."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.understanding.asked import Asked, asked_for
from assistant.understanding.fitting import fitted
from assistant.understanding.leaning import CONNECTOR, content_words, without_connector, words_of
from assistant.understanding.replacing import identifiers_in, in_other_words, replaced
from assistant.understanding.replies import ASKS
from assistant.understanding.topics import topic_and_verb, topic_of
from ingest.identifiers import find_decisions, find_meetings, find_sessions
from ingest.normalisation import fold


@dataclass(frozen=True, slots=True)
class Context:
    """What a conversation is about so far.

    Args:
        text: the last question, standing alone.
        subject: what it is about, without what it asks.
        language: of the text.
        answer: what was answered, "" if not known.
    """

    text: str
    subject: str
    language: str
    answer: str = ""


def carry(question: str, context: Context, language: str) -> Context:
    """Return the question standing alone, with the subject of the conversation.

    Args:
        question: words that lean on the conversation.
        context: the conversation.
        language: language of the question.
    """
    asked = without_connector(question, language).strip(" ?¿¡!.,;")
    named = identifiers_in(asked, context.text)
    changes = named if language == context.language else in_other_words(named)
    text, subject = replaced(context.text, changes), replaced(context.subject, changes)
    if not asked or (named and not _news(asked, named, context, language)):
        return Context(text if text != context.text else _with_more(text, changes), subject, context.language)
    if language == context.language and not _asks(asked, language):
        whole = fitted(asked, text, language)
        if whole:
            return Context(whole, topic_of(whole, language), language)
    about = subject if content_words(asked, language) else topic_and_verb(text, context.language)
    return Context(f"{asked[:1].upper()}{asked[1:]} ({_with_answer(about, context)})?", subject, language)


def _asks(words: str, language: str) -> bool:
    return bool(ASKS.search(fold(words)) or asked_for(words, language) - {Asked.COMPARISON, Asked.LIST, Asked.MANDATE})


def _with_more(text: str, named: Mapping[str, str]) -> str:
    """Return a question with an identifier added to it where it has none of that kind to replace."""
    more = [written for written in named.values() if written not in text]
    return f"{text.rstrip(' ?.')} ({', '.join(more)})?" if more else text


def _news(asked: str, named: Mapping[str, str], context: Context, language: str) -> list[str]:
    """Return the content words of a question that are neither its identifiers nor said before."""
    for written in named.values():
        asked = asked.replace(written, " ")
    known = {word[:5] for word in content_words(context.text, context.language)}
    connectors = re.compile(rf"(?:{CONNECTOR[language]})")
    return [
        word
        for word in content_words(asked, language)
        if word[:5] not in known and not connectors.fullmatch(word) and word not in _GENERIC
    ]


_GENERIC = words_of(
    "one ones year years decision programme activity document meeting ano anos annee annees celui celle that la el"
    " decisao decisiones programa actividad atividade documento reunion reuniao activite session sesion sessao"
)


def _with_answer(subject: str, context: Context) -> str:
    """Return a subject with what the answer before named, where the question before asked for just that."""
    named = named_in(context.answer) if context.answer and not find_meetings(subject) else ""
    return f"{subject}; {named}" if named and fold(named) not in fold(subject) else subject


def named_in(answer: str) -> str:
    """Return the first meeting, or else decision, that an answer names, "" if none."""
    sessions = [answer[s.start : s.end] for s in find_sessions(answer)]
    meetings = [answer[m.start : m.end] for m in find_meetings(answer)]
    decisions = [answer[d.start : d.end] for d in find_decisions(answer)]
    return " ".join(next(iter((*sessions, *meetings, *decisions)), "").split())
