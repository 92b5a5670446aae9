"""Keeps any language model within a time and a length: a server that hangs or never ends costs no more than that."""

from collections.abc import Iterator, Sequence
from queue import Empty, Queue
from threading import Event, Semaphore, Thread
from time import monotonic

from assistant.language_model.chat_model import ChatModel, Failure, Message, ModelFailed, Piece

_MOST_AT_ONCE = 16


class BoundedChatModel:
    """A language model whose answers end in time.

    The model speaks in a thread of its own, which is left to itself when the time is over; it stops at its next piece
    or when its own time-out strikes. When too many were left so, the model counts as too slow at once.

    Args:
        model: the model.
        seconds: for a whole answer.
        most_characters: of a whole answer.
    """

    def __init__(self, model: ChatModel, *, seconds: float, most_characters: int) -> None:
        self._model = model
        self._seconds = seconds
        self._most_characters = most_characters
        self._places = Semaphore(_MOST_AT_ONCE)

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._model.name

    def stream(self, messages: Sequence[Message]) -> Iterator[Piece]:
        """Yield the answer piece by piece, no longer than the time and length allow.

        Raises:
            ModelFailed: "too_slow", "too_long", or what the model itself raises.
        """
        if not self._places.acquire(blocking=False):
            raise ModelFailed(Failure.TOO_SLOW)
        said: Queue[Piece | ModelFailed | None] = Queue()
        stopped = Event()
        deadline = monotonic() + self._seconds
        Thread(target=self._speak, args=(messages, said, stopped), daemon=True, name="sela-language-model").start()
        try:
            yield from self._listen(said, deadline)
        finally:
            stopped.set()

    def _speak(self, messages: Sequence[Message], said: "Queue[Piece | ModelFailed | None]", stopped: Event) -> None:
        try:
            for piece in self._model.stream(messages):
                said.put(piece)
                if stopped.is_set():
                    break
        except ModelFailed as failed:
            said.put(failed)
        finally:
            said.put(None)
            self._places.release()

    def _listen(self, said: "Queue[Piece | ModelFailed | None]", deadline: float) -> Iterator[Piece]:
        length = 0
        while (piece := _next(said, deadline)) is not None:
            if isinstance(piece, ModelFailed):
                raise piece
            length += len(piece.text)
            if length > self._most_characters:
                raise ModelFailed(Failure.TOO_LONG)
            yield piece


def _next(said: "Queue[Piece | ModelFailed | None]", deadline: float) -> Piece | ModelFailed | None:
    remaining = deadline - monotonic()
    if remaining <= 0:
        raise ModelFailed(Failure.TOO_SLOW)
    try:
        return said.get(timeout=remaining)
    except Empty:
        raise ModelFailed(Failure.TOO_SLOW) from None
