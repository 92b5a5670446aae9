"""The words that language models are told, as Markdown files whose placeholders are checked when they are read."""

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from assistant.language_model.chat_model import Message, Role
from assistant.messages import placeholders
from ingest.errors import SettingsError

_PARTS = re.compile(r"\A## System\n(?P<system>.*?)\n## User\n(?P<user>.*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt of two messages.

    Args:
        name: of its file.
        digest: begins the SHA-256 of its file: recorded with each answer.
        system: what the model is told of its task.
        user: what it is given to work on.
    """

    name: str
    digest: str
    system: str
    user: str

    def filled(self, **values: str) -> tuple[Message, ...]:
        """Return the messages with their placeholders filled; braces in a value mean nothing."""
        return (
            Message(Role.SYSTEM, self.system.format(**values)),
            Message(Role.USER, self.user.format(**values)),
        )


@cache
def load_prompt(name: str, *, wanted: frozenset[str]) -> Prompt:
    """Return a prompt of this package.

    Args:
        name: of its file, without ".md".
        wanted: the placeholders that it must have, no more and no fewer.

    Raises:
        SettingsError: if there is none of that name, or its parts or placeholders are not the expected ones.
    """
    path = files(__package__).joinpath(f"{name}.md")
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return read_prompt(name, text, wanted=wanted)


def read_prompt(name: str, text: str, *, wanted: frozenset[str]) -> Prompt:
    """Return the prompt that a text is.

    Raises:
        SettingsError: if its parts or placeholders are not the expected ones.
    """
    parts = _PARTS.match(text)
    if parts is None or placeholders(text) != wanted:
        raise SettingsError(
            f"The prompt {name}.md needs the parts System and User and the placeholders {', '.join(sorted(wanted))}.",
            next_step="Install the package again.",
        )
    digest = sha256(text.encode()).hexdigest()[:16]
    return Prompt(name, digest, parts["system"].strip(), parts["user"].strip())
