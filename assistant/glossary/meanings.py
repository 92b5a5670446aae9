"""What the words of a text may mean, in English words, whatever their form and language."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.glossary.entries import PartOfSpeech
from assistant.glossary.lexicon import Lexicon, Match
from assistant.glossary.tokens import Token, tokenise


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word of a text and what it, or a term it is part of, may mean.

    Args:
        word: as it stands.
        start: first character in the text.
        senses: English words and terms for what it may mean, those of function words left out.
        is_function: whether it is a function word before anything else.
        is_kept: whether it is a number, a code or a quotation.
    """

    word: str
    start: int
    senses: frozenset[str]
    is_function: bool
    is_kept: bool


def meanings_of(text: str, lexicon: Lexicon) -> tuple[Meaning, ...]:
    """Return the words of `text` with what they may mean, in order."""
    tokens, _ = tokenise(text)
    matched = [lexicon.find_all(_key([token])) if not token.kept else () for token in tokens]
    senses = [_senses(found) for found in matched]
    for index in range(len(tokens)):
        for run in _terms_from(tokens, index, lexicon.longest):
            whole = _senses(lexicon.find(_key(run)))
            for position in range(index, index + len(run)) if whole else ():
                senses[position] = senses[position] | whole
    offsets = _offsets(tokens)
    return tuple(
        _meaning(token, offset, found, held)
        for token, offset, found, held in zip(tokens, offsets, matched, senses, strict=True)
    )


def _terms_from(tokens: Sequence[Token], index: int, longest: int) -> list[Sequence[Token]]:
    """Return the runs of two words and more that begin at `index` and may be a term."""
    runs = []
    for end in range(index + 2, min(index + longest, len(tokens)) + 1):
        last = tokens[end - 1]
        if tokens[index].kept or last.kept or not last.joined:
            break
        runs.append(tokens[index:end])
    return runs


def _key(run: Sequence[Token]) -> str:
    return " ".join(token.text.replace("’", "'").lower() for token in run)


def _senses(matches: Sequence[Match]) -> frozenset[str]:
    content = (m.entry for m in matches if m.entry.part_of_speech is not PartOfSpeech.FUNCTION)
    return frozenset(word for entry in content for word in entry.words["en"])


def _offsets(tokens: Sequence[Token]) -> list[int]:
    offsets: list[int] = []
    end = 0
    for token in tokens:
        start = end + (len(token.gap) if token.gap != "-" or not offsets else 1)
        offsets.append(start)
        end = start + len(token.text)
    return offsets


def _meaning(token: Token, offset: int, found: Sequence[Match], senses: frozenset[str]) -> Meaning:
    first = found[0] if found else None
    return Meaning(
        word=token.text,
        start=offset,
        senses=senses,
        is_function=first is not None and first.entry.part_of_speech is PartOfSpeech.FUNCTION,
        is_kept=token.kept,
    )
