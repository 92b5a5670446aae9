"""An answer taken apart for showing: words, and between them the numbers of citations that can be clicked."""

import re
from collections.abc import Collection, Iterator
from typing import TypedDict

from assistant.answers import Answer, NoteKind
from assistant.rendering import text_of

_MARKER = re.compile(r"\[(\d+)\]")


class Part(TypedDict):
    """Words, or the number of a citation; the other of the two is empty."""

    words: str
    number: int


class Paragraph(TypedDict):
    """A statement, a note or a remark.

    Args:
        kind: "statement", "remark" or the kind of a note.
        parts: in order.
    """

    kind: str
    parts: list[Part]


def paragraphs(answer: Answer) -> list[Paragraph]:
    """Return everything that an answer says, in the order of its text."""
    said = [Paragraph(kind="statement", parts=parts(s.text, s.citations)) for s in answer.statements]
    for note in answer.notes:
        numbers = "".join(f" [{number}]" for number in note.citations)
        said.append(Paragraph(kind=note.kind.value, parts=parts(note.text + numbers, note.citations)))
    remark = remark_of(answer)
    return [*said, Paragraph(kind="remark", parts=[_words(remark)])] if remark else said


def remark_of(answer: Answer) -> str:
    """Return what an answer's text says after its statements and notes."""
    return answer.text.removeprefix(text_of(answer.statements, answer.notes, "")).strip()


def parts(text: str, numbers: Collection[int]) -> list[Part]:
    """Return a text with the markers of citations taken out of its words."""
    return list(_parts(text, numbers))


def _parts(text: str, numbers: Collection[int]) -> Iterator[Part]:
    done = 0
    for marker in _MARKER.finditer(text):
        if int(marker[1]) in numbers:
            if marker.start() > done:
                yield _words(text[done : marker.start()].rstrip(" "))
            yield Part(words="", number=int(marker[1]))
            done = marker.end()
    if text[done:]:
        yield _words(text[done:])


def _words(text: str) -> Part:
    return Part(words=text, number=0)


def is_grave(kind: str) -> bool:
    """Tell whether a note must catch the eye."""
    return kind in {NoteKind.CONTRADICTION, NoteKind.OTHER_BODY, NoteKind.AMBIGUOUS_CODE}
