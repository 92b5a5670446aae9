"""Tells title, symbol, kind, status, date and language of a document from its own text.

Nothing is taken from the file's name. The rules, in this order:

* **kind**: press note (press office, press release, dateline), decision, rapporteur's report, work programme, study,
  meeting note (the note of an event at a place and date), otherwise other;
* **status**: internal use where a line says so, press for a press note, draft for a "/DT" symbol or a line that says
  draft, adopted for a decision, report for rapporteur's reports and meeting notes, otherwise unknown;
* **date**: the first day named in the front matter, else the month named there or in the copyright notice, else the
  year in the document's own symbol;
* **symbol**: the one in a running head, else the one standing by itself in the front matter; never one in a sentence.
"""

import re
from collections.abc import Iterator

from ingest.documents import BlockKind, Kind, Metadata, SourceDocument, Status
from ingest.front_matter import FrontMatter, read_front_matter
from ingest.identifiers import find_dates, find_symbols
from ingest.languages import detect_language
from ingest.layout import Layout
from ingest.normalisation import fold
from ingest.titles import find_title

_INTERNAL = re.compile(
    r"\b(?:internal use|uso (?:exclusivo )?interno|usage (?:strictement )?interne|not for circulation)\b"
)
_DRAFT = re.compile(
    r"^(?:preliminary )?draft\b|\bdraft (?:version|document)\b|\bborrador\b|\brascunho\b|\bminuta\b"
    r"|\bversion provisoire\b|^projet de (?:decision|rapport|programme)\b|\bworking document\b"
    r"|\bdocumento de trabalho\b|\bdocumento de trabajo\b|\bdocument de travail\b"
)
_PRESS = re.compile(
    r"\bpress (?:release|note|and dissemination|office|department)|\b(?:nota|comunicado|boletin|oficina) de prensa\b"
    r"|\b(?:nota|comunicado) (?:a|de) imprensa\b|\bassessoria de imprensa\b|\b(?:communique|service) de presse\b"
)
_DATELINE = re.compile(r"^[^\W\d_][\w .,]{2,40}(?:\d{1,2}|\d{4})\s*\.\s*[-–—]")
_KINDS = (
    (Kind.DECISION, re.compile(r"^(?:decisions?|decision(?:es)?|decisao|decisoes)\b(?!.*\bmeeting\b)")),
    (
        Kind.RAPPORTEUR_REPORT,
        re.compile(r"\brapporteur|\brelatoria\b|\brelatorio d[oa] relator|\binforme del? relator"),
    ),
    (
        Kind.WORK_PROGRAMME,
        re.compile(r"\bwork programme\b|\bprograma de trab(?:ajo|alho)\b|\bprogramme de travail\b"),
    ),
    (
        Kind.STUDY,
        re.compile(r"\b(?:study|studies|estudio|estudo|etude|analysis of|analisis de|analise d[aeo])\b"),
    ),
    (
        Kind.MEETING_NOTE,
        re.compile(
            r"\b(?:meeting|workshop|seminar|forum|conference|reunion|taller|seminario|foro|conferencia|encuentro"
            r"|reuniao|oficina|encontro|atelier|seminaire|dialogue|dialogo)\b"
        ),
    ),
)
_KIND_OF_SYMBOL = ((Kind.RAPPORTEUR_REPORT, re.compile(r"-IR\b")), (Kind.DECISION, re.compile(r"/D(?:EC)?(?:\b| N)")))
_YEAR_OF_SYMBOL = re.compile(r"[-/](?P<year>\d{2}|\d{4})$")
_MOST_LABEL_WORDS = 12
_FIRST_YEAR = 1975
_NO_EVIDENCE = (BlockKind.FURNITURE, BlockKind.CONTENTS)


def describe(source: SourceDocument, layout: Layout) -> Metadata:
    """Return what the document says it is."""
    front = read_front_matter(layout)
    title = find_title(source, front, _words(layout))
    symbol = _find_symbol(front)
    kind = _find_kind(front, title, symbol)
    return Metadata(
        title=title,
        symbol=symbol,
        kind=kind,
        status=_find_status(front, kind, symbol),
        date=_find_date(front, symbol),
        language=detect_language(_words(layout)),
    )


def _words(layout: Layout) -> str:
    evidence = (layout.text[b.start : b.end] for b in layout.blocks if b.kind not in _NO_EVIDENCE)
    return "\n".join(evidence)


def _find_symbol(front: FrontMatter) -> str | None:
    """Return the symbol of a running head, else the one of a front line that holds little else."""
    for head in front.running_heads:
        symbols = find_symbols(head)
        if symbols:
            return symbols[0].symbol
    for line in front.lines:
        symbols = find_symbols(line.text)
        if symbols and len(line.text.split()) <= _MOST_LABEL_WORDS + 6 and _stands_alone(line.text, symbols[0].start):
            return symbols[0].symbol
    return None


def _stands_alone(text: str, start: int) -> bool:
    return not text[:start].rstrip().endswith("(") and not text.endswith(".")


def _find_kind(front: FrontMatter, title: str, symbol: str | None) -> Kind:
    labels = [fold(text) for text in _labels(front)]
    if any(_PRESS.search(label) for label in labels) or _DATELINE.match(front.first_prose):
        return Kind.PRESS_NOTE
    for kind, pattern in _KIND_OF_SYMBOL:
        if symbol and pattern.search(symbol):
            return kind
    for kind, pattern in _KINDS:
        if pattern.search(fold(title)) or (kind is not Kind.MEETING_NOTE and any(map(pattern.search, labels[:6]))):
            return kind
    return Kind.OTHER


def _labels(front: FrontMatter) -> Iterator[str]:
    """Yield the short lines of the front matter."""
    yield from (line.text for line in front.lines if len(line.text.split()) <= _MOST_LABEL_WORDS)


def _find_status(front: FrontMatter, kind: Kind, symbol: str | None) -> Status:
    labels = [fold(text) for text in (*_labels(front), *front.running_heads)]
    if any(_INTERNAL.search(label) for label in labels):
        return Status.INTERNAL
    if kind is Kind.PRESS_NOTE:
        return Status.PRESS
    if (symbol and re.search(r"/DT\b|-\s*DT\b", symbol)) or any(_DRAFT.search(label) for label in labels):
        return Status.DRAFT
    if kind is Kind.DECISION:
        return Status.ADOPTED
    return Status.REPORT if kind in (Kind.RAPPORTEUR_REPORT, Kind.MEETING_NOTE) else Status.UNKNOWN


def _find_date(front: FrontMatter, symbol: str | None) -> str | None:
    dates = [date for line in front.lines for date in _dates(line.text)]
    noticed = [date for notice in front.notices for date in _dates(notice)]
    days = [date for date in dates if len(date) == 10]
    return next(iter((*days, *dates, *noticed)), None) or _year_of_symbol(symbol)


def _dates(text: str) -> list[str]:
    ranges = (mention.range for mention in find_dates(text, with_years=False))
    return [dated.start for dated in ranges if dated.year is not None]


def _year_of_symbol(symbol: str | None) -> str | None:
    match = _YEAR_OF_SYMBOL.search(symbol or "")
    if match is None:
        return None
    year = match["year"]
    if len(year) == 2:
        year = f"20{year}" if int(year) < _FIRST_YEAR % 100 else f"19{year}"
    return year
