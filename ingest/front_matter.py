"""The opening lines of a document, where it says what it is: title page, date line, status and running heads."""

import re
from dataclasses import dataclass

from ingest.documents import BlockKind
from ingest.layout import Layout

_MOST_BLOCKS = 25
_PROSE_WORDS = 35
_NOTICE = re.compile(
    r"copyright|©|all rights reserved|todos los derechos|todos os direitos|tous droits"
    r"|printed in|impreso en|impresso em|imprimé",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FrontLine:
    """A line of the front matter.

    Args:
        text: its words.
        is_heading: whether the layout took it for a heading.
        level: the heading's mark-up level, 0 without one.
    """

    text: str
    is_heading: bool
    level: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a document says of itself before its text proper begins.

    Args:
        lines: up to the first paragraph of prose, copyright and printing notices left out.
        notices: copyright and printing notices.
        running_heads: page furniture that holds words, anywhere in the document.
        first_prose: the first paragraph of prose, "" if there is none.
    """

    lines: tuple[FrontLine, ...]
    notices: tuple[str, ...]
    running_heads: tuple[str, ...]
    first_prose: str


def read_front_matter(layout: Layout) -> FrontMatter:
    """Return the front matter of `layout`."""
    lines: list[FrontLine] = []
    notices: list[str] = []
    first_prose = ""
    for block in [b for b in layout.blocks if b.kind is not BlockKind.FURNITURE][:_MOST_BLOCKS]:
        text = layout.text[block.start : block.end]
        if _NOTICE.search(text):
            notices.append(text)
        elif block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH) or len(text.split()) > _PROSE_WORDS:
            first_prose = text if block.kind is BlockKind.PARAGRAPH else ""
            break
        else:
            lines.append(FrontLine(text, block.kind is BlockKind.HEADING, block.level))
    return FrontMatter(tuple(lines), tuple(notices), _running_heads(layout), first_prose)


def _running_heads(layout: Layout) -> tuple[str, ...]:
    furniture = (layout.text[b.start : b.end] for b in layout.blocks if b.kind is BlockKind.FURNITURE)
    return tuple(dict.fromkeys(text for text in furniture if sum(c.isalpha() for c in text) > 3))
