"""Splits text into sentences by rules for English, Spanish, Portuguese and French official prose."""

import re
from collections.abc import Iterable, Iterator

from ingest.documents import Block, BlockKind, Document, Sentence
from ingest.languages import STOPWORDS
from ingest.normalisation import fold

_BOUNDARY = re.compile(r"[.!?…]+[\"'”’»)\]]*[¹²³⁰⁴-⁹]*(?P<blank>\s+)(?=[\"'“‘«(\[¿¡—–-]*\s*[^\W_])")
_LAST_WORD = re.compile(r"[^\s(\[“\"«'’]+$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+$")
_ENUMERATOR = re.compile(r"(?:^|[;:,]\s+|\b(?:and|or|y|e|o|et|ou)\s+)\(?(?:\d{1,2}|[ivx]{1,4}|[a-zA-Z])\.$")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ABBREVIATIONS = _words("""
    a.m adm apdo approx apr asst aug av avda bros cf cía cia cnel coord corp dec dept depto dir doc dr dra dras dres drs
    e.g eds ej eng esp esq et etc excma excmo feb gen gob gov gral hon i.e ibid inc ing jan jr lic licda ltd ltda máx
    mín mlle mme mmes mr mrs ms mtra mtro mx nov oct p.ej p.ex p.m pda ph.d pres prof profa profs prov resp rev rs sept
    sr sra sras sres srta srs st sta sto supl tel tít trad univ v.g vs
""")
_BEFORE_A_NUMBER = _words("""
    al apr art arto arts aug cap caps ch chap col dec ed feb fig figs fl inc jan jul jun lit n n.° n.º n° nº no nos núm
    num nums nums op p pág pag págs pags par párr para parr part pp ref reg rés res sec secc sep sept t tit vol vols
""")
_MOST_ENCLOSED = 400
_NO_EVIDENCE = (BlockKind.FURNITURE, BlockKind.CONTENTS)


def split_sentences(document: Document) -> tuple[Sentence, ...]:
    """Return the sentences of `document` in reading order.

    Headings and table rows are sentences of their own; a list item is one or several. A sentence that page furniture
    cuts has one span on either side of it. Furniture and tables of contents hold no sentence.
    """
    found: list[Sentence] = []
    for blocks in _runs(document.blocks):
        found += _split_run(document.text, blocks)
    return tuple(found)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of every sentence of a paragraph, blanks between them left out."""
    starts = [0, *(m.end("blank") for m in _BOUNDARY.finditer(text) if _is_end(text, m))]
    ends = [*starts[1:], len(text)]
    trimmed = (_trim(text, start, end) for start, end in zip(starts, ends, strict=True))
    return [(start, end) for start, end in trimmed if start < end]


def _runs(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Yield each block together with those that go on with its last sentence."""
    run: list[Block] = []
    for block in blocks:
        if block.kind in _NO_EVIDENCE:
            continue
        if run and not block.continues:
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def _split_run(text: str, blocks: list[Block]) -> list[Sentence]:
    kind = blocks[0].kind
    if kind in (BlockKind.HEADING, BlockKind.TABLE_ROW):
        return [Sentence(tuple((block.start, block.end) for block in blocks), kind)]
    joined = " ".join(text[block.start : block.end] for block in blocks)
    return [Sentence(_map_back(span, blocks), kind) for span in sentence_spans(joined)]


def _map_back(span: tuple[int, int], blocks: list[Block]) -> tuple[tuple[int, int], ...]:
    """Turn a span of the joined blocks into spans of the canonical text."""
    pieces: list[tuple[int, int]] = []
    offset = 0
    for block in blocks:
        length = block.end - block.start
        start, end = max(span[0] - offset, 0), min(span[1] - offset, length)
        if start < end:
            pieces.append((block.start + start, block.start + end))
        offset += length + 1
    return tuple(pieces)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _is_end(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() :].lstrip("\"'“‘«([¿¡—–- ")
    if not following or following[0].islower():
        return False
    if _is_enclosed(text, match.start()):
        return False
    return text[match.start()] != "." or not _is_abbreviation(text[: match.start()], following)


def _is_abbreviation(before: str, following: str) -> bool:
    """Say whether the full stop after `before` belongs to its last word."""
    word = _LAST_WORD.search(before[-40:])
    if word is None:
        return False
    if _ENUMERATOR.search(f"{before[-12:]}."):
        return True
    if _INITIALS.fullmatch(f"{word.group()}."):
        return word.group().islower() or not _starts_sentence(following) or len(word.group()) == 1
    shortened = word.group().casefold()
    if shortened in _BEFORE_A_NUMBER and re.match(r"\d|[IVXLC]+\b", following):
        return True
    return shortened in _ABBREVIATIONS and not (shortened == "etc" and _starts_sentence(following))


def _starts_sentence(following: str) -> bool:
    first = re.split(r"\W", following, maxsplit=1)[0].casefold()
    return any(first in words or fold(first) in words for words in STOPWORDS.values())


def _is_enclosed(text: str, position: int) -> bool:
    """Say whether a bracket opened before `position` closes soon after it."""
    before = text[max(0, position - _MOST_ENCLOSED) : position]
    depth = 0
    for character in reversed(before):
        depth += (character == ")") - (character == "(")
        if depth < 0:
            break
    if depth >= 0:
        return False
    after = text[position : position + _MOST_ENCLOSED]
    closing, opening = after.find(")"), after.find("(")
    return closing > 0 and not (0 <= opening < closing)
