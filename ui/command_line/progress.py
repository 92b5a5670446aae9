"""Shows on a terminal how far an ingestion has come, on standard error."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.ingestion import OnProgress, Progress

_WORDS = {"reading": "Reading", "embedding": "Embedding", "publishing": "Publishing"}


@contextmanager
def shown_progress() -> Iterator[OnProgress]:
    """Give a callback that draws a bar while the ingestion runs, or nothing where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description:<11}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[file]}"),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {stage: bars.add_task(word, total=None, visible=False, file="") for stage, word in _WORDS.items()}

        def show(progress: Progress) -> None:
            bars.update(
                tasks[progress.stage],
                completed=progress.done,
                total=progress.total,
                file=progress.file,
                visible=True,
            )

        yield show
