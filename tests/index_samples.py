"""Makes small folders and indexes for the tests of ingestion and of the command line."""

from pathlib import Path

from ingest.catalogue import Catalogue
from ingest.generations import IndexHome
from ingest.ingestion import IngestionReport, ingest_folder
from ingest.models.embedder import HashingEmbedder

HARBOURS = """# Report on the harbours

## Cranes

The harbour of Valparaíso has four cranes, and the harbour of Callao has nine of them.

## Ships

In March 2031 the ships of the region carried wheat, copper and bananas to other continents.
"""
BOATS = """# Nota sobre los barcos

Los barcos de pesca de la región salen al mar en abril y vuelven a puerto en septiembre de cada año.
"""


def small_folder(parent: Path) -> Path:
    """Make a folder with two documents."""
    folder = parent / "documents"
    folder.mkdir()
    (folder / "harbours.md").write_text(HARBOURS, encoding="utf-8")
    (folder / "barcos.md").write_text(BOATS, encoding="utf-8")
    return folder


def ingest(folder: Path, home: IndexHome) -> IngestionReport:
    """Ingest with the embedder that needs no model."""
    return ingest_folder(folder, home, HashingEmbedder())


def open_current(home: IndexHome) -> Catalogue:
    """Open the catalogue being served."""
    return Catalogue(home.require_current().catalogue)
