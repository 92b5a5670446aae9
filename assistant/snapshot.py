"""The generation being served, opened once and reopened when ingestion publishes another."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from assistant.answers import IndexStamp
from assistant.glossary import Glossary
from assistant.registers import Registers
from assistant.retrieval import Retriever
from ingest.catalogue import Catalogue
from ingest.documents import Kind
from ingest.errors import IndexUnavailable
from ingest.generations import Generation, IndexHome
from ingest.identifiers import find_years
from ingest.ingestion import index_identity
from ingest.models.embedder import Embedder

GRACE_SECONDS = 120.0  # longer than any answer takes


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One generation opened for reading; an answer uses the same one from beginning to end.

    Args:
        generation: its id.
        catalogue: its documents.
        retriever: finds their passages.
        registers: its decisions, meetings and activities.
        stamp: what an answer says of it.
        glossary: words of four languages.
        close: lets go of it.
    """

    generation: str
    catalogue: Catalogue
    retriever: Retriever
    registers: Registers
    stamp: IndexStamp
    glossary: Glossary
    close: Callable[[], None] = field(default=lambda: None, compare=False)

    @property
    def common_words(self) -> frozenset[str]:
        """Folded words that are no names of persons."""
        return self.catalogue.common_words

    def dated_documents(self, year: int) -> frozenset[str]:
        """Return ids of the documents dated in a year."""
        cards = self.catalogue.cards.values()
        return frozenset(card.id for card in cards if (card.metadata.date or "").startswith(str(year)))

    def programme_documents(self, year: int) -> frozenset[str]:
        """Return ids of the work programmes of a year."""
        return frozenset(
            card.id
            for card in self.catalogue.cards.values()
            if card.metadata.kind is Kind.WORK_PROGRAMME and year in find_years(card.metadata.title)
        )


class SnapshotKeeper:
    """Hands out the current snapshot and reopens when the pointer has moved.

    Attributes:
        embedder: the model that questions are embedded with; safe to use from several threads.
    """

    def __init__(self, home: IndexHome, embedder: Embedder, glossary: Glossary) -> None:
        self.embedder = embedder
        self._home = home
        self._glossary = glossary
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._retired: deque[tuple[float, Snapshot]] = deque()

    def current(self) -> Snapshot:
        """Return the snapshot of the generation that the pointer names.

        Raises:
            IndexUnavailable: if there is no index, or it was made with another model or splitter.
        """
        with self._lock:
            if self._snapshot is None or self._snapshot.generation != self._home.current_id():
                opened = open_snapshot(self._home.require_current(), self.embedder, self._glossary)
                self._retire(self._snapshot)
                self._snapshot = opened
            return self._snapshot

    def _retire(self, snapshot: Snapshot | None) -> None:
        """Close the generations put aside long enough ago that no answer still reads them; put `snapshot` aside."""
        now = monotonic()
        while self._retired and now - self._retired[0][0] > GRACE_SECONDS:
            self._retired.popleft()[1].close()
        if snapshot is not None:
            self._retired.append((now, snapshot))


def open_snapshot(generation: Generation, embedder: Embedder, glossary: Glossary) -> Snapshot:
    """Open a generation for reading.

    Raises:
        IndexUnavailable: if it is damaged, or was made with another model or splitter.
    """
    from ingest.vector_index import ChromaPassageIndex

    catalogue = Catalogue(generation.catalogue)
    expected = index_identity(embedder)
    if catalogue.identity != expected:
        differing = ", ".join(k for k in expected if catalogue.identity.get(k) != expected[k])
        raise IndexUnavailable(
            f"The index {generation.id} was made with another {differing}.", next_step="Run `sela ingest` to renew it."
        )
    index = ChromaPassageIndex(generation.chroma)
    retriever = Retriever(catalogue, index, embedder, glossary)
    stamp = IndexStamp(generation.id, catalogue.passage_count, embedder.fingerprint)
    registers = Registers(
        catalogue, translate=lambda text, language: glossary.gloss(text, source=language, target="en")
    )

    def close() -> None:
        index.close()
        catalogue.close()

    return Snapshot(generation.id, catalogue, retriever, registers, stamp, glossary, close)
