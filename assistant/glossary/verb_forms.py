"""What the ending of a regular verb form shows: its tense and, without it, its radical."""

import re
from collections.abc import Iterator

from assistant.glossary.entries import Tense

_ENDINGS: dict[str, tuple[tuple[Tense, re.Pattern[str]], ...]] = {
    "en": (
        (Tense.PAST, re.compile(r"\wed$")),
        (Tense.PRESENT, re.compile(r"\wing$")),
    ),
    "es": (
        (Tense.FUTURE, re.compile(r"[aei]r(?:á|án|ía|ían)$")),
        (Tense.PAST, re.compile(r"\w(?:ó|aron|ieron|aba|aban|ía|ían)$")),
        (Tense.PARTICIPLE, re.compile(r"\w[aií]d[oa]s?$")),
        (Tense.PRESENT, re.compile(r"\w(?:ando|iendo|yendo)$")),
    ),
    "pt": (
        (Tense.FUTURE, re.compile(r"[aei]r(?:á|ão|ia|iam)$")),
        (Tense.PAST, re.compile(r"\w(?:ou|aram|eu|eram|iu|iram|ava|avam|iam|ía|íam)$")),
        (Tense.PARTICIPLE, re.compile(r"\w[aií]d[oa]s?$")),
        (Tense.PRESENT, re.compile(r"\w(?:ando|endo|indo)$")),
    ),
    "fr": (
        (Tense.FUTURE, re.compile(r"\w(?:era|eront|ira|iront|erait|eraient)$")),
        (Tense.PARTICIPLE, re.compile(r"\w(?:é|ée|és|ées|ie|ies|ue|ues)$")),
        (Tense.PAST, re.compile(r"\w(?:èrent|irent|ait|aient|a|it)$")),
        (Tense.PRESENT, re.compile(r"\w(?:ant|ent)$")),
    ),
}


def tense_of(word: str, language: str) -> Tense | None:
    """Return the tense that the ending of the lower-case `word` shows, None if it shows none."""
    return next((tense for tense, ending in _ENDINGS[language] if ending.search(word)), None)


_INFINITIVE = {
    "en": re.compile(r"e?$"),
    "es": re.compile(r"[aei]r(?:se)?$"),
    "pt": re.compile(r"(?:[aei]r|or)$"),
    "fr": re.compile(r"(?:er|oir|ir|re)$"),
}
_FINITE = {
    language: sorted(endings.split(), key=len, reverse=True)
    for language, endings in {
        "en": "s es ed ing e",
        "es": (
            "aron ieron yeron io yo o aba aban ia ian ado ada ados adas ido ida idos idas ando iendo yendo ara aran era"
            " eran ira iran aria arian eria erian iria irian a an e en as es amos emos imos iera ieran arse erse irse"
        ),
        "pt": (
            "aram eram iram ou eu iu ava avam ia iam ado ada ados adas ido ida idos idas ando endo indo ara arao era"
            " erao ira irao aria ariam eria eriam iria iriam a am e em o as es amos emos imos asse esse isse"
        ),
        "fr": (
            "erent irent a it ait aient e es ee ees i ie is ies u ue us ues era eront ira iront erait eraient ant"
            " issant issent issait ent ons ez"
        ),
    }.items()
}
_SPELLINGS = (("qu", "c"), ("gu", "g"), ("z", "c"), ("j", "g"), ("y", ""))
_SHORTEST_RADICAL = 2


def radical(infinitive: str, language: str) -> str:
    """Return the radical of an infinitive, lower case without accents, however its last consonant is spelt."""
    return _plainly_spelt(_INFINITIVE[language].sub("", infinitive, count=1))


def radicals(form: str, language: str) -> Iterator[str]:
    """Yield the radicals that a verb form, lower case without accents, may have, the shortest first."""
    for ending in _FINITE[language]:
        if form.endswith(ending) and len(form) - len(ending) >= _SHORTEST_RADICAL:
            yield _plainly_spelt(form[: -len(ending)])


def _plainly_spelt(stem: str) -> str:
    for spelling, plain in _SPELLINGS:
        if stem.endswith(spelling):
            return stem[: -len(spelling)] + plain
    return stem
