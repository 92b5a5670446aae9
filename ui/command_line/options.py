"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer  # noqa: TID251

from ingest.documents import Kind


class Language(StrEnum):
    """A language of the documents and of the questions."""

    ENGLISH = "en"
    SPANISH = "es"
    PORTUGUESE = "pt"
    FRENCH = "fr"


Data: TypeAlias = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Index home; SELA_DATA or ./data if not given.", show_default=False),
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Year: TypeAlias = Annotated[list[int] | None, typer.Option("--year", help="Only documents of this year. Repeatable.")]
KindOf: TypeAlias = Annotated[
    list[Kind] | None, typer.Option("--kind", help="Only documents of this kind. Repeatable.")
]
Named: TypeAlias = Annotated[
    list[str] | None, typer.Option("--document", help="Only this document, by id or file. Repeatable.")
]
WrittenIn: TypeAlias = Annotated[
    list[Language] | None, typer.Option("--document-language", help="Only documents in this language. Repeatable.")
]
