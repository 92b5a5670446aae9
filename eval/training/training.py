"""Trains the reader: several parts a step, one on each processor, broken off and taken up again at will."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from torch import Tensor

from eval.training.batches import Items, parts
from eval.training.loss import part_loss
from eval.training.network import ReaderNetwork

SAVED_EVERY = 100
WARM_UP = 0.06
LARGEST_GRADIENT = 1.0
GENERAL_BESIDE = 0.3  # general groups for each one in the documents' style
HEAD_HASTE = 5.0  # how much faster the head learns, which begins from nothing


@dataclass(frozen=True, slots=True)
class Recipe:
    """How training goes.

    Args:
        layers: of the encoder that are kept.
        frozen: lower layers that are not trained.
        general_steps: at the beginning, on the question sets alone.
        epochs: how often each group in the style of the documents is seen afterwards.
        learning_rate: the highest.
        parts_a_step: parts of about 1,800 tokens whose gradients are joined.
        seed: decides every order.
        minutes: stop learning so late that the rate has come down by then; 0 for no limit.
    """

    layers: int = 8
    frozen: int = 3
    general_steps: int = 1_100
    epochs: int = 1
    learning_rate: float = 1.5e-4
    parts_a_step: int = 2
    seed: int = 8
    minutes: float = 0.0


@dataclass(frozen=True, slots=True)
class Learning:
    """How far training went.

    Args:
        steps: done.
        seconds: spent on them.
        loss: smoothed over the last steps.
    """

    steps: int
    seconds: float
    loss: float


Report = Callable[[str], None]
Step = list[list[Items]]


def planned(general: Sequence[Items], domain: Sequence[Items], recipe: Recipe) -> list[Step]:
    """Return what each step learns: the question sets, then the documents' style with some of the sets beside it.

    Args:
        general: groups from the question sets.
        domain: groups in the style of the documents.
        recipe: how.
    """
    order = Random(recipe.seed)
    steps = _steps(general, order, recipe)[: recipe.general_steps]
    for _ in range(recipe.epochs):
        beside = min(len(general), round(GENERAL_BESIDE * len(domain)))
        steps += _steps([*domain, *order.sample(general, beside)], order, recipe)
    return steps


def train(
    network: ReaderNetwork, steps: Sequence[Step], recipe: Recipe, *, checkpoint: Path, report: Report
) -> Learning:
    """Train in place; goes on from the checkpoint where there is one.

    Args:
        network: to train.
        steps: what to learn.
        recipe: how.
        checkpoint: file to take up work from.
        report: is told how it goes.
    """
    run = _Run(network, recipe, checkpoint)
    run.resume()
    torch.set_num_threads(1)
    with ThreadPoolExecutor(2) as pool:
        while run.done < len(steps) and run.progress(len(steps)) < 1:
            loss = run.step(steps[run.done], pool, len(steps))
            if run.done % SAVED_EVERY == 0 or run.done == len(steps):
                run.save()
                report(f"step {run.done} of {len(steps)}, loss {loss:.3f}, {run.seconds / 60:.1f} minutes")
    run.save()
    return Learning(run.done, run.seconds, run.loss)


def _steps(groups: Sequence[Items], order: Random, recipe: Recipe) -> list[Step]:
    all_parts, size = parts(groups, order), recipe.parts_a_step
    return [all_parts[at : at + size] for at in range(0, len(all_parts), size)]


class _Run:
    def __init__(self, network: ReaderNetwork, recipe: Recipe, checkpoint: Path) -> None:
        self.network, self.recipe, self.checkpoint = network, recipe, checkpoint
        body = [parameter for layer in network.layers for parameter in layer.parameters() if parameter.requires_grad]
        sides = [{"params": body, "haste": 1.0}, {"params": list(network.head.parameters()), "haste": HEAD_HASTE}]
        self.optimizer = torch.optim.AdamW(sides, lr=recipe.learning_rate, weight_decay=0.01, betas=(0.9, 0.98))
        self.done, self.seconds, self.loss = 0, 0.0, 0.0

    def progress(self, steps: int) -> float:
        by_time = self.seconds / (60 * self.recipe.minutes) if self.recipe.minutes else 0.0
        return max(self.done / steps, by_time)

    def step(self, step: Step, pool: ThreadPoolExecutor, steps: int) -> float:
        started = time.monotonic()
        count = sum(len(group) for part in step for group in part)
        results = list(pool.map(self.gradients, step))
        for parameter, *gradients in zip(self.network.trained(), *(g for _, g in results), strict=True):
            parameter.grad = torch.stack(gradients).sum(0) / count
        torch.nn.utils.clip_grad_norm_(self.network.trained(), LARGEST_GRADIENT)
        for group in self.optimizer.param_groups:
            group["lr"] = group["haste"] * self.recipe.learning_rate * _slope(self.progress(steps))
        self.optimizer.step()
        self.done += 1
        self.seconds += time.monotonic() - started
        loss = sum(value for value, _ in results) / count
        self.loss = loss if self.done == 1 else 0.98 * self.loss + 0.02 * loss
        return self.loss

    def gradients(self, part: list[Items]) -> tuple[float, tuple[Tensor, ...]]:
        device = self.network.head.weight.device.type
        with torch.autocast(device, dtype=torch.bfloat16):
            loss = part_loss(self.network, part)
        return float(loss.detach()), torch.autograd.grad(loss, self.network.trained())

    def save(self) -> None:
        building = self.checkpoint.with_suffix(".part")
        held = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "done": self.done,
            "seconds": self.seconds,
            "loss": self.loss,
        }
        torch.save(held, building)
        building.replace(self.checkpoint)

    def resume(self) -> None:
        if self.checkpoint.exists():
            held = torch.load(self.checkpoint, map_location=self.network.head.weight.device)
            self.network.load_state_dict(held["network"])
            self.optimizer.load_state_dict(held["optimizer"])
            self.done, self.seconds, self.loss = held["done"], held["seconds"], held["loss"]


def _slope(progress: float) -> float:
    """Return the share of the highest learning rate: up in the first 6 %, then down to nothing."""
    return min(progress / WARM_UP + 0.02, (1 - progress) / (1 - WARM_UP), 1.0)
