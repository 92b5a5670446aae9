"""Who heads a body holds its office: "who headed the Permanent Secretariat" asks who was the Permanent Secretary."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ingest.identifiers.folding import fold_with_offsets
from ingest.languages import STOPWORDS


@dataclass(frozen=True, slots=True)
class _Headed:
    """How a language says that somebody heads a body.

    Args:
        heading: regular expression of the words before the body, folded.
        holding: how it says that somebody holds an office.
        offices: of the head, by body.
        is_named_before: whether what kind of body it is stands before it ("Permanent Secretariat").
    """

    heading: str
    holding: str
    offices: Mapping[str, str]
    is_named_before: bool = False


_WORDS = r"(?:\w+ ){0,2}?"
_HEADED = {
    "en": _Headed(
        r"(?:head(?:s|ed)?|leads?|led|runs?|ran|direct(?:s|ed)?|(?:is|was) (?:at the head|in charge) of) (?:the )?",
        "was the",
        {"secretariat": "secretary", "ministry": "minister", "directorate": "director", "embassy": "ambassador"},
        is_named_before=True,
    ),
    "es": _Headed(
        r"(?:dirig\w+|encabez\w+|lider\w+|est[au]\w* (?:al frente|a la cabeza|a cargo) del?) (?:la |el )?",
        "era el",
        {"secretaria": "secretario", "ministerio": "ministro", "direccion": "director", "embajada": "embajador"},
    ),
    "pt": _Headed(
        r"(?:(?:dirig\w+|chefi\w+|lider\w+|encabec\w+) (?:a |o )?|est[ae]\w* (?:a frente|a cargo) d[oae] )",
        "era o",
        {"secretaria": "secretario", "ministerio": "ministro", "diretoria": "diretor", "embaixada": "embaixador"},
    ),
    "fr": _Headed(
        r"(?:dirige\w*|(?:est|etait) (?:a la tete|le chef) d[eu]) (?:le |la |l['’])?",
        "était le",
        {"secretariat": "secretaire", "ministere": "ministre", "direction": "directeur", "ambassade": "ambassadeur"},
    ),
}


def with_offices(question: str, language: str) -> str:
    """Return a question with the office in place of the body that somebody is said to head.

    Args:
        question: in any spelling.
        language: of the question.
    """
    headed, folded = _HEADED[language], fold_with_offsets(question)
    before, after = (_WORDS, "") if headed.is_named_before else ("", _word_but(STOPWORDS[language]))
    body = "|".join(headed.offices)
    pattern = rf"(?<!\w){headed.heading}(?P<before>{before})(?P<body>{body})(?!\w)(?P<after>{after})"
    for found in reversed(list(re.finditer(pattern, folded.text))):
        start, end = folded.span(*found.span())
        office = f"{found['before']}{headed.offices[found['body']]}{found['after']}"
        question = f"{question[:start]}{headed.holding} {office}{question[end:]}"
    return question


def _word_but(stopwords: Collection[str]) -> str:
    return rf"(?: (?!(?:{'|'.join(map(re.escape, stopwords))})\b)[^\W\d]+)?"
