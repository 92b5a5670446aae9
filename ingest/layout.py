"""Makes the canonical text of a document and its blocks out of the lines that a reader found."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.contents import find_contents
from ingest.documents import Block, BlockKind, LineKind, SourceDocument
from ingest.furniture import Furniture, find_furniture
from ingest.headings import is_title_like, is_upper_case, read_numbering
from ingest.identifiers.symbols import find_symbols
from ingest.languages import STOPWORDS
from ingest.list_markers import ListMarker, next_marker_text, read_marker
from ingest.page_labels import LabelledPart, find_page_labels
from ingest.text_lines import Regime, TextLine, find_regime, read_text_lines

_HYPHENS = ("-", "\u2010", "\u00ad")
_LONG_ENOUGH_TO_WRAP = 40
_MOST_HEADING_WORDS = 60
_CLOSE_TOGETHER = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.CONTENTS)
_NO_SENTENCE = (BlockKind.HEADING, BlockKind.TABLE_ROW, BlockKind.CONTENTS)


@dataclass(frozen=True, slots=True)
class Layout:
    """The canonical text of a document and its blocks, in reading order and never overlapping."""

    text: str
    blocks: tuple[Block, ...]


@dataclass(slots=True)
class _Draft:
    """A block under construction."""

    kind: BlockKind
    lines: list[TextLine]
    level: int = 0
    marker: ListMarker | None = None
    number: str | None = None
    continues: bool = False

    @property
    def last(self) -> TextLine:
        return self.lines[-1]


def lay_out(source: SourceDocument) -> Layout:
    """Return the canonical text of `source` and its blocks.

    Hard-wrapped lines become paragraphs; a hyphen at a line end stays. Nothing but white space and mark-up differs
    between the text and the lines of `source`: page numbers and running heads stay in it as `FURNITURE`.
    """
    lines = read_text_lines(source)
    regime = find_regime(lines)
    furniture, contents = find_furniture(lines, regime), find_contents(lines)
    drafts = _Assembly(lines, regime, furniture, contents).run()
    texts = [_join_lines(draft.lines) for draft in drafts]
    parts = [LabelledPart(d.kind, t, d.lines[0].page, d.number) for d, t in zip(drafts, texts, strict=True)]
    return _set_text(drafts, texts, find_page_labels(parts, source.page_labels))


@dataclass(slots=True)
class _Assembly:
    """Goes through the lines once and groups them into blocks."""

    lines: list[TextLine]
    regime: Regime
    furniture: Furniture
    contents: frozenset[int]
    drafts: list[_Draft] = field(default_factory=list)
    open: _Draft | None = None
    interrupted: bool = False

    def run(self) -> list[_Draft]:
        index = 0
        while index < len(self.lines):
            index += self._take(index)
        return self.drafts

    def _take(self, index: int) -> int:
        """Put the line at `index`, and the rest of a wrapped heading, into a block; return how many lines went."""
        line = self.lines[index]
        if index in self.furniture.lines:
            return self._take_furniture(index)
        if index in self.contents:
            return self._begin(BlockKind.CONTENTS, [line])
        if line.kind is LineKind.TABLE_ROW:
            return self._begin(BlockKind.TABLE_ROW, [line])
        if self._is_heading(index):
            count = self._heading_length(index)
            return self._begin(BlockKind.HEADING, self.lines[index : index + count], level=self._heading_level(line))
        return self._take_text(index)

    def _take_furniture(self, index: int) -> int:
        draft = _Draft(BlockKind.FURNITURE, [self.lines[index]], number=self.furniture.numbers.get(index))
        self.drafts.append(draft)
        self.interrupted = True
        return 1

    def _take_text(self, index: int) -> int:
        line = self.lines[index]
        marker = self._list_marker(index)
        if marker or line.kind is LineKind.LIST_ITEM or self._is_unmarked_item(line):
            return self._begin(BlockKind.LIST_ITEM, [line], level=max(line.level, 1), marker=marker)
        if self._joins(line):
            assert self.open is not None  # noqa: S101
            self.open.lines.append(line)
            return 1
        if self._goes_on(line):
            assert self.open is not None  # noqa: S101
            return self._begin(self.open.kind, [line], level=self.open.level, marker=self.open.marker, continues=True)
        return self._begin(BlockKind.PARAGRAPH, [line])

    def _begin(
        self,
        kind: BlockKind,
        lines: Sequence[TextLine],
        *,
        level: int = 0,
        marker: ListMarker | None = None,
        continues: bool = False,
    ) -> int:
        self.open = _Draft(kind, list(lines), level=level, marker=marker, continues=continues)
        self.drafts.append(self.open)
        self.interrupted = False
        return len(lines)

    def _is_attached(self, line: TextLine) -> bool:
        """Say whether a line stands as close to the one before as lines of one paragraph do."""
        same_page = self.open is not None and self.open.last.page == line.page and not self.interrupted
        return same_page and self.regime.wrapped and not line.complete and line.gap == self.regime.gap

    def _joins(self, line: TextLine) -> bool:
        """Say whether a line belongs to the open block."""
        if self.open is None or self.open.kind in _NO_SENTENCE or self.interrupted or line.page != self.open.last.page:
            return False
        if self._is_attached(line) and not self.open.last.complete:
            return not self._ended_short(line)
        if self.regime.wrapped and not line.complete and line.gap < self.regime.gap:
            return not self.open.last.ends_sentence or line.starts_lower
        return line.starts_lower and self._is_mid_sentence()

    def _ended_short(self, line: TextLine) -> bool:
        """Say whether the open block ended although the first word of `line` would have fitted on its last line."""
        if self.open is None or not (self.open.last.ends_sentence or self.open.last.text.endswith(":")):
            return False
        width = max(len(each.text) for each in (*self.open.lines, line))
        return line.text[0].isupper() and len(f"{self.open.last.text} {line.text.split()[0]}") <= 0.85 * width

    def _is_unmarked_item(self, line: TextLine) -> bool:
        """Say whether a line starts an item of a list that lost its bullets.

        The open block may prove to be the first item of it.
        """
        if self.open is None or self.open.kind in _NO_SENTENCE:
            return False
        if not self._is_attached(line) or not self._ended_short(line):
            return False
        if self._is_first_after_lead_in():
            self.open.kind, self.open.level = BlockKind.LIST_ITEM, 1
        return self.open.last.text.endswith(":") or (self.open.kind is BlockKind.LIST_ITEM and self.open.marker is None)

    def _is_first_after_lead_in(self) -> bool:
        before = self.drafts[-2] if len(self.drafts) > 1 else None
        kinds = (self.drafts[-1].kind, before.kind if before else None)
        return before is not None and kinds == (BlockKind.PARAGRAPH,) * 2 and before.last.text.endswith(":")

    def _goes_on(self, line: TextLine) -> bool:
        """Say whether a line goes on with the sentence that page furniture or a page's end cut."""
        if self.open is None or self.open.kind in _NO_SENTENCE:
            return False
        turned = self.interrupted or self.open.last.page != line.page
        if not turned or self.open.last.ends_sentence:
            return False
        return line.starts_lower or (self._is_mid_sentence() and _breaks_off(self.open.last.text, self.open.kind))

    def _is_mid_sentence(self) -> bool:
        if self.open is None or self.open.kind in _NO_SENTENCE:
            return False
        last = self.open.last
        return len(last.text) >= _LONG_ENOUGH_TO_WRAP and not last.ends_sentence and not last.text.endswith((":", ";"))

    def _starts_paragraph(self, index: int) -> bool:
        line = self.lines[index]
        if self.open is None or self.open.kind in _NO_SENTENCE or not self._is_attached(line):
            return True
        after = index + self._heading_length(index)
        apart = after >= len(self.lines) or self.lines[after].gap > self.regime.gap
        return self.open.last.ends_sentence and (apart or not self.regime.spaced)

    def _is_heading(self, index: int) -> bool:
        line = self.lines[index]
        if len(line.text.split()) > _MOST_HEADING_WORDS or line.kind is LineKind.LIST_ITEM:
            return False
        if line.kind is LineKind.HEADING:
            return True
        if self._cut_by_page(line) or not self._starts_paragraph(index):
            return False
        return self._is_numbered_heading(line) or (_is_set_off(line) and not self._runs_on(index))

    def _runs_on(self, index: int) -> bool:
        """Say whether a bold line is only the beginning of a sentence that goes on below it."""
        after = index + self._heading_length(index)
        if after >= len(self.lines) or is_upper_case(self.lines[index].text):
            return False
        following = self.lines[after]
        close = following.kind is LineKind.TEXT and not following.complete and following.gap <= self.regime.gap
        return close and (
            following.text[0] in "(," or following.starts_lower or _ends_with_link(self.lines[after - 1].text)
        )

    def _cut_by_page(self, line: TextLine) -> bool:
        return line.starts_lower and self._is_mid_sentence()

    def _is_numbered_heading(self, line: TextLine) -> bool:
        numbering = read_numbering(line.text)
        if numbering is None:
            return False
        if numbering.named:
            return not line.ends_sentence or line.emphasised
        if numbering.rank == 60 and not (line.emphasised or is_upper_case(line.text)):
            return False
        return is_title_like(line.text, most_words=14) and len(line.text) - numbering.length >= 4

    def _heading_level(self, line: TextLine) -> int:
        return line.level if line.kind is LineKind.HEADING else 0

    def _heading_length(self, index: int) -> int:
        """Return over how many lines the heading at `index` goes."""
        first, count = self.lines[index], 1
        while index + count < len(self.lines) and self._is_wrapped_heading(index + count, first):
            count += 1
        group = self.lines[index : index + count]
        marked = first.kind is LineKind.HEADING or first.emphasised
        if marked or (sum(len(g.text.split()) for g in group) <= _MOST_HEADING_WORDS and not group[-1].ends_sentence):
            return count
        return 1

    def _is_wrapped_heading(self, index: int, first: TextLine) -> bool:
        line = self.lines[index]
        if index in self.furniture.lines or index in self.contents or first.complete or line.complete:
            return False
        if line.page != first.page or not self.regime.wrapped or line.gap != self.regime.gap:
            return False
        alike = line.kind is first.kind and line.level == first.level and line.emphasised == first.emphasised
        both_capital = is_upper_case(line.text) or not is_upper_case(first.text) or bool(read_numbering(first.text))
        return alike and both_capital and read_numbering(line.text) is None and read_marker(line.text) is None

    def _list_marker(self, index: int) -> ListMarker | None:
        """Return the marker of the list item that starts at `index`, None where the line goes on with a sentence."""
        line = self.lines[index]
        marker = read_marker(line.text)
        if marker is None or not self._is_attached(line) or self.open is None:
            return marker
        if marker.style == "bullet" or self.open.kind in _NO_SENTENCE:
            return marker if len(self.open.last.text) < self.regime.width or self.open.last.ends_sentence else None
        if marker.ordinal > 1:
            return marker if self._follows_open_item(marker) else None
        return None if self._is_inline_enumeration(index) else marker

    def _follows_open_item(self, marker: ListMarker) -> bool:
        for draft in reversed(self.drafts):
            if draft.kind is BlockKind.LIST_ITEM and draft.marker is not None and draft.marker.style == marker.style:
                return draft.marker.ordinal == marker.ordinal - 1
            if draft.kind is BlockKind.HEADING:
                return False
        return False

    def _is_inline_enumeration(self, index: int) -> bool:
        """Say whether the second marker stands inside a line before any line starts with it."""
        following = next_marker_text(self.lines[index].text)
        for position in range(index, min(index + 12, len(self.lines))):
            text = self.lines[position].text
            if following is None or (position > index and text.startswith(following)):
                return False
            if f" {following} " in f"{text} ":
                return True
        return True


