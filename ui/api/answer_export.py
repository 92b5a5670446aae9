"""An answer with its references, to be pasted into a note: Markdown here, and what the Word form shares with it."""

from assistant.answers import Answer, Citation

MARKDOWN = "text/markdown; charset=utf-8"
_SPECIAL = "\\`*_{}<>#|"


def answer_markdown(answer: Answer, created: str) -> str:
    """Return question, answer, notes and references as Markdown."""
    parts = [f"# {_plain(answer.question)}", _lines(answer.text)]
    if answer.notes:
        parts.append("\n".join(f"- {_plain(note.text)}" for note in answer.notes))
    if answer.citations:
        parts.append("## References")
        parts += [_reference(citation) for citation in answer.citations]
    parts.append(f"*{provenance(answer, created)}*")
    return "\n\n".join(parts) + "\n"


def reference(citation: Citation) -> str:
    """Return title, symbol, kind, status, date, section and page of what is cited."""
    document = citation.document
    standing = ", ".join(filter(None, (document.kind.replace("_", " "), document.status, document.date)))
    named = ", ".join(filter(None, (document.title, document.symbol)))
    return "; ".join(filter(None, (f"{named} ({standing})", " › ".join(citation.section), page_of(citation))))


def page_of(citation: Citation) -> str:
    """Return printed page and page of the file in words, "" where there are none."""
    printed = f"p. {citation.page_label}" if citation.page_label else ""
    file = f"page {citation.page} of the file" if citation.page else ""
    return ", ".join(filter(None, (printed, file)))


def provenance(answer: Answer, created: str) -> str:
    """Return the words that let a reader find the answer again."""
    return f"{answer.id}, {created}, index {answer.index.generation}, {answer.outcome.replace('_', ' ')}"


def _reference(citation: Citation) -> str:
    quote = "\n".join(f"> {_plain(line)}" for line in citation.quote.splitlines() if line.strip())
    return f"**[{citation.number}]** {_plain(reference(citation))}\n\n{quote}"


def _lines(text: str) -> str:
    return "\n".join(_plain(line) for line in text.splitlines())


def _plain(text: str) -> str:
    return "".join(f"\\{c}" if c in _SPECIAL else c for c in " ".join(text.split()))
