"""Opens the page's stage over a small folder, with answers that a test writes, and without models."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from api_samples import settings_for
from assistant_samples import over, write_folder
from index_samples import ingest
from streamlit.testing.v1 import AppTest  # noqa: TID251

from assistant.answers import (
    Answer,
    Citation,
    Coverage,
    EvidenceItem,
    IndexStamp,
    Note,
    NoteKind,
    Outcome,
    Question,
    Statement,
    cited_document,
    new_answer_id,
)
from assistant.glossary import Glossary
from ingest.generations import IndexHome
from ui.api.access import Caller
from ui.api.keys import Scope
from ui.api.service import Service
from ui.api.settings import ServiceSettings
from ui.page.context import Visitor
from ui.page.conversations import ConversationStore
from ui.page.desk import Desk, Sources
from ui.page.examples import Examples
from ui.page.stage import Stage, open_stage
from ui.questions import question_to_json

READER = Caller("open:test", "", frozenset({Scope.READ}))
SCRIPT = Path(__file__).resolve().parents[1] / "ui" / "page" / "script.py"


@dataclass
class Site:
    """An open stage.

    Args:
        service: over a small index.
        conversations: of everybody.
        asked: every question that was put, as the assistant got it.
        reply: gives the answer to a question, or raises.
        held: the answer of every question, where a test wants to wait.
        stage: that was opened.
        visitor: who the page is shown to.
    """

    service: Service
    conversations: ConversationStore
    asked: list[Question] = field(default_factory=list)
    reply: Callable[[Question], Answer] | None = None
    held: Future[Answer] | None = None
    stage: Stage | None = None
    visitor: Visitor = field(default_factory=lambda: Visitor("somebody", READER, "en"))

    def ask(self, question: Question, caller: Caller, on_sources: Callable[[Sources], None]) -> "Future[Answer]":
        """Answer at once, or hold the answer back where a test wants to wait."""
        self.asked.append(question)
        future: Future[Answer] = Future()
        if self.held is not None:
            return self.held
        try:
            answer = (self.reply or self.answer)(question)
        except Exception as error:  # noqa: BLE001, what the real queue does with failures
            future.set_exception(error)
            return future
        on_sources(answer.evidence)
        self.service.answers.save(answer, asked=question_to_json(question), settings={})
        future.set_result(answer)
        return future

    def answer(
        self, question: Question, *, file: str = "harbours.md", quote: str = "four cranes", **more: object
    ) -> Answer:
        """Return an answer that cites words of a document."""
        catalogue = self.service.snapshot().catalogue
        card = next(card for card in catalogue.cards.values() if card.file == file)
        document = catalogue.document(card.id)
        start = document.text.index(quote)
        place = document.place(start)
        cited = Citation(
            1, quote, True, start, start + len(quote), cited_document(card), document.section_path(start), place.page,
            place.page_label, f"/v1/documents/{card.id}/view",
        )  # fmt: skip
        said = f"The harbour has “{quote}” [1]"
        answer = Answer(
            id=new_answer_id(), question=question.text, standalone_question=question.text, language="en",
            outcome=Outcome.ANSWERED, mode="extractive", text=said, statements=(Statement(said, (1,)),),
            citations=(cited,), notes=(), evidence=(EvidenceItem("p1", file, ("Cranes",), quote, 1, 0.9),),
            coverage=Coverage(6, 0), index=IndexStamp("g", 10, "m"), timings_ms={},
        )  # fmt: skip
        return replace(answer, **more)  # type: ignore[arg-type]

    def open(self, **query: str | list[str]) -> AppTest:
        """Show the page to the visitor at an address."""
        test = AppTest.from_file(SCRIPT, default_timeout=300)
        for name, value in query.items():
            test.query_params[name] = value
        return test.run()


def refusal(site: Site, question: Question) -> Answer:
    """Return an answer that declines."""
    answer = site.answer(question)
    return replace(answer, outcome=Outcome.NO_EVIDENCE, text="The documents do not say.", statements=(), citations=())


def contradiction(site: Site, question: Question) -> Answer:
    """Return an answer with a note that documents disagree."""
    answer = site.answer(question)
    note = Note(NoteKind.CONTRADICTION, "The documents disagree on the number: 4, 5.", (1,))
    return replace(answer, notes=(note,), text=f"{answer.text}\n{note.text} [1]")


@contextmanager
def open_site(parent: Path, *, is_empty: bool = False, **more: str) -> Iterator[Site]:
    """Ingest a few made-up documents, or none, and open the stage over them."""
    home = IndexHome(parent / "data")
    if not is_empty:
        ingest(write_folder(parent, **more), home)
    service = Service(settings_for(home.folder), ServiceSettings())
    service._assistant = over(home, Glossary.load())
    site = Site(service, ConversationStore(home.folder))
    desk = Desk(site.ask, site.conversations)
    site.stage = Stage(service, site.conversations, desk, lambda: site.visitor, Examples())
    open_stage(site.stage)
    try:
        yield site
    finally:
        service.close()
