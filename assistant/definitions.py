"""Answers "what does IPPALC stand for?" with the sentence of the documents that spells the acronym out."""

import re

from assistant.answers import Outcome
from assistant.drafts import Draft
from assistant.from_registers.asking import Asking
from assistant.gate import DraftStatement, Quotation
from assistant.understanding.acronyms import Definition
from assistant.understanding.leaning import words_of
from ingest.normalisation import fold

_STANDS_FOR = re.compile(
    r"(?<!\w)(?:stands? for|mean(?:s|ing)?|acronym|abbreviation|spelled out|full (?:name|form)"
    r"|significan?|significado|siglas?|acronimo|abreviatura|quieren? decir|quer(?:em)? dizer|corresponden?"
    r"|sigle|acronyme|veut dire|veulent dire|signifie(?:nt)?|signification|abreviation)(?!\w)"
)
_ACRONYM = re.compile(r"(?<![\w-])(?=(?:[a-z]?[A-Z&/-]){2})[A-Za-z][A-Za-z&/-]{1,11}(?![\w-])")
_OTHER_WORDS = words_of(
    "what does do is are the of an in this that these documents letters for stand stands mean means meaning acronym"
    " abbreviation full name form spelled out que significa significan las siglas sigla acronimo abreviatura quiere"
    " quieren decir cual es el la los de del significado en por o a os as quer querem dizer qual e do da corresponde"
    " corresponden le sigle acronyme veut dire veulent signifie signifient quelle est signification l abreviation c'est"
)
_LONGEST = 45  # words of a sentence that is quoted whole


def what_it_stands_for(asking: Asking) -> Draft | None:
    """Answer what one acronym stands for, None where something else or more is asked, or no document defines it."""
    acronym = _asked_about(asking.understood.text)
    if acronym is None:
        return None
    found = asking.registers.acronyms.definition_of(acronym, language=asking.language)
    if found is None:
        return None
    return Draft(Outcome.ANSWERED, (DraftStatement("", _defining_words(found, asking)),))


def _asked_about(question: str) -> str | None:
    """Return the acronym that a question asks the meaning of and that it asks nothing else of."""
    if not _STANDS_FOR.search(fold(question)):
        return None
    acronyms = set(_ACRONYM.findall(question))
    others = [w for w in re.findall(r"[^\W\d_][\w'’-]*", fold(question)) if w not in _OTHER_WORDS]
    is_alone = len(acronyms) == 1 and len(others) == 1
    return acronyms.pop() if is_alone else None


def _defining_words(found: Definition, asking: Asking) -> tuple[Quotation, ...]:
    """Return the sentence in which an acronym is defined, or the mere definition where that sentence is long."""
    catalogue = asking.snapshot.catalogue
    document = catalogue.document(found.document_id)
    for passage in catalogue.passages_of(document.id):
        if passage.start <= found.start < passage.end:
            for sentence in catalogue.sentences(passage.id):
                words = sum(len(document.text[a:b].split()) for a, b in sentence.spans)
                if sentence.start <= found.start and found.end <= sentence.end and words <= _LONGEST:
                    return tuple(Quotation(document.id, a, b, document.text[a:b]) for a, b in sentence.spans)
    return (Quotation(document.id, found.start, found.end, document.text[found.start : found.end]),)
