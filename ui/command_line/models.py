"""`sela model prepare`: makes the models ready, once."""

from typing import Annotated

import typer  # noqa: TID251

from ui.command_line.options import Data, Json
from ui.command_line.output import print_json


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(rich_markup_mode=None, help="Make the models ready, once.")
    group.callback()(_group)
    group.command("prepare")(prepare)
    app.add_typer(group, name="model")


def _group() -> None:
    """Hold the commands together even while there is only one."""


def prepare(
    name: Annotated[
        str | None, typer.Argument(help="A sentence-transformers name or folder; that of the settings if not given.")
    ] = None,
    *,
    data: Data = None,
    json: Json = False,
) -> int:
    """Prepare the models; what is ready is left alone."""
    from assistant.settings import load_settings
    from ingest.models.loading import HASHING
    from ingest.models.preparation import prepare_models, prepare_reranker

    settings = load_settings(data=data, embedding_model=name)
    ready = [] if settings.embedding_model == HASHING else [prepare_models(settings.embedding_model, settings.models)]
    reranker = prepare_reranker(settings.models)
    facts = [(model.name, model.folder, model.fingerprint) for model in ready]
    facts.append((reranker.name, reranker.folder, reranker.fingerprint))
    if json:
        print_json([{"name": n, "folder": str(f), "fingerprint": p} for n, f, p in facts])
    else:
        for model, folder, _ in facts:
            print(f"{model} is ready in {folder}")
    return 0
