"""Finds tables of contents, which are never evidence and never headings."""

import re
from dataclasses import dataclass

from ingest.documents import LineKind
from ingest.normalisation import fold
from ingest.text_lines import TextLine

_TITLES = {
    "contents",
    "tableofcontents",
    "index",
    "indice",
    "indicegeneral",
    "contenido",
    "contenidos",
    "tabladecontenido",
    "tabladecontenidos",
    "indicedecontenidos",
    "conteudo",
    "sumario",
    "tabledesmatieres",
    "sommaire",
}
_PAGE = r"(?:(?:page|pag|pág|p)\.?\s*)?(?P<page>\d{1,4}|[ivxl]{1,6})"
_ENTRY = re.compile(rf"(?P<title>.*?\S)[\s.·…_|]+{_PAGE}\s*\|?$", re.IGNORECASE)
_LEADERS = re.compile(rf"(?P<title>.*?\S)\s*(?:\.\s?|·\s?|…\s?|_){{4,}}\s*{_PAGE}$", re.IGNORECASE)
_LOOK_AHEAD = 6
_LONGEST_ENTRY = 45


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of a table of contents: a heading and the page it is said to stand on."""

    title: str
    page: int


def find_contents(lines: list[TextLine]) -> frozenset[int]:
    """Return the indexes of the lines that belong to tables of contents."""
    found = {index for index, line in enumerate(lines) if _LEADERS.fullmatch(line.text)}
    for index, line in enumerate(lines):
        if _is_title(line) and index not in found:
            end = _end_of_entries(lines, index + 1)
            if end > index + 1:
                found.update(range(index, end))
    return frozenset(found)


def read_entry(text: str) -> ContentsEntry | None:
    """Return the entry that a line of a table of contents makes, None where it names no page in Arabic numerals."""
    match = _LEADERS.fullmatch(text) or _ENTRY.fullmatch(text)
    if match is None or not match["page"].isdigit():
        return None
    return ContentsEntry(match["title"].strip(" |."), int(match["page"]))


def _is_title(line: TextLine) -> bool:
    return re.sub(r"[^a-z]", "", fold(line.text)) in _TITLES and len(line.text) < 60


def _end_of_entries(lines: list[TextLine], start: int) -> int:
    """Return one past the last entry: an entry, perhaps on several lines, ends with its page number."""
    end = index = start
    while index < min(len(lines), end + _LOOK_AHEAD):
        if _is_entry(lines[index]):
            end = index + 1
        elif _is_prose(lines[index]):
            break
        index += 1
    return end


def _is_entry(line: TextLine) -> bool:
    if _LEADERS.fullmatch(line.text):
        return True
    match = _ENTRY.fullmatch(line.text)
    if match is None or len(line.text.split()) > _LONGEST_ENTRY:
        return False
    return line.kind is LineKind.TABLE_ROW or len(match["page"]) < 4


def _is_prose(line: TextLine) -> bool:
    words = len(line.text.split())
    return words > _LONGEST_ENTRY or (line.ends_sentence and words > 15)
