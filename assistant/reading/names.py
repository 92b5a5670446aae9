"""Names of persons and of organisations in a sentence, by their shape and the words beside them."""

import re

from ingest.identifiers import find_bodies, from_roman
from ingest.normalisation import fold
from ingest.registers.meeting_places import find_locations

_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w'’.-]+"
_NAME = re.compile(
    rf"{_CAPITALISED}(?:\s+(?:de|del|de la|da|do|dos|das|du|van|von|y)\s+{_CAPITALISED}|\s+{_CAPITALISED})+"
)
_OFFICE = re.compile(
    r"(?<!\w)(?:l'ambassad\w+|deputy|vice\w*|sub\w*|assistant|executive|permanent|general|captain|capt|capitan|capitao|capitaine|ambassador|amb|emb|embajadora?|embaixadora?|ambassadeur|ambassadrice|mr|mrs|ms|dr|dra|sr|sra|m|mme|lic|ing|prof"
    r"|professor|profesora?|professora|director|directora|diretora?|directeur|directrice|minister|ministra?|ministre"
    r"|secretary|secretari[oa]|secretaire|president|presidenta?|presidente|coordinator|coordinadora?|coordenadora?"
    r"|coordonnateur|coordinateur|representative|representante|representant|economist|expert|chancellor|canciller"
    r"|viceministr[oa]|commissioner|consultant|consultora?|by|por|par)\W*$"
)
_ARTICLES = frozenset({"the", "el", "la", "o", "a", "le"})
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


def person_names(sentence: str, *, common_words: frozenset[str], vocabulary: frozenset[str]) -> list[str]:
    """Return names of persons: capitalised words, the office before them left out, that are no common words.

    A surname may be a word of some language ("Blanco"), a first name may not.

    Args:
        sentence: any text.
        common_words: folded words that the corpus also writes small, and so are no names.
        vocabulary: folded words of the glossary, which no name begins with.
    """
    names = (_without_office(match.group()) for match in _NAME.finditer(sentence))
    return [name for name in names if _is_person(name, common_words, vocabulary)]


def _without_office(name: str) -> str:
    words = name.split()
    while words and (_OFFICE.match(fold(words[0]) + " ") or fold(words[0]) in _ARTICLES):
        words = words[1:]
    return " ".join(words)


def _is_person(name: str, common_words: frozenset[str], vocabulary: frozenset[str]) -> bool:
    words = [fold(word).strip(".'’") for word in name.split() if word[0].isupper()]
    return (
        len(words) >= 2
        and words[0] not in vocabulary
        and not any(word in common_words or from_roman(word.upper()) for word in words)
        and not any(word.isupper() and len(word) > 2 for word in name.split())
        and not _ORGANISATION.search(" ".join(words))
        and not find_locations(name)
        and not find_bodies(name)
    )


def names_an_organisation(sentence: str) -> bool:
    """Tell whether a sentence names a body other than SELA's own, a ministry, agency, company or an acronym of one."""
    bodies = find_bodies(sentence)
    rest = sentence
    for mention in reversed(bodies):
        if mention.body.is_own:
            rest = rest[: mention.start] + " " + rest[mention.end :]
    others = any(not mention.body.is_own for mention in bodies)
    acronyms = (match.group() for match in _ACRONYM.finditer(_COMMON.sub(" ", rest)))
    return others or any(not from_roman(a) for a in acronyms) or bool(_ORGANISATION.search(fold(rest)))
