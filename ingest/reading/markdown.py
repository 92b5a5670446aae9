"""Reads Markdown as people really write it: with HTML inside, tables made with tabs and headings made of bold lines.

Only mark-up that the declared normalisation ignores is taken out, so that a quotation stands in the file as well as in
the canonical text: links, entities, quote marks, "-" bullets and lines of dashes stay as written. The one exception is
the rule between the header and the rows of a table ("|---|---|"), which is dropped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.documents import LineKind, SourceDocument, SourceLine
from ingest.normalisation import normalise
from ingest.reading.plain_text import read_plain_text, tab_cells

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_ITEM = re.compile(r"([ \t]*)(?:[*](?=[ \t])|(?=[-+][ \t])|(?=[0-9]{1,3}[.)][ \t]))[ \t]*(.*)")
_TABLE_RULE = re.compile(
    r"[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+(?:[ \t]*:?-{2,}:?[ \t]*)?[ \t]*|[ \t]*\|[ \t]*:?-+:?[ \t]*"
)
_UNDERLINE = re.compile(r" {0,3}(={3,}|-{2,})[ \t]*")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$")
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|center|code|div|em|font|h[1-6]|hr|i|img|li|mark|ol|p|q|s|small|span|strong|sub|sup|table"
    r"|tbody|td|th|thead|tr|u|ul)(?:\s[^>]*)?/?>",
    re.I,
)
_BREAK_TAG = re.compile(r"<(?:br|hr|/?p|/?div|/?li|/?td|/?th|/?tr)\b[^>]*>", re.I)
_BOLD_TAG = re.compile(r"</?(?:b|strong)>", re.I)
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3})(?=\S)((?:\\.|[^\\])+?)(?<=\S)\1", re.S)
_UNDERSCORES = re.compile(r"(?<![\w\\])(_{1,3})(?=\S)((?:\\.|[^\\])+?)(?<=\S)\1(?!\w)", re.S)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE_MARKS = re.compile(r"(?<!\\)`+")
_BOLD_RUN = re.compile(r"(\*{2,3})(?=[^\s*])((?:\\.|[^\\*]|\*(?!\*))+?)(?<=\S)\1")
_SIGNS = re.compile(
    r"^ {0,3}#{1,6}[ \t]+\S|\*\*[^\s*][^*\n]*\*\*|^\|?(?:[ ]*:?-{3,}:?[ ]*\|)+|\]\(https?://|</b>", re.M
)


def looks_like_markdown(text: str) -> bool:
    """Tell Markdown in a text file by its headings, bold runs, tables and links."""
    return len(_SIGNS.findall(text)) >= 2


def read_markdown(text: str) -> SourceDocument:
    """Return the lines of `text` without their mark-up.

    A paragraph on one physical line is complete; a hard-wrapped one comes out line by line. Should taking out the
    mark-up touch anything else (never seen in real files), the lines are returned as they stand.
    """
    physical = text.splitlines()
    lines = tuple(line for block in _blocks(physical) for line in block.lines())
    kept = "\n".join(line.text for line in lines)
    expected = "\n".join(raw for raw, rule in zip(physical, _rules(physical), strict=True) if not rule)
    if normalise(kept) != normalise(expected):
        return replace(read_plain_text(text), format="markdown")
    return SourceDocument("markdown", lines)


def dropped_rules(text: str) -> tuple[str, ...]:
    """Return the rule lines of `text` that `read_markdown` leaves out."""
    physical = text.splitlines()
    return tuple(raw for raw, rule in zip(physical, _rules(physical), strict=True) if rule)


@dataclass(frozen=True, slots=True)
class _Block:
    """Physical lines that belong together: a heading, an item, a row, or the lines of one paragraph."""

    kind: LineKind
    raw: tuple[str, ...]
    level: int = 0
    breaks: tuple[bool, ...] = (False,)

    def followed_by(self, other: "_Block") -> "_Block":
        """Return this block with the line of `other` at its end."""
        return replace(self, raw=(*self.raw, *other.raw), breaks=(*self.breaks, *other.breaks))

    def lines(self) -> Iterator[SourceLine]:
        """Yield the lines with their mark-up taken out."""
        if self.kind is LineKind.BLANK:
            yield SourceLine("", kind=LineKind.BLANK)
        elif self.kind is LineKind.TABLE_ROW:
            yield _row(self.raw[0])
        elif self.kind is LineKind.TEXT and len(self.raw) == 1:
            yield from _split_bold(self.raw[0])
        else:
            yield from self._wrapped()

    def _wrapped(self) -> Iterator[SourceLine]:
        emphasised = _is_bold("".join(self.raw))
        texts = _strip_inline("\n".join(self.raw)).split("\n")
        starts = (True, *self.breaks[:-1])
        ends = (*self.breaks[:-1], True)
        for index, text in enumerate(texts):
            kind = LineKind.TEXT if index else self.kind
            level = 0 if index else self.level
            complete = starts[index] and ends[index]
            yield SourceLine(_blanks_joined(text), None, kind, level, emphasised, complete)


def _blocks(physical: list[str]) -> Iterator[_Block]:
    """Group physical lines; a paragraph or item ends at a blank line, a hard break or the start of another block."""
    open_block: _Block | None = None
    rules = _rules(physical)
    in_fence = False
    for index, raw in enumerate(physical):
        if rules[index]:
            continue
        fence = _FENCE.match(raw) is not None
        in_fence ^= fence
        block = _Block(LineKind.TEXT, (raw.strip(),)) if fence or in_fence else _classify(physical, index, rules)
        if open_block is not None and not (fence or in_fence) and _goes_on(open_block, block):
            open_block = open_block.followed_by(block)
        else:
            if open_block is not None:
                yield open_block
            open_block = block
        if fence or in_fence or open_block.kind not in {LineKind.TEXT, LineKind.LIST_ITEM}:
            yield open_block
            open_block = None
    if open_block is not None:
        yield open_block


def _goes_on(before: _Block, block: _Block) -> bool:
    return before.kind in {LineKind.TEXT, LineKind.LIST_ITEM} and block.kind is LineKind.TEXT


def _classify(physical: list[str], index: int, rules: list[bool]) -> _Block:
    raw = physical[index]
    if not normalise(raw):
        return _Block(LineKind.BLANK, ("",))
    heading = _HEADING.fullmatch(raw)
    if heading and heading[2]:
        return _Block(LineKind.HEADING, (heading[2],), len(heading[1]))
    if tab_cells(raw) or _is_pipe_row(physical, index, rules):
        return _Block(LineKind.TABLE_ROW, (raw,))
    if _is_underlined(physical, index):
        return _Block(LineKind.HEADING, (raw.strip(),), _underline_level(physical[index + 1]))
    item = _ITEM.fullmatch(raw)
    if item:
        text, hard = _hard_break(item[2])
        return _Block(LineKind.LIST_ITEM, (text,), 1 + len(item[1].expandtabs(4)) // 2, (hard,))
    text, hard = _hard_break(raw)
    return _Block(LineKind.TEXT, (text,), breaks=(hard or _UNDERLINE.fullmatch(raw) is not None,))


def _hard_break(raw: str) -> tuple[str, bool]:
    """Return the line without its hard break, and whether it had one."""
    return _HARD_BREAK.sub("", raw).strip(), _HARD_BREAK.search(raw) is not None


def _rules(physical: list[str]) -> list[bool]:
    """Tell which lines are the rule below the header of a table."""
    above = ("", *physical)
    return ["|" in above[index] and _TABLE_RULE.fullmatch(raw) is not None for index, raw in enumerate(physical)]


def _is_underlined(physical: list[str], index: int) -> bool:
    """Tell whether the line is a heading by the "=====" or "-----" below it: a short line that is no sentence."""
    raw = physical[index]
    if index + 1 == len(physical) or not _UNDERLINE.fullmatch(physical[index + 1]):
        return False
    if not re.search(r"\w", raw) or len(raw) > 100 or raw.rstrip().endswith((".", ";", ",", ":")):
        return False
    return not (_ITEM.fullmatch(raw) or raw.startswith(("    ", ">")))


def _underline_level(underline: str) -> int:
    return 1 if "=" in underline else 2


def _is_pipe_row(physical: list[str], index: int, rules: list[bool]) -> bool:
    """Tell whether the line is a row: between pipes, or with pipes in a run of lines that holds a table rule."""
    raw = physical[index].strip()
    if "|" not in raw.strip("|"):
        return False
    if raw.startswith("|") and raw.endswith("|"):
        return True
    if index + 1 < len(physical) and rules[index + 1]:
        return True
    start = index
    while start and "|" in physical[start - 1]:
        start -= 1
    return any(rules[start:index])


def _row(raw: str) -> SourceLine:
    cells = tab_cells(raw)
    if not cells:
        cells = tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", raw.strip().strip("|")))
    bold = all(_is_bold(cell) for cell in cells if cell)
    texts = [_blanks_joined(_strip_inline(cell)) for cell in cells]
    return SourceLine(" | ".join(texts).strip(), kind=LineKind.TABLE_ROW, emphasised=bold, complete=True)


def _split_bold(raw: str) -> Iterator[SourceLine]:
    """Yield one line for each bold run where a line is nothing but bold runs glued together ("**A****B**")."""
    runs = [match[0] for match in _BOLD_RUN.finditer(raw)]
    if len(runs) > 1 and "".join(runs) == raw.strip():
        for run in runs:
            yield SourceLine(_blanks_joined(_strip_inline(run)), emphasised=True, complete=True)
    else:
        yield SourceLine(_blanks_joined(_strip_inline(raw)), emphasised=_is_bold(raw), complete=True)


def _is_bold(raw: str) -> bool:
    """Tell whether everything in `raw` that is not blank stands in bold."""
    marked = _BOLD_TAG.sub("**", raw).strip()
    rest = re.sub(r"(\*{2,3})(?=[^\s*])(.+?)(?<=\S)\1|(?<!\w)(__)(?=\S)(.+?)(?<=\S)\3(?!\w)", "", marked, flags=re.S)
    return rest != marked and not normalise(rest)


def _strip_inline(raw: str) -> str:
    """Take out emphasis, known HTML tags, code marks and escapes; keep every line break."""
    text = _TAG.sub("", _BREAK_TAG.sub(" ", raw))
    for pattern in (_EMPHASIS, _UNDERSCORES):
        before = None
        while before != text:
            before, text = text, pattern.sub(r"\2", text)
    text = _CODE_MARKS.sub("", re.sub(r"(?m)^\|[ \t]+", "", text))
    return _ESCAPE.sub(r"\1", text)


def _blanks_joined(text: str) -> str:
    return " ".join(text.split())
