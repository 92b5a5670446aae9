"""A bounded queue in front of the models: what cannot be answered soon is refused at once, never with a failure."""

import asyncio
import math
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from time import perf_counter
from typing import TypeVar

from ui.api.problems import Problem

T = TypeVar("T")
_LEAST_RETRY_SECONDS = 2
_WEIGHT_OF_LATEST = 0.2


class ModelQueue:
    """Runs work in a few threads, lets a few more wait, and refuses the rest.

    Args:
        workers: pieces of work done at the same time.
        waiting: pieces that may wait.
        patience_seconds: longest time to wait, and longest time to work.
        wait_seconds: longest wait that is expected, after what work took lately; more is refused at once.
        on_refusal: told of every refusal.
    """

    def __init__(
        self,
        workers: int,
        waiting: int,
        *,
        patience_seconds: float,
        wait_seconds: float = math.inf,
        on_refusal: Callable[[], None] = lambda: None,
    ) -> None:
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="sela-model")
        self._workers = workers
        self._waiting = waiting
        self._patience = patience_seconds
        self._longest_wait = wait_seconds
        self._on_refusal = on_refusal
        self._usual_seconds = 0.0
        self.pending = 0

    @property
    def expected_wait(self) -> float:
        """Return how many seconds a piece of work that comes now would wait."""
        return max(0, self.pending + 1 - self._workers) * self._usual_seconds / self._workers

    def run(self, work: Callable[[], T]) -> "asyncio.Task[T]":
        """Return the task of what `work` returns; cancelled while it waits, it is never begun.

        The task fails with the problem "busy" if no worker takes it up in time, "too-slow" if it does not end in time.

        Raises:
            Problem: "busy" if there is no room.
        """
        if self.pending >= self._workers + self._waiting or self.expected_wait > self._longest_wait:
            raise self._busy()
        self.pending += 1
        future = self._executor.submit(self._timed, work)
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: self._leave(loop))
        return loop.create_task(self._outcome(future))

    def _timed(self, work: Callable[[], T]) -> T:
        began = perf_counter()
        try:
            return work()
        finally:
            weight = _WEIGHT_OF_LATEST if self._usual_seconds else 1.0
            self._usual_seconds += weight * (perf_counter() - began - self._usual_seconds)

    async def _outcome(self, future: "Future[T]") -> T:
        """Wait for a worker, then for the work, each with patience."""
        outcome = asyncio.wrap_future(future)
        try:
            try:
                async with asyncio.timeout(self._patience):
                    return await asyncio.shield(outcome)
            except TimeoutError as error:
                if future.cancel():
                    raise self._busy() from error
            async with asyncio.timeout(self._patience):
                return await asyncio.shield(outcome)
        except TimeoutError as error:
            raise Problem("too-slow", f"No answer in {self._patience:g} seconds; ask a narrower question.") from error
        except asyncio.CancelledError:
            future.cancel()
            raise

    def close(self) -> None:
        """Begin nothing more and let what is at work end."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _leave(self, loop: asyncio.AbstractEventLoop) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(self._one_less)

    def _one_less(self) -> None:
        self.pending -= 1

    def _busy(self) -> Problem:
        self._on_refusal()
        wait = str(max(_LEAST_RETRY_SECONDS, math.ceil(self.expected_wait)))
        return Problem("busy", "Many questions wait already; ask again soon.", {"Retry-After": wait})
