"""What every page is given: the service, who visits, and the words of the visitor's language."""

from dataclasses import dataclass

from assistant.messages import message
from assistant.registers import Registers
from ingest.catalogue import Catalogue, DocumentCard
from ui.api.access import Caller
from ui.api.service import Service
from ui.page.conversations import ConversationStore
from ui.page.desk import Desk


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at the page.

    Args:
        owner: opaque and secret: what the visitor's conversations are kept under.
        caller: what the visitor may see and do, as in the API.
        language: of the interface: "en", "es", "pt" or "fr".
    """

    owner: str
    caller: Caller
    language: str


@dataclass(frozen=True, slots=True)
class PageContext:
    """Everything a page may use.

    Args:
        service: the service of the API, in the same process.
        visitor: who looks.
        desk: takes questions and keeps what becomes of them.
        conversations: of every visitor; always name the owner.
    """

    service: Service
    visitor: Visitor
    desk: Desk
    conversations: ConversationStore

    @property
    def caller(self) -> Caller:
        """What the visitor may see and do."""
        return self.visitor.caller

    @property
    def language(self) -> str:
        """Language of the interface."""
        return self.visitor.language

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue being served; show nothing of it that the caller may not see.

        Raises:
            IndexUnavailable: if there is no index.
            Problem: "not-ready".
        """
        return self.service.snapshot().catalogue

    def cards(self) -> tuple[DocumentCard, ...]:
        """Return the documents that the visitor may see, by file.

        Raises:
            IndexUnavailable: if there is no index.
        """
        visible = (card for card in self.catalogue.cards.values() if self.caller.sees(card))
        return tuple(sorted(visible, key=lambda card: card.file))

    def registers(self) -> Registers:
        """Return the registers of the documents that the visitor may see.

        Raises:
            IndexUnavailable: if there is no index.
        """
        return self.service.registers(self.caller)

    def say(self, key: str, /, **values: object) -> str:
        """Return words of the interface in the visitor's language.

        Args:
            key: "ask.placeholder" stands for `placeholder` in the table `[page_ask]` of `assistant/messages/`.
            values: for the placeholders.
        """
        return message(f"page_{key}", self.language, **values)
