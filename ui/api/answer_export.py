"""Answers with footnotes, to be pasted into a note: Markdown here, and what the Word form shares with it."""

import re
from collections.abc import Callable, Sequence

from assistant.answers import Answer, Citation

MARKDOWN = "text/markdown; charset=utf-8"
_SPECIAL = "\\`*_{}<>#|[]"
_MARKER = re.compile(r"\[(\d+)\]")


def answer_markdown(answer: Answer, created: str) -> str:
    """Return question, answer, notes and footnotes as Markdown."""
    return answers_markdown([(answer, created)])


def answers_markdown(given: Sequence[tuple[Answer, str]]) -> str:
    """Return answers, each with when it was given, as one Markdown text; its footnotes are numbered through."""
    parts: list[str] = []
    footnotes: list[str] = []
    for answer, created in given:
        offset = len(footnotes)
        parts += [f"# {_plain(answer.question)}", _lines(answer, offset), f"*{provenance(answer, created)}*"]
        footnotes += [_footnote(citation, offset) for citation in answer.citations]
    return "\n\n".join(part for part in (*parts, *footnotes) if part) + "\n"


def reference(citation: Citation) -> str:
    """Return title, symbol, kind, status, date, section and page of what is cited."""
    document = citation.document
    standing = ", ".join(filter(None, (document.kind.replace("_", " "), document.status, document.date)))
    named = ", ".join(filter(None, (document.title, document.symbol)))
    return "; ".join(filter(None, (f"{named} ({standing})", " › ".join(citation.section), page_of(citation))))


def footnote(citation: Citation) -> str:
    """Return what a footnote says: where the words stand, and the words."""
    return f"{reference(citation)}: “{' '.join(citation.quote.split())}”"


def page_of(citation: Citation) -> str:
    """Return printed page and page of the file in words, "" where there are none."""
    printed = f"p. {citation.page_label}" if citation.page_label else ""
    file = f"page {citation.page} of the file" if citation.page else ""
    return ", ".join(filter(None, (printed, file)))


def provenance(answer: Answer, created: str) -> str:
    """Return the words that let a reader find the answer again."""
    return f"{answer.id}, {created}, index {answer.index.generation}, {answer.outcome.replace('_', ' ')}"


def pieces(line: str, numbers: Sequence[int]) -> list[str | int]:
    """Return a line of an answer as its words and, between them, the numbers of citations."""
    found: list[str | int] = []
    done = 0
    for marker in _MARKER.finditer(line):
        if int(marker[1]) in numbers:
            found += [line[done : marker.start()].rstrip(" "), int(marker[1])]
            done = marker.end()
    return [piece for piece in (*found, line[done:]) if piece != ""]


def _lines(answer: Answer, offset: int) -> str:
    numbers = [citation.number for citation in answer.citations]
    shown: Callable[[str | int], str] = lambda p: f"[^{p + offset}]" if isinstance(p, int) else _escaped(p)  # noqa: E731
    return "\n\n".join("".join(map(shown, pieces(line, numbers))) for line in answer.text.splitlines() if line.strip())


def _footnote(citation: Citation, offset: int) -> str:
    return f"[^{citation.number + offset}]: {_plain(footnote(citation))}"


def _plain(text: str) -> str:
    return _escaped(" ".join(text.split()))


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in _SPECIAL else c for c in text)
