"""Counts how many of the same lies a reader would see with the gate after the model and without it.

Run it for the table: `python tests/compare_model_gate.py`.
"""

import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from model_assistants import documents, make_index, with_server
from model_misbehaviour import HOSTILE
from model_trials import LANGUAGES, Lie, bare, held, lies, seen_false, truths
from scripted_model_server import Play, Prompt, ScriptedModelServer, scripted_model_server

from assistant.answers import Question
from assistant.assistant import Assistant
from assistant.glossary import Glossary
from ingest.catalogue import DocumentFilter

_MARKER = re.compile(r"\[(\d+)\]")
_ISSUED = re.compile(r"(?m)^=== \w+ passage \[(\d+)\]:")


@dataclass(frozen=True, slots=True)
class Compared:
    """How many lies a reader sees.

    Args:
        lies: told.
        nothing: seen where the model's words are shown as they are.
        markers: seen where a line is shown if it has markers and all were issued, as many assistants do.
        gate: seen behind the gate.
        kept: sentences of the model that the gate let through.
    """

    lies: int
    nothing: int
    markers: int
    gate: int
    kept: int


def asking(text: str, language: str) -> Question:
    """Return a question about the report of one language."""
    return Question(text, narrowing=DocumentFilter(documents=frozenset({f"report-{language}.md"})))


def compare(told: Sequence[Lie], assistant: Assistant, server: ScriptedModelServer) -> Compared:
    """Tell every lie once and count who sees it."""
    nothing = markers = gate = kept = 0
    for lie in told:
        said: list[tuple[Prompt, Play]] = []
        server.script = _noting(lie, said)
        answer = assistant.ask(asking(lie.question, lie.language))
        prompt, play = said[-1]
        nothing += _shows(play.text, lie)
        markers += _shows("\n".join(_with_issued_markers(play.text, prompt)), lie)
        gate += bool(seen_false(answer, lie.false))
        kept += answer.model.kept if answer.model else 0
    return Compared(len(told), nothing, markers, gate, kept)


def _noting(lie: Lie, said: list[tuple[Prompt, Play]]):
    script = lie.script()

    def noting(prompt: Prompt) -> Play:
        said.append((prompt, script(prompt)))
        return said[-1][1]

    return noting


def _shows(text: str, lie: Lie) -> bool:
    shown = bare(_MARKER.sub("", text))
    return any(bare(words) in shown for words in lie.false)


def _with_issued_markers(text: str, prompt: Prompt) -> Iterable[str]:
    issued = set(_ISSUED.findall(prompt.user))
    for line in text.splitlines():
        cited = set(_MARKER.findall(line))
        if cited and cited <= issued:
            yield line


def main() -> None:
    """Print the table."""
    sets = {f"lies, {code}": [lie for lie in lies() if lie.language == code] for code in LANGUAGES}
    sets |= {
        f"the document's own words, {code}": [x for x in lies("subtle") if x.language == code] for code in LANGUAGES
    }
    where = held("en")["questions"]["where"]
    sets["hostile text"] = [Lie(name, "en", where, says, false) for name, (says, false) in HOSTILE.items()]
    sets["true sentences"] = list(truths())
    print(
        "| set | told | shown as said | markers checked | gate | sentences the gate kept |\n|---|---|---|---|---|---|"
    )
    with scripted_model_server() as server, tempfile.TemporaryDirectory() as folder:
        assistant = with_server(make_index(Path(folder), documents()), Glossary.load(), server)
        for name, told in sets.items():
            c = compare(told, assistant, server)
            print(f"| {name} | {c.lies} | {c.nothing} | {c.markers} | {c.gate} | {c.kept} |", flush=True)


if __name__ == "__main__":
    main()
