"""What a lying model says in four languages, and how to tell whether a reader would see anything false."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripted_model_server import Play, Prompt, Script

from assistant.answers import Answer
from ingest.identifiers import find_numbers
from ingest.normalisation import fold

LANGUAGES = ("en", "es", "pt", "fr")
FOLDER = Path(__file__).with_name("model_lies")
_MARKER = re.compile(r"\[(\d+)\]")
_QUOTED = re.compile(r"“[^”]*”")


@dataclass(frozen=True, slots=True)
class Lie:
    """One thing that a model says and that is false, in part or altogether.

    Args:
        name: what kind of lie.
        language: of question and lie.
        question: what is asked.
        says: the model's words, with <name> for the marker of a passage.
        false: what no reader may see unless a quotation cited for it holds it.
    """

    name: str
    language: str
    question: str
    says: str
    false: tuple[str, ...]

    def script(self) -> Script:
        """Return the script of a model that tells the lie."""
        passages = held(self.language)["passages"]
        return lambda prompt: Play(with_markers(self.says, passages, prompt))


def held(language: str) -> dict[str, Any]:
    """Return document, questions, truths and lies of a language."""
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def lies(table: str = "lies") -> Iterator[Lie]:
    """Give every lie of one table in every language: "lies", or "subtle" ones made of the document's own words."""
    for language in LANGUAGES:
        data = held(language)
        for name, (topic, says) in data[table].items():
            false = tuple(re.findall("⟦(.+?)⟧", says))
            yield Lie(name, language, data["questions"][topic], re.sub("[⟦⟧]", "", says), false)


def truths() -> Iterator[Lie]:
    """Give what is true, in every language, in the same form."""
    for language in LANGUAGES:
        data = held(language)
        for topic, says in data["truths"].items():
            yield Lie(topic, language, data["questions"][topic], says, ())


def with_markers(says: str, passages: Mapping[str, str], prompt: Prompt) -> str:
    """Return the words with the markers that the prompt gave to the passages."""
    for name, words in passages.items():
        says = says.replace(f"<{name}>", prompt.marker(words))
    return says


def seen_false(answer: Answer, false: tuple[str, ...]) -> list[str]:
    """Return what of these words a reader sees in the answer without a cited quotation that holds it."""
    found = []
    for words in false:
        text = bare(words)
        for part in (*answer.statements, *answer.notes):
            quotes = " ".join(c.quote for c in answer.citations if c.number in part.citations)
            if text in bare(part.text) and text not in bare(quotes):
                found.append(words)
        whole = " ".join(part.text for part in (*answer.statements, *answer.notes))
        if text in bare(answer.text) and text not in bare(whole):
            found.append(words)
    return found


def faults(answer: Answer, documents: Mapping[str, str]) -> list[str]:
    """Return what is wrong with an answer, whoever wrote it: markers, quotations, numbers and names without backing.

    Args:
        answer: to be checked.
        documents: text by file.
    """
    quotes = {c.number: c.quote for c in answer.citations}
    found = [
        f"not verbatim: {c.quote}" for c in answer.citations if bare(c.quote) not in bare(documents[c.document.file])
    ]
    found += [f"no such marker: [{n}]" for n in _MARKER.findall(unquoted(answer.text)) if int(n) not in quotes]
    for statement in answer.statements:
        backing = " ".join(quotes.get(n, "") for n in statement.citations)
        found += [] if statement.citations else [f"no citation: {statement.text}"]
        found += [f"no backing: {word}" for word in unbacked(statement.text, backing)]
    return found


def unbacked(text: str, backing: str) -> list[str]:
    """Return the numbers of a text, and the names within its sentences, that its quotations do not hold."""
    own = unquoted(_MARKER.sub(" ", text))
    numbers = {n.value for n in find_numbers(backing)} | {n.other_value for n in find_numbers(backing)}
    folded = fold(backing)
    missing = [own[n.start : n.end] for n in find_numbers(own) if not {n.value, n.other_value} & numbers]
    digits = set(re.findall(r"\d+", folded))
    missing += [run for run in re.findall(r"\d+", fold(own)) if run not in digits]
    names = re.findall(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Ý][\w'’-]+", own)
    return missing + [name for name in names if fold(name) not in folded]


def unquoted(text: str) -> str:
    """Return a text without its quotations."""
    return _QUOTED.sub(" ", text)


def bare(text: str) -> str:
    """Return a text for comparison: no white space, case, accents, or characters that cannot be seen."""
    seen = "".join(c for c in text if c.isprintable() or c.isspace())
    return re.sub(r"\s+", "", fold(seen))