def _breaks_off(text: str, kind: BlockKind) -> bool:
    """Say whether words before a page's end call for more words; items of a list often end without a full stop."""
    if kind is BlockKind.LIST_ITEM:
        return _ends_with_link(text) or text.endswith(",")
    return text.rsplit(maxsplit=1)[-1].rstrip(",").replace("-", "").isalpha()


def _ends_with_link(text: str) -> bool:
    last = text.rsplit(maxsplit=1)[-1].casefold()
    return any(last in words for words in STOPWORDS.values())


def _is_set_off(line: TextLine) -> bool:
    if find_symbols(line.text):
        return False
    if line.emphasised:
        capital = is_upper_case(line.text)
        return is_title_like(line.text.rstrip(":") if capital else line.text, most_words=30)
    return is_upper_case(line.text) and is_title_like(line.text, most_words=20) and read_marker(line.text) is None


def _join_lines(lines: Sequence[TextLine]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        hyphenated = text.endswith(_HYPHENS) and text[-2:-1].isalnum() and line.text[0].isalnum()
        text += line.text if hyphenated else f" {line.text}"
    return text


def _set_text(drafts: list[_Draft], texts: list[str], labels: list[str | None]) -> Layout:
    blocks: list[Block] = []
    pieces: list[str] = []
    position = 0
    for draft, text, label in zip(drafts, texts, labels, strict=True):
        blank = _blank_before(draft, blocks)
        position += len(blank)
        pieces += (blank, text)
        page = draft.lines[0].page
        end = position + len(text)
        blocks.append(Block(draft.kind, position, end, draft.level, page, label, continues=draft.continues))
        position = end
    return Layout("".join(pieces), tuple(blocks))


def _blank_before(draft: _Draft, blocks: list[Block]) -> str:
    if not blocks:
        return ""
    close = draft.kind is blocks[-1].kind and draft.kind in _CLOSE_TOGETHER
    return "\n" if close else "\n\n"
