"""Document symbols: unknown ones with the nearest on record, the document of a symbol, the symbol of a document."""

from assistant.answers import NoteKind, Outcome
from assistant.drafts import Draft, DraftNote
from assistant.from_registers.asking import Asking
from assistant.from_registers.quoting import quotation
from assistant.gate import DraftStatement, Quotation
from assistant.understanding.asked import Asked
from ingest.documents import Document
from ingest.identifiers import find_symbols, normal_symbol

_OF_THE_DOCUMENT = frozenset({Asked.DEFINITION, Asked.LIST, Asked.MENTIONS, Asked.NAME, Asked.SYMBOL})


def unknown_symbols(asking: Asking) -> Draft | None:
    """Refuse a question about documents of which none is held, and offer the symbols most like theirs."""
    notes = unknown_symbol_notes(asking)
    if not notes or len(notes) < len(asking.understood.symbols):
        return None
    return Draft(Outcome.NO_EVIDENCE, notes=notes)


def unknown_symbol_notes(asking: Asking) -> tuple[DraftNote, ...]:
    """Return a note for each symbol asked about that no document bears or mentions."""
    unknown = [s.symbol for s in asking.understood.symbols if not _is_mentioned(s.normal, asking)]
    return tuple(DraftNote(NoteKind.UNKNOWN_IDENTIFIER, _unknown_symbol(symbol, asking)) for symbol in unknown)


def document_of_symbol(asking: Asking) -> Draft | None:
    """Answer "which document is SP/…?" with the words of that document that bear its symbol and its title."""
    understood = asking.understood
    if not understood.symbols or understood.asked - _OF_THE_DOCUMENT:
        return None
    statements = [
        DraftStatement("", quotations, shown=len(quotations))
        for symbol in understood.symbols
        for document in _bearing(symbol.normal, asking)[:1]
        if (quotations := (*_title(document), *_own_symbol(document)))
    ]
    return Draft(Outcome.ANSWERED, tuple(statements)) if statements else None


def symbol_of_document(asking: Asking) -> Draft | None:
    """Answer "what is the symbol of the 2019 programme?" with the words of the document that state it."""
    understood = asking.understood
    if Asked.SYMBOL not in understood.asked or len(understood.programmes) != 1:
        return None
    snapshot = asking.snapshot
    for identifier in sorted(snapshot.programme_documents(understood.programmes[0]) & asking.documents):
        quoted = _own_symbol(snapshot.catalogue.document(identifier))
        if quoted:
            return Draft(Outcome.ANSWERED, (DraftStatement("", quoted),))
    return None


def _unknown_symbol(symbol: str, asking: Asking) -> str:
    nearest = asking.registers.nearest_symbols(symbol)
    key = "note.nearest_symbol" if nearest else "note.unknown_symbol"
    return asking.say(key, symbol=symbol, nearest="; ".join(nearest))


def _is_mentioned(normal: str, asking: Asking) -> bool:
    catalogue = asking.snapshot.catalogue
    return any(normal == found.normal for i in asking.documents for found in find_symbols(catalogue.document(i).text))


def _bearing(normal: str, asking: Asking) -> list[Document]:
    """Return the documents that bear a symbol, those in the language of the question first."""
    cards = asking.snapshot.catalogue.cards.values()
    bearing = [c for c in cards if c.id in asking.documents and normal_symbol(c.metadata.symbol or "") == normal]
    bearing.sort(key=lambda card: card.metadata.language != asking.understood.language)
    return [asking.snapshot.catalogue.document(card.id) for card in bearing]


def _own_symbol(document: Document) -> tuple[Quotation, ...]:
    own = normal_symbol(document.metadata.symbol or "")
    for found in find_symbols(document.text):
        if found.normal == own:
            block = next(b for b in document.blocks if b.start <= found.start < b.end)
            return (quotation(document, block.start, min(block.end, found.end)),)
    return ()


def _title(document: Document) -> tuple[Quotation, ...]:
    """Return the title of a document where it stands in it word for word."""
    start = document.text.find(document.metadata.title)
    return (quotation(document, start, start + len(document.metadata.title)),) if start >= 0 else ()
