"""`sela documents`: what is in the index, and what is not and why."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer  # noqa: TID251

from ui.command_line.options import Data, Json
from ui.command_line.output import ink_of_output, print_json, print_table

if TYPE_CHECKING:
    from ingest.catalogue import Catalogue, DocumentCard


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("documents")(documents)


def documents(*, data: Data = None, json: Json = False) -> int:
    """List the documents, and what could not be read."""
    from assistant.settings import load_settings
    from ingest.catalogue import Catalogue
    from ingest.generations import IndexHome

    generation = IndexHome(load_settings(data=data).data).require_current()
    catalogue = Catalogue(generation.catalogue)
    if json:
        print_json({"generation": generation.id, **_register(catalogue)})
    else:
        _show(catalogue)
    catalogue.close()
    return 0


def _register(catalogue: "Catalogue") -> dict[str, Any]:
    return {
        "documents": [_card(card, catalogue) for card in catalogue.cards.values()],
        "rejected": [asdict(rejection) for rejection in catalogue.rejections],
    }


def _card(card: "DocumentCard", catalogue: "Catalogue") -> dict[str, Any]:
    return {
        "id": card.id,
        "file": card.file,
        "format": card.format,
        **asdict(card.metadata),
        "pages": card.page_count or None,
        "pages_without_text": list(card.pages_without_text),
        "passages": len(catalogue.passages_of(card.id)),
    }


def _show(catalogue: "Catalogue") -> None:
    ink = ink_of_output()
    head = ("DATE", "LANGUAGE", "KIND", "STATUS", "SYMBOL", "FILE", "TITLE")
    rows = [
        (
            card.metadata.date or "–", card.metadata.language, card.metadata.kind.replace("_", " "),
            card.metadata.status.value, card.metadata.symbol or "–", card.file, card.metadata.title,
        )
        for card in catalogue.cards.values()
    ]  # fmt: skip
    print_table([head, *rows], ink)
    for card in catalogue.cards.values():
        if card.pages_without_text:
            pages = ", ".join(map(str, card.pages_without_text))
            print(f"{card.file}: pages {pages} hold no text and need OCR.")
    if catalogue.rejections:
        print(f"\n{ink.strong('Not read')}")
    for rejection in catalogue.rejections:
        print(f"{rejection.file}: {rejection.reason}")
