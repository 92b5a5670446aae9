"""Turns examples into tokens and lays them out in batches of like size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from eval.training.pairs import Example
from ingest.models.pair_tokens import PairTokenizer

TOKENS_A_PART = 1_800
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Item:
    """An example in tokens.

    Args:
        ids: of question and text.
        first: position of the text's first token.
        start: position of the answer's first token; 0 where there is no answer, -1 where that is not known.
        end: position of the answer's last token; 0 and -1 likewise.
        relevance: the logit to learn.
    """

    ids: tuple[int, ...]
    first: int
    start: int
    end: int
    relevance: float


Items = tuple[Item, ...]


def tokenised(examples: Sequence[Sequence[Example]], tokenizer: PairTokenizer) -> list[Items]:
    """Return each group in tokens, without the texts whose answer was cut off."""
    groups = (tuple(i for e in group if (i := _item(e, tokenizer)) is not None) for group in examples)
    return [group for group in groups if group]


def parts(groups: Sequence[Items], random: Random) -> list[list[Items]]:
    """Return the groups in random order, in parts of about 1,800 tokens: what one processor takes at a time."""
    order = list(groups)
    random.shuffle(order)
    return list(_filled(order))


def _filled(groups: Sequence[Items]) -> Iterator[list[Items]]:
    part: list[Items] = []
    held = 0
    for group in groups:
        part.append(group)
        held += sum(len(item.ids) for item in group)
        if held >= TOKENS_A_PART:
            yield part
            part, held = [], 0
    if part:
        yield part


def _item(example: Example, tokenizer: PairTokenizer) -> Item | None:
    pair = tokenizer.pair(example.question, example.text)
    if example.answer is None:
        place = 0 if example.pointed else UNKNOWN
        return Item(pair.ids, pair.first, place, place, example.relevance)
    span = pair.token_span(*example.answer)
    return None if span is None else Item(pair.ids, pair.first, *span, example.relevance)
