"""A bounded queue in front of the models: what cannot be answered soon is refused at once, never with a failure."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from ui.api.problems import Problem

T = TypeVar("T")
_RETRY_SECONDS = "2"


class ModelQueue:
    """Runs work in a few threads, lets a few more wait, and refuses the rest.

    Args:
        workers: pieces of work done at the same time.
        waiting: pieces that may wait.
        patience_seconds: longest time for one piece, waiting included.
        on_refusal: told of every refusal.
    """

    def __init__(
        self, workers: int, waiting: int, *, patience_seconds: float, on_refusal: Callable[[], None] = lambda: None
    ) -> None:
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="sela-model")
        self._room = workers + waiting
        self._patience = patience_seconds
        self._on_refusal = on_refusal
        self.pending = 0

    def run(self, work: Callable[[], T]) -> "asyncio.Task[T]":
        """Return the task of what `work` returns; cancelled while it waits, it is never begun.

        The task fails with the problem "busy" if no worker takes it up in time, "too-slow" if it does not end in time.

        Raises:
            Problem: "busy" if there is no room.
        """
        if self.pending >= self._room:
            raise self._busy()
        self.pending += 1
        future = self._executor.submit(work)
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: self._leave(loop))
        return loop.create_task(self._outcome(future))

    async def _outcome(self, future: "Future[T]") -> T:
        try:
            async with asyncio.timeout(self._patience):
                return await asyncio.shield(asyncio.wrap_future(future))
        except TimeoutError as error:
            if future.cancel():
                raise self._busy() from error
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
        return Problem("busy", "Many questions wait already; ask again soon.", {"Retry-After": _RETRY_SECONDS})
