"""A text as a chain of elements: words that say something, figures, identifiers, and how each is tied to the last."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.language_model.verification.claims import identifier_spans
from assistant.language_model.verification.wording import Wording, kind_of
from ingest.identifiers import find_dates, find_numbers
from ingest.normalisation import fold

AND, COMMA, LOOSE = "and", ",", ""
_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[,;:()|–—](?=\s|$)|\s[–—(|]")


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that a text speaks of.

    Args:
        start: first character.
        end: one past the last character.
        kind: "name", "word", "number", "date" or "identifier".
        link: the kind of small word that ties it to the element before, "," after a break, "" where nothing does.
        has_break: whether a comma or the like stands before it.
        has_and: whether a conjunction stands before it.
    """

    start: int
    end: int
    kind: str
    link: str
    has_break: bool
    has_and: bool

    @property
    def is_particular(self) -> bool:
        """Whether it is a name or number, of which there may be others like it."""
        return self.kind in ("name", "number", "identifier")


def elements_of(text: Wording) -> list[Element]:
    """Return the elements of a text, in order."""
    taken = _figures(text.text)
    plain = [
        (m.start, m.start + len(m.word), kind)
        for m in text.meanings
        if (kind := kind_of(m, text)) in ("name", "word") and not any(a <= m.start < b for a, b, _ in taken)
    ]
    found: list[Element] = []
    for start, end, kind in sorted([*taken, *plain]):
        between = text.text[found[-1].end if found else 0 : start]
        found.append(_element(start, end, kind, between, text.language))
    return found


def _figures(text: str) -> list[tuple[int, int, str]]:
    """Return the spans of identifiers, dates and numbers; none overlaps one before it in this order."""
    spans: list[tuple[int, int, str]] = []
    candidates = [
        *((start, end, "identifier") for start, end in identifier_spans(text)),
        *((d.start, d.end, "date") for d in find_dates(text)),
        *((n.start, n.end, "number") for n in find_numbers(text)),
    ]
    for start, end, kind in candidates:
        if not any(start < b and a < end for a, b, _ in spans):
            spans.append((start, end, kind))
    return spans


def _element(start: int, end: int, kind: str, between: str, language: str) -> Element:
    small = [fold(word) for word in _WORD.findall(between)]
    links = [links_of(language).get(word, LOOSE) for word in small]
    ties = [link for link in links if link not in (LOOSE, AND)]
    has_break, has_and = _BREAK.search(between) is not None, AND in links
    link = ties[-1] if ties else AND if has_and else COMMA if has_break else LOOSE
    return Element(start, end, kind, link, has_break, has_and)


@cache
def links_of(language: str) -> dict[str, str]:
    """Return what each small word of a language does."""
    table = tomllib.loads(files(__package__).joinpath("links.toml").read_text(encoding="utf-8"))
    return {word: kind for kind, words in reversed(table.items()) for word in words[language]}


def index_at(elements: Sequence[Element], place: int) -> int | None:
    """Return the number of the element that holds a character, None if none does."""
    return next((i for i, e in enumerate(elements) if e.start <= place < e.end), None)
