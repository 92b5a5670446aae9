"""Who heads a body holds its office: "who heads the Permanent Secretariat" asks for the Permanent Secretary."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.languages import STOPWORDS
from ingest.normalisation import fold


@dataclass(frozen=True, slots=True)
class _Headed:
    """How a language says that somebody heads a body.

    Args:
        heading: regular expression of the words before the body, folded.
        offices: of its head, by body.
        is_named_before: whether what kind of body it is stands before it ("Permanent Secretariat").
    """

    heading: str
    offices: Mapping[str, str]
    is_named_before: bool = False


_HEADED = {
    "en": _Headed(
        r"(?:heads?|headed|head of|leads?|led|runs?|ran|directs?|directed|(?:at the head|in charge) of) (?:the )?",
        {"secretariat": "secretary", "ministry": "minister", "directorate": "director", "embassy": "ambassador"},
        is_named_before=True,
    ),
    "es": _Headed(
        r"(?:dirig\w+|encabez\w+|lider\w+|(?:jef[ea]|al frente|a la cabeza) del?|a cargo del?) (?:la |el )?",
        {"secretaria": "secretario", "ministerio": "ministro", "direccion": "director", "embajada": "embajador"},
    ),
    "pt": _Headed(
        r"(?:dirig\w+|chefi\w+|lider\w+|encabec\w+) (?:a |o )?|(?:chefe|a frente|a cargo|a testa) d[oae] ",
        {"secretaria": "secretario", "ministerio": "ministro", "direcao": "diretor", "diretoria": "diretor",
         "embaixada": "embaixador"},
    ),
    "fr": _Headed(
        r"(?:dirige\w*|chef|a la tete)(?: du| de)? (?:le |la |l['’])?",
        {"secretariat": "secretaire", "ministere": "ministre", "direction": "directeur", "ambassade": "ambassadeur"},
    ),
}  # fmt: skip


def offices_headed(question: str, language: str) -> tuple[str, ...]:
    """Return the offices of those who head the bodies that a question says to be headed, folded.

    Args:
        question: in any spelling.
        language: of the question.
    """
    headed = _HEADED[language]
    kind = r"(?P<before>(?:\w+ ){0,2}?)" if headed.is_named_before else ""
    body = rf"(?<!\w)(?:{headed.heading}){kind}(?P<body>{'|'.join(headed.offices)})(?!\w)(?: (?P<after>\w+))?"
    return tuple(_office(found, headed, language) for found in re.finditer(body, fold(question)))


def _office(found: re.Match[str], headed: _Headed, language: str) -> str:
    office = headed.offices[found["body"]]
    if headed.is_named_before:
        return found["before"] + office
    after = found["after"] or ""
    return f"{office} {after}" if after and after not in STOPWORDS[language] else office
