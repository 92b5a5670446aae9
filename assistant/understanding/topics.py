"""What a question is about: its words without those that ask."""

import re

from assistant.understanding.leaning import words_of
from ingest.languages import STOPWORDS
from ingest.normalisation import fold


def topic_of(question: str, language: str) -> str:
    """Return what a question is about: its words without the leading question words and the question mark."""
    topic = topic_and_verb(question, language)
    verb = _VERB_AND_ARTICLE.match(topic) if len(topic.split()) < len(question.split()) else None
    return topic[verb.end() :] if verb else topic


def topic_and_verb(question: str, language: str) -> str:
    """Return a question without its leading question words and its question mark."""
    words = question.strip(" ?¿!¡.").split()
    ignored = STOPWORDS[language] | _ASKING_WORDS
    while len(words) > 1 and fold(words[0]).strip("¿¡,:") in ignored:
        words = words[1:]
    return " ".join(words)


_ASKING_WORDS = words_of(
    "many much please tell me say give list name cuanto cuantos cuanta cuantas diga dime donde cuando quien que cual"
    " quanto quantos quanta quantas onde quando quem qual combien dites ou qui quand quel quelle quels quelles est-ce"
    " d'où qu'est-ce là y"
)
_VERB_AND_ARTICLE = re.compile(
    r"(?:[a-zà-ÿ]+ )?(?:(?:is|was|are|were|does|did|do) )?(?:the |el |la |los |las |o |a |os |as |le |les |l['’])"
    r"(?=\S+ \S|\S+$)"
)
