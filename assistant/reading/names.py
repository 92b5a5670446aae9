"""Names of persons and of organisations in a sentence, by their shape and the words beside them."""

import re

from ingest.identifiers import find_bodies
from ingest.normalisation import fold

_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w'’.-]+"
_NAME = re.compile(
    rf"{_CAPITALISED}(?:\s+(?:de|del|de la|da|do|dos|das|du|van|von|y)\s+{_CAPITALISED}|\s+{_CAPITALISED})+"
)
_OFFICE = re.compile(
    r"(?<!\w)(?:ambassador|embajadora?|embaixadora?|ambassadeur|ambassadrice|mr|mrs|ms|dr|dra|sr|sra|m|mme|lic|ing|prof"
    r"|professor|profesora?|professora|director|directora|diretora?|directeur|directrice|minister|ministra?|ministre"
    r"|secretary|secretari[oa]|secretaire|president|presidenta?|presidente|coordinator|coordinadora?|coordenadora?"
    r"|coordonnateur|coordinateur|representative|representante|representant|economist|expert|chancellor|canciller"
    r"|viceministr[oa]|commissioner|consultant|consultora?|by|por|par)\W*$"
)
_ORGANISATION = re.compile(
    r"(?<!\w)(?:minist(?:ry|erio|ere|ries)|agenc(?:y|ies|ia|ias|e|es)|bank|banco|banque|organi[sz](?:ation|acion|acao)s?"
    r"|organismos?|commission|comision|comissao|secretariat|secretaria|secretariat|universit(?:y|ies|e)|universidade?s?"
    r"|institut(?:e|o|ion|es)?|council|consejo|conselho|conseil|association|asociacion|associacao|cent(?:re|er|ro)"
    r"|committee|comite|office|oficina|escritorio|bureau|fund|fondo|fundo|fonds|chambers?|camaras?|foundation|fundacion"
    r"|fundacao|fondation|compan(?:y|ies)|empresas?|authorit(?:y|ies)|autoridad|autoridade|autorite|government|gobierno"
    r"|governo|gouvernement|union|community|comunidad|comunidade|communaute|system|sistema|systeme|programme)(?!\w)"
)
_COMMON = re.compile(r"\b(?:SELA|LAC|ALC|SMEs?|MSMEs?|PYMES?|MIPYMES?|GDP|PIB|ICTs?|TIC|SDG|ODS|USA?|EU|UE|DT|SP|CL)\b")
_ACRONYM = re.compile(r"(?<!\w)[A-Z][A-Z&-]{1,9}[A-Z](?!\w)")


def person_names(sentence: str, *, known_words: frozenset[str]) -> list[str]:
    """Return names of persons: two or more capitalised words of which the first is no common word or place.

    Args:
        sentence: any text.
        known_words: folded words and place names that are no personal names.
    """
    return [m.group() for m in _NAME.finditer(sentence) if _is_person(sentence, m, known_words)]


def _is_person(sentence: str, match: re.Match[str], known_words: frozenset[str]) -> bool:
    words = [fold(w).strip(".'’") for w in match.group().split()]
    after_office = bool(_OFFICE.search(fold(sentence[: match.start()])[-40:])) or bool(_OFFICE.match(words[0] + " "))
    unknown = [w for w in words if w not in known_words]
    if _ORGANISATION.search(" ".join(words)):
        return False
    if after_office:
        return bool(unknown)
    return words[0] in unknown and len(unknown) >= 2


def names_an_organisation(sentence: str) -> bool:
    """Tell whether a sentence names a body other than SELA's own, a ministry, agency, company or an acronym of one."""
    bodies = find_bodies(sentence)
    rest = sentence
    for mention in reversed(bodies):
        if mention.body.is_own:
            rest = rest[: mention.start] + " " + rest[mention.end :]
    others = any(not mention.body.is_own for mention in bodies)
    return others or bool(_ACRONYM.search(_COMMON.sub(" ", rest))) or bool(_ORGANISATION.search(fold(rest)))
