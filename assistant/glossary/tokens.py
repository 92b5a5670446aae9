"""A text cut into words that may be looked up and pieces that must stay as they are."""

import re
from dataclasses import dataclass

_PIECE = re.compile(r"(?P<quoted>«[^»]*»|“[^”]*”|\"[^\"]*\")|(?P<word>[^\W_]+(?:[./–\-][^\W_]+)*['’]?)", re.UNICODE)
_PART = re.compile(r"[^\W_]+['’]?")
_CODE = re.compile(r"[\d/]|\w\.\w")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or a piece to be kept.

    Args:
        text: as it stands.
        gap: what stands between it and the token before.
        kept: whether it is a quotation, number or code, never to be looked up.
    """

    text: str
    gap: str
    kept: bool = False

    @property
    def joined(self) -> bool:
        """Whether it may go on with a term: nothing but white space, a hyphen or nothing before it."""
        return self.gap.strip() in ("", "-")


def tokenise(text: str) -> tuple[tuple[Token, ...], str]:
    """Return the tokens of `text` and what stands after the last one."""
    tokens: list[Token] = []
    end = 0
    for piece in _PIECE.finditer(text):
        tokens += _tokens(piece, text[end : piece.start()])
        end = piece.end()
    return tuple(tokens), text[end:]


def _tokens(piece: re.Match[str], gap: str) -> list[Token]:
    text = piece.group()
    if piece.lastgroup == "quoted" or _CODE.search(text):
        return [Token(text, gap, kept=True)]
    parts = [part.group() for part in _PART.finditer(text)]
    return [Token(part, gap if index == 0 else "-") for index, part in enumerate(parts)]
