"""A language model that says what it was told to say: the fake of the seam, for tests and trials without a server."""

from collections.abc import Callable, Iterator, Sequence

from assistant.language_model.chat_model import Failure, Message, ModelFailed, Piece

Script = Callable[[Sequence[Message]], str]


class ScriptedChatModel:
    """Answers with a fixed text, or with what a function makes of the messages.

    Args:
        script: the answer, or what gives it.
        failure: raised after the text, None to end well.
        name: as answers record it.
    """

    def __init__(self, script: str | Script, *, failure: Failure | None = None, name: str = "scripted:fake") -> None:
        self._script = script
        self._failure = failure
        self._name = name
        self.asked: list[Sequence[Message]] = []

    @property
    def name(self) -> str:
        """The name given."""
        return self._name

    def stream(self, messages: Sequence[Message]) -> Iterator[Piece]:
        """Yield the text word by word, then the end or the failure."""
        self.asked.append(messages)
        text = self._script if isinstance(self._script, str) else self._script(messages)
        for word in text.split(" "):
            yield Piece(word + " ")
        if self._failure is not None:
            raise ModelFailed(self._failure)
        told = sum(len(message.text.split()) for message in messages)
        yield Piece("", prompt_tokens=told, answer_tokens=len(text.split()), ends=True)
