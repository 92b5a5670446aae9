"""Finds the title of a document in what it says of itself."""

import re
from collections.abc import Iterator

from ingest.documents import SourceDocument
from ingest.front_matter import FrontLine, FrontMatter
from ingest.headings import close_up, is_upper_case
from ingest.identifiers import find_dates, find_symbols
from ingest.normalisation import fold
from ingest.sentences import sentence_spans

_LABEL = re.compile(
    r"(?:foreword|preface|introduction|background.*|summary|abstract|contents|prologo|presentacion|introduccion"
    r"|antecedentes.*|resumen|prefacio|apresentacao|introducao|resumo|avant-propos|contexte|resume"
    r"|(?:virtual|face-to-face|regional|ordinary|extraordinary) meeting|reunion (?:virtual|virtuelle|regional)"
    r"|reuniao virtual|rapporteur.?s report|informe de(?: la)? relator(?:ia|a)?|relatorio d[ao] relator(?:ia)?"
    r"|rapport du rapporteur|press (?:release|note)|nota de prensa|comunicado de prensa|nota (?:a|de) imprensa"
    r"|communique de presse|(?:source|fuente|fonte)\s*:.*|draft|borrador|rascunho|projet"
    r"|(?:for|solo para|so para|uniquement)? ?(?:internal use|uso interno|usage interne)(?: only)?"
    r"|.*(?:regular|ordinary) (?:meeting|session) of the.*council"
    r"|.*reuni(?:on|ao) ordinaria del?.*(?:consejo|conselho).*|.*reunion ordinaire du conseil.*)"
    r"[\s.:]*"
)
_PLACE = re.compile(r"[A-ZÁÉÍÓÚ][\w .'-]+, [A-ZÁÉÍÓÚ][\w .'-]+[.,]?")
_QUOTED = re.compile(r"[“\"«]\s*(?P<title>[^”\"»]{8,})[”\"»]")
_EVENT_WORD = (
    r"(?:Meeting|Workshop|Seminar|Forum|Conference|Colloquium|Course|Summit|Reunión|Taller|Seminario|Foro|Conferencia"
    r"|Encuentro|Curso|Reunião|Oficina|Seminário|Fórum|Conferência|Encontro|Réunion|Atelier|Séminaire|Conférence)"
)
_LINK = (
    r"(?:of|on|for|the|and|in|to|with|de|del|la|las|el|los|sobre|para|y|e|en|con|do|da|dos|das|em|com|des|du|les|le"
    r"|et|sur|pour|avec|à|a)"
)
_EVENT = re.compile(rf"\b{_EVENT_WORD}(?:\s+{_LINK})*(?:\s+[A-ZÁÉÍÓÚ][\w'’&-]*(?:\s+{_LINK})*)+")
_TRAILING_LINK = re.compile(rf"(?:\s+{_LINK})+$")
_LONGEST = 30
_FIRST_WORDS = 14


def find_title(source: SourceDocument, front: FrontMatter, text: str) -> str:
    """Return the title that the document gives, or one made from its heading, its subject or its first sentence."""
    ways = (_beside_symbol(front), _from_lines(front), _stated(source), _event(text, front), _first_words(text))
    return next((title for way in ways for title in way if title), "")


def is_label(text: str) -> bool:
    """Say whether a line only says what sort of text follows, where or when, and is no title."""
    if _LABEL.fullmatch(fold(close_up(text)).strip(' *_«»“”"')) or _PLACE.fullmatch(text):
        return True
    symbols = [(symbol.start, symbol.end) for symbol in find_symbols(text)]
    dates = [(date.start, date.end) for date in find_dates(text, with_years=False)]
    rest = text
    for start, end in sorted([*symbols, *dates], reverse=True):
        rest = rest[:start] + rest[end:]
    return rest != text and len(re.findall(r"[^\W\d_]+", rest)) <= 3


def _beside_symbol(front: FrontMatter) -> Iterator[str]:
    """Yield what stands in front of the symbol in a running head or a line of the front matter."""
    for line in (*front.running_heads, *(line.text for line in front.lines)):
        symbols = find_symbols(line)
        if len(symbols) == 1 and symbols[0].end == len(line):
            title = _clean(line[: symbols[0].start])
            if len(title.split()) > 2 and not is_label(title):
                yield title


def _from_lines(front: FrontMatter) -> Iterator[str]:
    """Yield the highest heading, a line in quotation marks, any other heading, any other short line."""
    lines = [line for line in front.lines if not is_label(line.text) and not find_symbols(line.text)]
    yield from (_clean(line.text) for line in lines if line.is_heading and line.level == 1)
    yield from (match["title"].strip() for line in lines if (match := _QUOTED.fullmatch(line.text)))
    yield from (_clean(line.text) for line in lines if line.is_heading)
    yield from (_clean(line.text) for line in lines if _is_short_title(line))


def _is_short_title(line: FrontLine) -> bool:
    return 2 < len(line.text.split()) <= 20 and not line.text.endswith((".", ",", ":", ";", ")"))


def _stated(source: SourceDocument) -> Iterator[str]:
    """Yield the title among the file's properties if its words stand in the document."""
    title = (source.properties or {}).get("title", "").strip()
    words = re.findall(r"\w+", fold(title))
    body = fold(" ".join(line.text for line in source.lines[:200]))
    if len(words) > 2 and all(word in body for word in words):
        yield title


def _event(text: str, front: FrontMatter) -> Iterator[str]:
    """Yield the event that a note without a title is about: the one named last before the note's own date returns."""
    events = [match for match in _EVENT.finditer(text) if len(match.group().split()) > 4]
    own = [mention.range for line in front.lines for mention in find_dates(line.text, with_years=False)]
    returns = [m.start for m in find_dates(text, with_years=False) if m.range in own][1:]
    before = [event for event in events if returns and event.start() < returns[0]]
    yield from (_TRAILING_LINK.sub("", event.group()) for event in (*before[-1:], *events[:1]))


def _first_words(text: str) -> Iterator[str]:
    for start, end in sentence_spans(text[:2000]):
        words = text[start:end].split()
        yield " ".join(words[:_FIRST_WORDS]) + ("…" if len(words) > _FIRST_WORDS else "")


def _clean(text: str) -> str:
    """Return a title without quotation marks around it, spaced-out or shouted letters brought down."""
    title = close_up(text.strip(" .:-–—|"))
    quoted = _QUOTED.fullmatch(title)
    title = quoted["title"].strip() if quoted else title
    if len(title.split()) > _LONGEST:
        return ""
    return title.capitalize() if is_upper_case(title) and " " not in title else title
