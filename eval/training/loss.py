"""What the reader is punished for: a wrong span, a wrong relevance, a wrong order within a question's texts."""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from eval.training.batches import UNKNOWN, Items
from eval.training.network import RELEVANCE_UNIT, Packed, ReaderNetwork

ORDER_WARMTH = 2.0
HUGE = -1e4


def part_loss(network: ReaderNetwork, groups: Sequence[Items]) -> Tensor:
    """Return the summed loss of several groups."""
    items = [item for group in groups for item in group]
    packed = Packed([item.ids for item in items])
    outputs = network(packed)
    device = outputs.device
    relevance = outputs[packed.firsts.to(device), 2] * RELEVANCE_UNIT
    wanted = torch.tensor([item.relevance for item in items], device=device)
    distance = functional.smooth_l1_loss(relevance / RELEVANCE_UNIT, wanted / RELEVANCE_UNIT, reduction="sum")
    return span_loss(outputs, packed, items) + distance + order_loss(relevance, wanted, [len(g) for g in groups])


def span_loss(outputs: Tensor, packed: Packed, items: Items | list) -> Tensor:  # type: ignore[type-arg]
    """Return the cross entropy of the first and last token; the very first token stands for no answer."""
    padded = packed.spread(outputs[:, :2], fill=HUGE)
    allowed = torch.zeros(padded.shape[:2], dtype=torch.bool)
    for row, item in enumerate(items):
        allowed[row, item.first : len(item.ids) - 1] = True
    allowed[:, 0] = True
    padded = padded.masked_fill(~allowed.to(padded.device)[:, :, None], HUGE)
    starts = torch.tensor([item.start for item in items], device=padded.device)
    ends = torch.tensor([item.end for item in items], device=padded.device)
    first = functional.cross_entropy(padded[:, :, 0], starts, reduction="sum", ignore_index=UNKNOWN)
    last = functional.cross_entropy(padded[:, :, 1], ends, reduction="sum", ignore_index=UNKNOWN)
    return 0.5 * (first + last)


def order_loss(relevance: Tensor, wanted: Tensor, sizes: list[int]) -> Tensor:
    """Return how far the order of each question's texts is from the one wanted."""
    losses = [
        functional.kl_div((given / ORDER_WARMTH).log_softmax(0), (aim / ORDER_WARMTH).softmax(0), reduction="sum")
        for given, aim in zip(relevance.split(sizes), wanted.split(sizes), strict=True)
        if len(given) > 1
    ]
    return torch.stack(losses).sum() if losses else relevance.sum() * 0
