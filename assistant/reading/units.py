"""The sentences, list items and table rows that may answer, each with the words that give it its sense."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.retrieval import Candidate
from ingest.catalogue import Catalogue
from ingest.documents import Block, BlockKind, Document, Passage, Sentence
from ingest.sentences import sentence_spans

_PRONOUN = (
    r"th(?:is|ese|ose|ey|eir|e (?:event|meeting|project|activity|same|latter))|it|its|he|she|est[aeo]s?|es[aeo]s?"
    r"|ell[oa]s?|dich[oa]s?|ess[ae]s?|el[ae]s?|isso|isto|ce(?:tte|s|t)?|cela|ils?|elles?|celui-ci|celle-ci"
)
_CONNECTIVE = r"only|both|such|among them|also|in addition|ademas|además|també[mn]|além disso|en outre"
_SPEAKS_OF_IT = re.compile(rf"\W*(?:{_PRONOUN})\b", re.IGNORECASE)
_POINTS_BACK = re.compile(rf"\W*(?:{_PRONOUN}|{_CONNECTIVE})\b", re.IGNORECASE)
_LEAST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, list item or table row as it may be quoted.

    Args:
        document_id: the document.
        title: of the document.
        work: the work that the document is a version of, None if it stands for itself.
        passage: the passage it stands in.
        spans: (start, end) pairs in the canonical text, more than one only across a page break.
        text: its words.
        context: title, nearest heading and lead-in: read together with it, never quoted for it.
        kind: of the block it stands in.
        similarity: of its passage to the question.
        year: of its document; None if that has no date.
        lead: the part of the context that opens its list or table, or says what its pronoun means; "" if there is none.
    """

    document_id: str
    title: str
    work: str | None
    passage: Passage
    spans: tuple[tuple[int, int], ...]
    text: str
    context: str
    kind: BlockKind
    similarity: float
    year: int | None = None
    lead: str = ""

    @property
    def start(self) -> int:
        """First character in the canonical text."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """One past the last character in the canonical text."""
        return self.spans[-1][1]


def units_of(candidates: Iterable[Candidate], catalogue: Catalogue) -> list[Unit]:
    """Return every unit of the candidate passages, in the order of the candidates."""
    return [unit for candidate in candidates for unit in _units(candidate, catalogue)]


def _units(candidate: Candidate, catalogue: Catalogue) -> list[Unit]:
    passage = candidate.passage
    document = catalogue.document(passage.document_id)
    sentences = [s for s in catalogue.sentences(passage.id) if s.kind is not BlockKind.HEADING]
    leads = [_lead_in(document, sentence) or _referent(document, sentences, i) for i, sentence in enumerate(sentences)]
    return [
        Unit(
            document_id=document.id,
            title=document.metadata.title,
            work=document.metadata.work,
            passage=passage,
            spans=sentence.spans,
            text=sentence.text(document.text),
            context=_context(document, passage, lead),
            kind=sentence.kind,
            similarity=candidate.similarity,
            year=int(document.metadata.date[:4]) if document.metadata.date else None,
            lead=lead,
        )
        for index, (sentence, lead) in enumerate(zip(sentences, leads, strict=True))
        if _says_something(document, sentences, index)
    ]


def _context(document: Document, passage: Passage, lead: str) -> str:
    named = dict.fromkeys(part.rstrip(".:") for part in (document.metadata.title, *passage.path[-2:], lead) if part)
    return ". ".join(named)


def _lead_in(document: Document, sentence: Sentence) -> str:
    """Return the sentence that opens the list, or the header of the table, in which a unit stands."""
    blocks, kind = document.blocks, sentence.kind
    if kind not in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW):
        return ""
    here = bisect_right(blocks, sentence.spans[0][0], key=lambda block: block.start) - 1
    first, before = here, _block_before(blocks, here)
    while before is not None and blocks[before].kind is kind and blocks[before].level >= blocks[here].level:
        first, before = before, _block_before(blocks, before)
    if kind is BlockKind.TABLE_ROW:
        return document.text[blocks[first].start : blocks[first].end] if first != here else ""
    if before is None or blocks[before].kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return ""
    text = document.text[blocks[before].start : blocks[before].end]
    start, end = sentence_spans(text)[-1]
    return text[start:end]


def _block_before(blocks: Sequence[Block], index: int) -> int | None:
    """Return the index of the last block before another that is no running head or page number."""
    return next((i for i in range(index - 1, -1, -1) if blocks[i].kind is not BlockKind.FURNITURE), None)


def _referent(document: Document, sentences: Sequence[Sentence], index: int) -> str:
    """Return the sentence before one that begins by pointing back to it ("Also", "This meeting")."""
    if index == 0 or not _POINTS_BACK.match(sentences[index].text(document.text)):
        return ""
    return sentences[index - 1].text(document.text)


def referent(document: Document, sentences: Sequence[Sentence], index: int) -> Sentence | None:
    """Return the sentence that says what another speaks of, where that begins with a pronoun or "This meeting".

    Args:
        document: what they stand in.
        sentences: of one passage, in order.
        index: of the sentence that may leave out what it speaks of.
    """
    start = _SPEAKS_OF_IT.match(sentences[index].text(document.text))
    is_acronym = start is not None and len(start[0].strip()) > 1 and start[0].isupper()
    return sentences[index - 1] if index and start and not is_acronym else None


def _says_something(document: Document, sentences: Sequence[Sentence], index: int) -> bool:
    """Tell whether a unit is more than a scrap or the header of a table."""
    text = sentences[index].text(document.text)
    if sentences[index].kind is BlockKind.TABLE_ROW:
        is_first = index == 0 or sentences[index - 1].kind is not BlockKind.TABLE_ROW
        is_last = index + 1 == len(sentences) or sentences[index + 1].kind is not BlockKind.TABLE_ROW
        return is_last or not is_first or any(c.isdigit() for c in text)
    return len(text.split()) >= _LEAST_WORDS or any(c.isdigit() for c in text)
