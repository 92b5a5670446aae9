"""Makes statements of chosen units: what exactly is quoted, and which quotations run on from one another."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce

from assistant.gate import DraftStatement, Quotation
from assistant.reading.agreement import section_agreement
from assistant.reading.lists import running_list, whole_list, whole_table
from assistant.reading.units import Unit, referent
from assistant.selection import Selection
from assistant.understanding.asked import Asked
from assistant.understanding.question import Understanding
from ingest.catalogue import Catalogue
from ingest.documents import BlockKind, Document

MOST_BEFORE = 40  # words of the sentence that a first one points back to


def statement_of(
    understood: Understanding, selection: Selection, catalogue: Catalogue, *, is_first: bool = False
) -> DraftStatement:
    """Return the statement that quotes a chosen unit, whole lists and tables whole, with its seconds cited.

    Args:
        understood: the question.
        selection: what was chosen.
        catalogue: where its words stand.
        is_first: nothing before it tells what "It" or "This meeting" is, so the sentence that does is quoted with it.
    """
    shown = _quotations(understood, selection.unit, catalogue)
    if is_first and [(q.start, q.end) for q in shown] == list(selection.unit.spans):
        shown = _with_referent(selection.unit, catalogue)
    seconds = [q for second in selection.seconds for q in _quotations(understood, second, catalogue)]
    return DraftStatement("", (*shown, *seconds), shown=len(shown))


def _quotations(understood: Understanding, unit: Unit, catalogue: Catalogue) -> list[Quotation]:
    document = catalogue.document(unit.document_id)
    spans = unit.spans
    if unit.kind is BlockKind.TABLE_ROW:
        spans = whole_table(document, unit) or spans
    elif _wants_the_list(understood, unit):
        sentences = catalogue.sentences(unit.passage.id)
        spans = whole_list(document, unit) or running_list(document, unit, sentences) or spans
    return quotations_at(document, spans)


def _with_referent(unit: Unit, catalogue: Catalogue) -> list[Quotation]:
    """Return what quotes a sentence together with the one before that says whom or what it speaks of."""
    document, sentences = catalogue.document(unit.document_id), catalogue.sentences(unit.passage.id)
    here = next(i for i, sentence in enumerate(sentences) if sentence.spans == unit.spans)
    before = referent(document, sentences, here) if unit.kind is BlockKind.PARAGRAPH else None
    if before is None or before.kind is not unit.kind or len(before.text(document.text).split()) > MOST_BEFORE:
        return quotations_at(document, unit.spans)
    is_run_on = not document.text[before.spans[-1][1] : unit.start].strip()
    if not is_run_on:
        return quotations_at(document, (*before.spans, *unit.spans))
    whole = (before.spans[-1][0], unit.spans[0][1])
    return quotations_at(document, (*before.spans[:-1], whole, *unit.spans[1:]))


def quotations_at(document: Document, spans: Iterable[tuple[int, int]]) -> list[Quotation]:
    """Return what stands at some places of a document, each ready for the gate."""
    return [Quotation(document.id, start, end, document.text[start:end]) for start, end in spans]


def _wants_the_list(understood: Understanding, unit: Unit) -> bool:
    """Tell whether the list around a unit is asked for: as a list or mandate, by its heading, or by what opens it."""
    is_named = unit.kind is BlockKind.LIST_ITEM and section_agreement(understood, unit) > 0
    is_of_mandate = unit.kind is BlockKind.LIST_ITEM and Asked.MANDATE in understood.asked
    return is_named or is_of_mandate or Asked.LIST in understood.asked or unit.text.rstrip().endswith(":")


def without_repeats(statements: Sequence[DraftStatement]) -> list[DraftStatement]:
    """Return the statements without those whose words another quotes too: two rows of one table, an item and its list.

    The longer quotation stands where the first of its parts stood.
    """
    kept: list[DraftStatement] = []
    for statement in statements:
        whole = next((index for index, other in enumerate(kept) if _lies_within(statement, other)), None)
        if whole is not None:
            kept[whole] = _citing_also(kept[whole], statement)
            continue
        parts = [other for other in kept if _lies_within(other, statement)]
        place = kept.index(parts[0]) if parts else len(kept)
        kept = [other for other in kept if other not in parts]
        kept.insert(place, reduce(_citing_also, parts, statement))
    return kept


def _lies_within(one: DraftStatement, other: DraftStatement) -> bool:
    """Tell whether all that a statement quotes stands within what another quotes under the same words."""
    inner, outer = one.quotations[: one.shown], other.quotations[: other.shown]
    return (
        one.words == other.words
        and bool(inner)
        and all(
            any(o.document_id == q.document_id and o.start <= q.start and q.end <= o.end for o in outer) for q in inner
        )
    )


def _citing_also(statement: DraftStatement, dropped: DraftStatement) -> DraftStatement:
    """Return a statement that also cites what one dropped for it cites beside what it shows."""
    new = tuple(q for q in dropped.quotations[dropped.shown :] if q not in statement.quotations)
    return replace(statement, quotations=(*statement.quotations, *new))


def joined(statements: Sequence[DraftStatement], catalogue: Catalogue) -> list[DraftStatement]:
    """Return the statements with those made one that quote sentences running on from one another, or the same rows."""
    done: list[DraftStatement] = []
    for statement in statements:
        place, whole = len(done), statement
        while (index := next((i for i, o in enumerate(done) if _touch(o, whole, catalogue)), None)) is not None:
            whole = _join(*_in_order(done.pop(index), whole), catalogue)
            place = min(place, index)
        done.insert(place, whole)
    return done


def _in_order(one: DraftStatement, other: DraftStatement) -> tuple[DraftStatement, DraftStatement]:
    first, second = sorted((one, other), key=lambda s: s.quotations[0].start)
    return first, second


def _touch(one: DraftStatement, other: DraftStatement, catalogue: Catalogue) -> bool:
    """Tell whether two statements quote one run of words between them."""
    return bool(one.quotations and other.quotations) and _runs_on(*_in_order(one, other), catalogue)


def _runs_on(one: DraftStatement, other: DraftStatement, catalogue: Catalogue) -> bool:
    """Tell whether a statement's quotation begins within the other or where it ends, only white space between."""
    if one.words != other.words or one.shown != 1 or other.shown != 1:
        return False
    end, start = one.quotations[0], other.quotations[0]
    between = catalogue.document(end.document_id).text[end.end : start.start]
    return end.document_id == start.document_id and not between.strip()


def _join(one: DraftStatement, other: DraftStatement, catalogue: Catalogue) -> DraftStatement:
    first, last = one.quotations[0], other.quotations[0]
    place = (first.start, max(first.end, last.end))
    (whole,) = quotations_at(catalogue.document(first.document_id), (place,))
    return replace(one, quotations=(whole, *one.quotations[1:], *other.quotations[1:]))
