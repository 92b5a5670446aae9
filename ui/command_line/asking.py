"""`sela ask` and `sela search`: an answer, or only the passages."""

import sqlite3
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer  # noqa: TID251

from ui.command_line.answer_text import answer_text, evidence_text
from ui.command_line.options import Data, Json, KindOf, Language, Named, WrittenIn, Year
from ui.command_line.output import ink_of_output, print_json

if TYPE_CHECKING:
    from assistant.answers import Answer, Question
    from assistant.settings import Settings
    from ingest.catalogue import DocumentFilter

STANDARD_INPUT = "-"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("ask")(ask)
    app.command("search")(search)


def ask(  # noqa: PLR0913, one parameter for each option
    question: Annotated[str, typer.Argument(help="What you want to know; - reads it from standard input.")],
    *,
    history: Annotated[
        list[str] | None, typer.Option("--history", help="An earlier question, the oldest first. Repeatable.")
    ] = None,
    language: Annotated[
        Language | None, typer.Option("--language", help="Language of the answer; that of the question if not given.")
    ] = None,
    year: Year = None,
    kind: KindOf = None,
    document: Named = None,
    document_language: WrittenIn = None,
    data: Data = None,
    json: Json = False,
) -> int:
    """Answer QUESTION with checked citations."""
    from assistant.answers import Question, Turn, answer_to_json
    from assistant.assembly import build_assistant
    from assistant.settings import load_settings

    settings = load_settings(data=data)
    asked = Question(
        text=_words(question),
        history=tuple(Turn(earlier) for earlier in history or ()),
        narrowing=_narrowing(year, kind, document, document_language),
        language=language.value if language else None,
    )
    answer = build_assistant(settings).ask(asked)
    _keep(answer, asked, settings)
    if json:
        print_json(answer_to_json(answer))
    else:
        print(answer_text(answer, ink_of_output()))
    return 0


def search(  # noqa: PLR0913, one parameter for each option
    query: Annotated[str, typer.Argument(help="What you look for; - reads it from standard input.")],
    *,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="Most passages shown.")] = 5,
    year: Year = None,
    kind: KindOf = None,
    document: Named = None,
    document_language: WrittenIn = None,
    data: Data = None,
    json: Json = False,
) -> int:
    """Show the passages nearest to QUERY."""
    from assistant.assembly import build_assistant
    from assistant.settings import load_settings

    assistant = build_assistant(load_settings(data=data))
    narrowing = _narrowing(year, kind, document, document_language)
    found = assistant.search(_words(query), narrowing=narrowing, limit=limit)
    if json:
        print_json({"query": _words(query), "passages": [asdict(item) for item in found]})
    else:
        print(evidence_text(found, ink_of_output()))
    return 0


def _words(argument: str) -> str:
    return sys.stdin.read().strip() if argument == STANDARD_INPUT else argument


def _narrowing(years: Year, kinds: KindOf, documents: Named, languages: WrittenIn) -> "DocumentFilter":
    from ingest.catalogue import DocumentFilter

    return DocumentFilter(
        years=frozenset(years or ()),
        kinds=frozenset(kind.value for kind in kinds or ()),
        languages=frozenset(language.value for language in languages or ()),
        documents=frozenset(documents or ()),
    )


def _keep(answer: "Answer", asked: "Question", settings: "Settings") -> None:
    from assistant.answer_store import AnswerStore
    from ui.questions import question_to_json

    try:
        AnswerStore(settings.data / "answers.sqlite").save(
            answer, asked=question_to_json(asked), settings=settings.model_dump(mode="json")
        )
    except (sqlite3.Error, OSError) as error:
        print(f"sela: The answer was not stored ({error}). Free some disk space in {settings.data}.", file=sys.stderr)
