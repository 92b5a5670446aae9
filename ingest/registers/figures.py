"""The register of figures: what a work programme counts of itself, such as its studies and meetings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.documents import BlockKind, Document, Kind
from ingest.identifiers import Level, Unit, find_codes, find_numbers, programme_years
from ingest.normalisation import fold
from ingest.registers.activity_entries import FigureEntry
from ingest.registers.paragraphs import Paragraph, paragraphs_of
from ingest.registers.programmes import work_of, year_of_programme
from ingest.sentences import sentence_spans

_CARDINALS = {
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete"
    " dieciocho diecinueve veinte",
    "pt": "dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito"
    " dezenove vinte",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit"
    " dix-neuf vingt",
}
_FEMININE = {"duas": 2}
_SUBJECTS = {
    "studies": r"stud(?:y|ies)|estudios?|estudos?|etudes?",
    "meetings": r"meetings?|reunion(?:es|s)?|reunia?oe?s|reunioes",
    "courses": r"courses?|cursos?|cours",
    "seminars": r"seminars?|seminarios?|seminaires?",
    "workshops": r"workshops?|talleres|oficinas?|ateliers?",
    "events": r"events?|eventos?|evenements?",
    "sessions": r"sessions?|sesiones|sessoes|seances?",
    "activities": r"activit(?:y|ies|es?)|actividades?|atividades?",
    "initiatives": r"initiatives?|iniciativas?",
    "documents": r"documents?|documentos?",
    "reports": r"reports?|informes?|relatorios?|rapports?",
    "portals": r"portals?|portales|portais|portails?",
    "projects": r"projects?|proyectos?|projetos?|projets?",
    "areas": r"areas?|domaines?|axes?|ejes?",
}
_NOUN = "|".join(f"(?P<{subject}>{words})" for subject, words in _SUBJECTS.items())
_NO_ADJECTIVE = (
    r"(?!(?:of|in|and|to|for|from|by|are|is|de|del|d[ao]s?|en|em|no|na|y|e|et|a|au|par|por|pour|countries)\b)"
)
_WHICH = (
    r"(?:of (?:which|them|these|the)|out of which|de (?:las|los|ellas|ellos|les|ces)|d[ao]s(?: quais)?|des?"
    r"|d'entre eux)"
)
_INTERNAL = re.compile(
    r"\b(?:internal(?:ly)?|in-house|itself|own staff|intern[ao]s?|internamente|propia|propio|pessoal d[ao]|propri[ao]"
    r"|en interne|elle-meme|son personnel)\b"
)
_RESTRICTS = re.compile(
    r"^ (?:(?:that |which |que |qui )?(?:are )?(?:relat|concern|correspond|associat|dedicat|serv|linked|devot|on "
    r"|for the sela|of the sela|in the area|atiend|vinculad|relacionad|sobre |del programa|do programa|referent"
    r"|dedie|lies a|portant|consacre|belong|ranging))"
)
_SCOPE_END = re.compile(r"[;:.]|, (?:and |y |e |et )?(?=@)| (?:and|y|e|et) (?=@)|, (?:out )?(?=of which)")
_MORE = re.compile(
    r"\b(?:additional|further|other|adicional\w*|outr[ao]s|otr[ao]s|autres|nuev[ao]s|nov[ao]s|new|nouve\w+)\b"
)
_OF_A_PART = re.compile(
    r"\b(?:in|en|na|no|dans|of|de|da) (?:(?:the|this|el|la|o|a|esta?|este|le|l'|ce|cette) ?)?(?:same |misma |mesma )?"
    r"(?:thematic )?(?:area|domaine) (?:of|de|d')"
    r"|\b(?:this|este|esse|ce) (?:new )?(?:programme|programa|thematic area)\b"
)
_FRONT_LEVELS = frozenset({Level.AREA, Level.PROGRAMME, Level.PROJECT, Level.ACTIVITY})
_LONGEST_SCOPE = 220


@dataclass(frozen=True, slots=True)
class _Count:
    value: int
    subject: str
    start: int
    end: int
    is_elliptical: bool


def figures_of(document: Document) -> tuple[FigureEntry, ...]:
    """Return what a work programme states of itself before its first area begins, in reading order.

    Counts of studies, meetings, activities and the like, and the share of them done by the Secretariat's own staff;
    nothing for documents of other kinds.
    """
    if document.metadata.kind is not Kind.WORK_PROGRAMME:
        return ()
    return tuple(
        figure for paragraph, year in _front_matter(document) for figure in _of_paragraph(document, paragraph, year)
    )


def _front_matter(document: Document) -> Iterator[tuple[Paragraph, int | None]]:
    """Yield the paragraphs before the first area, each with the year of the programme that it speaks of."""
    own = year = year_of_programme(document)
    for paragraph in paragraphs_of(document):
        if paragraph.kind is BlockKind.HEADING:
            codes = find_codes(paragraph.text)
            if codes and codes[0].start == 0 and codes[0].level in _FRONT_LEVELS:
                return
            named = programme_years(paragraph.text)
            year = named[0].year if named else own
        elif paragraph.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            yield paragraph, year


def _of_paragraph(document: Document, paragraph: Paragraph, year: int | None) -> Iterator[FigureEntry]:
    for start, end in sentence_spans(paragraph.text):
        folded = _fold_in_place(paragraph.text[start:end])
        for count in _counts(folded, document.metadata.language):
            scope_end = _scope_end(folded, count.end, document.metadata.language)
            is_total = _is_total(folded, count, scope_end)
            scope = None if is_total else (count.start, scope_end)
            counted = scope or (count.start, count.end)
            yield FigureEntry(
                document_id=document.id,
                work=work_of(document),
                language=document.metadata.language,
                year=year,
                subject=count.subject if scope is None else f"some {count.subject}",
                value=str(count.value),
                unit="count",
                number=paragraph.cite(start + count.start, start + count.start + len(_first_word(folded, count.start))),
                counted=paragraph.cite(start + counted[0], start + counted[1]),
                sentence=paragraph.cite(start, end),
            )
        yield from _shares(document, paragraph, (start, end), year)


def _fold_in_place(text: str) -> str:
    """Fold every character to one character, so that offsets stay."""
    return "".join((fold(character) or " ")[0] if not character.isspace() else " " for character in text)


def _first_word(text: str, start: int) -> str:
    return text[start:].split(maxsplit=1)[0].rstrip(",.;")


def _counts(folded: str, language: str) -> Iterator[_Count]:
    """Yield the counts of a sentence; a number without a noun counts what the number before it counts."""
    subject: str | None = None
    for match in _pattern(language).finditer(folded):
        named = next((name for name in _SUBJECTS if match[name]), None)
        is_elliptical = named is None
        if is_elliptical and (subject is None or not _may_be_elliptical(folded, match)):
            continue
        subject = named or subject
        if subject is not None and (value := _value(match["number"], language)) is not None:
            yield _Count(value, subject, match.start("number"), match.end(), is_elliptical or bool(match["which"]))


def _may_be_elliptical(folded: str, match: re.Match[str]) -> bool:
    """Tell "…, four concerning cooperation" and "six of which" from a number that counts something else."""
    before, after = folded[: match.start()].rstrip(), folded[match.end() :]
    if match["number"].isdigit():
        return False
    verb = (
        r" (?:concern|correspond|relat|associat|dedicat|serv|to |al? |for |para |pour |ao? |as |aux? |of which|of them)"
    )
    return match["which"] is not None or (
        before.endswith((",", " and", " y", " e", " et", "which")) and (re.match(verb, after) is not None)
    )


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = "|".join(sorted(_numerals(language), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.,/°-])(?<!no )(?<!no\. )(?<!decision )(?P<number>\d{{1,3}}|{words})\b(?![%.,/-]\d| ?%)"
        rf"(?:(?:(?P<which> {_WHICH})|(?: {_NO_ADJECTIVE}[a-z-]+){{0,3}}?) (?:{_NOUN})\b)?"
    )


def _numerals(language: str) -> dict[str, int]:
    words = _CARDINALS.get(language, _CARDINALS["en"]).split()
    return {word: i for i, word in enumerate(words, start=2)} | (_FEMININE if language == "pt" else {})


def _value(number: str, language: str) -> int | None:
    return int(number) if number.isdigit() else _numerals(language).get(number)


def _scope_end(folded: str, start: int, language: str) -> int:
    """Return where the words that say of what kind the counted things are come to an end."""
    numerals = "|".join([r"\d", *_numerals(language)])
    ends = re.compile(_SCOPE_END.pattern.replace("@", rf"(?:{numerals})\b"))
    found = ends.search(folded, start)
    return min(found.start() if found else len(folded), start + _LONGEST_SCOPE)


def _is_total(folded: str, count: _Count, scope_end: int) -> bool:
    """Tell whether a count is of the whole programme and not of one area, kind or theme."""
    if count.is_elliptical or _MORE.search(folded[count.start : count.end]) or _OF_A_PART.search(folded[: count.start]):
        return False
    return _RESTRICTS.match(folded[count.end : scope_end]) is None


def _shares(document: Document, paragraph: Paragraph, span: tuple[int, int], year: int | None) -> Iterator[FigureEntry]:
    """Yield the percentages of a sentence that speaks of studies, meetings or other things a programme counts."""
    start, end = span
    sentence = paragraph.text[start:end]
    subject = _subject_of(_fold_in_place(sentence))
    if subject is None:
        return
    internal = _INTERNAL.search(_fold_in_place(sentence)) is not None
    for found in find_numbers(sentence, language=document.metadata.language):
        if found.unit is Unit.PERCENT and internal:
            yield FigureEntry(
                document_id=document.id,
                work=work_of(document),
                language=document.metadata.language,
                year=year,
                subject=f"{subject} done internally",
                value=format(found.value.normalize(), "f"),
                unit="percent",
                number=paragraph.cite(start + found.start, start + found.end),
                counted=paragraph.cite(start, end),
                sentence=paragraph.cite(start, end),
            )


def _subject_of(folded: str) -> str | None:
    match = re.search(rf"\b(?:{_NOUN})\b", folded)
    return next((name for name in _SUBJECTS if match and match[name]), None)
