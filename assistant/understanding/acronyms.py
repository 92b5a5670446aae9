"""Acronyms as the documents themselves define them: "Long Form (ACR)", "ACR (Long Form)", "Long Form – ACR"."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.documents import BlockKind, Document
from ingest.languages import STOPWORDS
from ingest.normalisation import fold


@dataclass(frozen=True, slots=True)
class Definition:
    """What an acronym stands for, as one place of a document says.

    Args:
        acronym: as written, "IPPALC".
        long_form: as written, white space made one blank.
        language: of the document.
        document_id: where it stands.
        start: first character of long form and acronym together.
        end: one past the last.
        is_spelled_out: whether the letters of the acronym are the initials of the long form; those of a translation
            are not.
    """

    acronym: str
    long_form: str
    language: str
    document_id: str
    start: int
    end: int
    is_spelled_out: bool


class Acronyms:
    """Every acronym that documents define, and what it stands for."""

    def __init__(self, definitions: Iterable[Definition]) -> None:
        """Sort definitions by acronym.

        Args:
            definitions: in the order of the documents.
        """
        self._definitions: dict[str, list[Definition]] = {}
        for found in definitions:
            self._definitions.setdefault(_key(found.acronym), []).append(found)

    @classmethod
    def of(cls, documents: Iterable[Document], language_of: Mapping[str, str]) -> "Acronyms":
        """Read the definitions out of documents.

        Args:
            documents: to read.
            language_of: language by document id.
        """
        return cls(d for document in documents for d in find_definitions(document, language_of[document.id]))

    def definitions_of(self, acronym: str, *, language: str | None = None) -> tuple[Definition, ...]:
        """Return what an acronym stands for, the best first: in a language, spelled out, defined the most often.

        Args:
            acronym: in capitals or not, with dots or not.
            language: preferred, if any.
        """
        found = self._definitions.get(_key(acronym), [])
        often = {d.long_form: sum(_same(d, other) for other in found) for d in found}
        return tuple(sorted(found, key=lambda d: (d.language != language, not d.is_spelled_out, -often[d.long_form])))

    def definition_of(self, acronym: str, *, language: str | None = None) -> Definition | None:
        """Return the best definition of an acronym, None if no document defines it."""
        return next(iter(self.definitions_of(acronym, language=language)), None)

    def expanded(self, text: str, *, language: str | None = None) -> str:
        """Return a text with each acronym that is defined followed by its long form in brackets."""
        for match in reversed(list(_ACRONYM.finditer(text))):
            found = self.definition_of(match.group(), language=language)
            if found and fold(found.long_form) not in fold(text):
                text = f"{text[: match.end()]} ({found.long_form}){text[match.end() :]}"
        return text

    def __len__(self) -> int:
        """Return the number of acronyms."""
        return len(self._definitions)


def _key(acronym: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", fold(acronym).upper())


def _same(one: Definition, other: Definition) -> bool:
    return fold(one.long_form) == fold(other.long_form)


_ACRONYM = re.compile(r"(?<![\w/.-])(?=(?:[a-z&/-]{0,2}[A-Z]){2})[A-Z][A-Za-z&/.-]{0,11}[A-Za-z](?![\w/-])")
_IN_BRACKETS = re.compile(r"\(\s*(?P<acronym>[A-Z][A-Za-z&/.-]{1,12})\s*(?:[,;][^()]{0,40})?\)")
_BRACKETS_AFTER = re.compile(r"(?<![\w/.-])(?P<acronym>[A-Z][A-Za-z&/.-]{1,12})\s*\((?P<long>[A-ZÀ-Ý][^()\d]{8,120})\)")
_DASHED = re.compile(r"(?P<before>[^\n.;:()]{8,120}?)\s[–—-]\s(?P<acronym>[A-Z]{2,10})(?![\w-])")
_APPOSED = re.compile(r"(?<![\w/.-])(?P<acronym>[A-Z]{2,10}),\s(?P<long>[A-ZÀ-Ý][^,;.()\d]{8,90}),")
_ROMAN = re.compile(r"[IVXLC]+$")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL = frozenset(fold(word) for words in STOPWORDS.values() for word in words) | {
    "des",
    "del",
    "dos",
    "das",
    "e",
    "y",
    "et",
}
_REACH = 140
_MOST_WORDS = 14
_ARTICLE = re.compile(r"(?:the|el|la|los|las|o|a|os|as|le|les|un|una|uma|une|an?)\s+|l['’]", re.IGNORECASE)


def find_definitions(document: Document, language: str) -> Iterator[Definition]:
    """Yield every acronym that a document defines, in reading order.

    Args:
        document: to read.
        language: its language.
    """
    for block in document.blocks:
        if block.kind is not BlockKind.FURNITURE:
            text = document.text[block.start : block.end]
            for acronym, begin, end, whole, spelled in _in_text(text):
                article = _ARTICLE.match(text, begin, end)
                start = article.end() if article else begin
                long_form = " ".join(text[start:end].split())
                first, last = min(start, whole[0]), max(end, whole[1])
                yield Definition(
                    acronym, long_form, language, document.id, block.start + first, block.start + last, spelled
                )


def _in_text(text: str) -> Iterator[tuple[str, int, int, tuple[int, int], bool]]:
    for match in _IN_BRACKETS.finditer(text):
        found = _long_form_before(text, match.start(), match["acronym"])
        if _is_acronym(match["acronym"]) and found:
            yield match["acronym"], found[0], found[1], match.span(), found[2]
    for pattern in (_BRACKETS_AFTER, _APPOSED):
        for match in pattern.finditer(text):
            if _is_acronym(match["acronym"]) and _spells(match["acronym"], match["long"]):
                yield match["acronym"], *match.span("long"), match.span(), True
    for match in _DASHED.finditer(text):
        found = _long_form_before(text, match.end("before"), match["acronym"])
        if found and found[2]:
            yield match["acronym"], found[0], found[1], (match.start("acronym"), match.end()), True


def _is_acronym(word: str) -> bool:
    capitals = sum(c.isupper() for c in word)
    return capitals >= 2 and capitals * 2 >= sum(c.isalpha() for c in word) and not _ROMAN.match(word)


def _long_form_before(text: str, end: int, acronym: str) -> tuple[int, int, bool] | None:
    """Return (start, end, whether it spells the acronym) of the long form that ends right before a place."""
    start = max(0, end - _REACH)
    words = [(m.group(), start + m.start(), start + m.end()) for m in _WORD.finditer(text[start:end])]
    words = words[-_MOST_WORDS:]
    if not words or re.search(r"[.;:!?()\n]", text[words[-1][2] : end]):
        return None
    spelled = _shortest_spelling(text, words, acronym)
    if spelled is not None:
        return spelled, words[-1][2], True
    named = _capitalised_run(text, words)
    return (named, words[-1][2], False) if named is not None else None


def _shortest_spelling(text: str, words: Sequence[tuple[str, int, int]], acronym: str) -> int | None:
    """Return where the shortest run of words that spells an acronym begins."""
    for i in range(len(words) - 1, -1, -1):
        is_small = fold(words[i][0]) in _SMALL
        run = text[words[i][1] : words[-1][2]]
        if re.search(r"[.;:!?()]", run):
            return None
        if not is_small and _spells(acronym, run):
            return words[i][1]
    return None


def _spells(acronym: str, long_form: str) -> bool:
    """Tell whether the letters of an acronym are the initials of a long form's words, small words left out or not.

    The letters must stand in order; each word that is not small must give at least one, but for one in four.
    """
    letters = [c for c in fold(acronym) if c.isalpha()]
    words = [fold(w) for w in re.findall(r"[^\W\d_]+", long_form)]
    heavy = [w for w in words if w not in _SMALL]
    if len(heavy) < 2 or heavy[0][0] != letters[0]:
        return False
    return _taken(letters, words) and len(letters) * 4 >= len(heavy) * 3


def _taken(letters: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether letters can be taken in order from the words, each from an initial or the letters right after it."""
    if not letters:
        return True
    if not words:
        return False
    word, rest = words[0], words[1:]
    for count in range(min(len(letters), 3, len(word)), 0, -1):
        if list(word[:count]) == list(letters[:count]) and _taken(letters[count:], rest):
            return True
    return (word in _SMALL or len(words) > 1) and _taken(letters, rest)


def _capitalised_run(text: str, words: Sequence[tuple[str, int, int]]) -> int | None:
    """Return where the name right before a place begins: words written large with small words between them."""
    first: int | None = None
    large = 0
    for word, start, end in reversed(words):
        gap_after = text[end : end + 2]
        if first is not None and re.match(r"[.;:!?()]|, [^A-ZÀ-Ý]", gap_after):
            break
        if word[:1].isupper() and fold(word) not in _SMALL:
            first, large = start, large + 1
        elif fold(word) not in _SMALL:
            break
    return first if first is not None and large >= 2 else None
