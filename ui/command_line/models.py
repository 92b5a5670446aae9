"""`sela model`: makes the models ready, once, and fetches language models that run on this machine."""

from typing import Annotated

import typer  # noqa: TID251

from ui.command_line.options import Data, Json
from ui.command_line.output import print_json


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(rich_markup_mode=None, help="Make the models ready, once.")
    group.command("prepare")(prepare)
    group.command("fetch")(fetch)
    app.add_typer(group, name="model")


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
    from ingest.models.preparation import prepare_models, prepare_reader, prepare_reranker

    settings = load_settings(data=data, embedding_model=name)
    ready = [] if settings.embedding_model == HASHING else [prepare_models(settings.embedding_model, settings.models)]
    facts = [(model.name, model.folder, model.fingerprint) for model in ready]
    for reading in (prepare_reader(settings.models), prepare_reranker(settings.models)):
        facts.append((reading.name, reading.folder, reading.fingerprint))
    if json:
        print_json([{"name": n, "folder": str(f), "fingerprint": p} for n, f, p in facts])
    else:
        for model, folder, _ in facts:
            print(f"{model} is ready in {folder}")
    return 0


def fetch(
    source: Annotated[str, typer.Argument(help="A GGUF file, a folder, or an installed package that holds one.")],
    *,
    name: Annotated[str, typer.Option(help="Name to store it under; the file's own if not given.")] = "",
    data: Data = None,
    json: Json = False,
) -> int:
    """Store a language model that runs on this machine, with its hash."""
    from assistant.settings import load_settings
    from ingest.models.language_model_files import fetch_language_model

    model = fetch_language_model(source, load_settings(data=data).models, name=name)
    if json:
        print_json({"name": model.name, "file": str(model.path), "sha256": model.sha256})
    else:
        print(f"{model.name} is stored in {model.path.parent} (SHA-256 {model.sha256}).")
        print(f"Set SELA_MODEL=local:{model.name} to let it write answers.")
    return 0
