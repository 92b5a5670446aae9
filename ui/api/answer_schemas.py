"""Requests for answers and passages, and what comes back, as the reference describes them."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from assistant.answers import Mode, NoteKind, Outcome, Question, Turn
from ingest.catalogue import DocumentFilter
from ui.api.texts import (
    LONGEST_HISTORY,
    KindName,
    LanguageCode,
    MostPassages,
    RequestBody,
    ResponseBody,
    Short,
    Truth,
    Words,
    YearOfBody,
)

_ANSWER_ID = r"^ans_[0-9A-HJKMNP-TV-Z]{26}$"
AnswerId = Annotated[str, Field(pattern=_ANSWER_ID, description="Id of an answer.", examples=["ans_" + "0" * 26])]


class EarlierQuestion(RequestBody):
    """An earlier question of the same conversation."""

    question: Words = Field(description="The words of the earlier question.")
    answer_id: AnswerId | None = Field(default=None, description="Id of its answer, if it is known.")


class Filters(RequestBody):
    """Which documents may be used; an empty list admits all."""

    year: list[YearOfBody] = Field(
        default=[], max_length=50, description="Year of a document's date or named by its title."
    )
    kind: list[KindName] = Field(default=[], max_length=10, description="Kinds of document.")
    language: list[LanguageCode] = Field(default=[], max_length=4, description="Languages of documents.")
    document: list[Short] = Field(default=[], max_length=100, description="Ids or files of documents.")

    def narrowing(self) -> DocumentFilter:
        """Return the filter of the index."""
        return DocumentFilter(
            years=frozenset(self.year),
            kinds=frozenset(self.kind),
            languages=frozenset(self.language),
            documents=frozenset(self.document),
        )


class AskBody(RequestBody):
    """A question."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"question": "What did Decision 440 mandate?", "filters": {"year": [2019]}}]}
    )

    question: Words = Field(description="What is asked, in English, Spanish, Portuguese or French.")
    history: list[EarlierQuestion] = Field(
        default=[], max_length=LONGEST_HISTORY, description="Earlier questions of the conversation, the oldest first."
    )
    filters: Filters = Field(default=Filters(), description="Which documents may be used.")
    language: LanguageCode | None = Field(
        default=None, description="Language of the answer; that of the question if not given."
    )
    stream: Truth = Field(default=False, description="Send the answer as server-sent events.")

    def to_question(self) -> Question:
        """Return what the assistant is asked."""
        history = tuple(Turn(turn.question, turn.answer_id) for turn in self.history)
        return Question(self.question, history, self.filters.narrowing(), self.language)


class SearchBody(RequestBody):
    """A search for passages."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"query": "export consortiums", "limit": 5}]})

    query: Words = Field(description="What to look for.")
    limit: MostPassages = Field(default=10, description="Most passages returned.")
    filters: Filters = Field(default=Filters(), description="Which documents may be used.")


class CitedDocumentBody(ResponseBody):
    """What a citation says of its document."""

    id: str = Field(description="Id of the document.")
    file: str = Field(description="Path relative to the ingested folder.")
    title: str = Field(description="Title.")
    symbol: str | None = Field(description="Official document symbol.")
    kind: str = Field(description="Kind of document.")
    status: str = Field(description="Draft, adopted, report, press, internal or unknown.")
    date: str | None = Field(description="ISO 8601, as precise as it is known.")
    language: str = Field(description="ISO 639-1 code.")


class CitationBody(ResponseBody):
    """Words that stand in a document, checked there."""

    number: int = Field(ge=1, description="`[1]` in the answer's text.")
    quote: str = Field(description="The document's own characters from `start` to `end`.")
    verified: bool = Field(description="Always true: a quote that is not found is never shown.")
    start: int = Field(ge=0, description="First character in the document's text.")
    end: int = Field(ge=0, description="One past the last character.")
    document: CitedDocumentBody = Field(description="Where it stands.")
    section: list[str] = Field(description="Headings above it, outermost first.")
    page: int | None = Field(description="1-based page of the file; null where the format has none.")
    page_label: str | None = Field(description="Printed page number.")
    href: str = Field(description="Where this service shows the place.")


class StatementBody(ResponseBody):
    """One assertion."""

    text: str = Field(description="The assertion.")
    citations: list[int] = Field(description="Numbers of the citations it rests on.")


class NoteBody(ResponseBody):
    """Something the reader must know besides the answer."""

    kind: NoteKind = Field(description="What it warns of.")
    text: str = Field(description="The warning.")
    citations: list[int] = Field(description="Numbers of the citations it rests on.")


class EvidenceBody(ResponseBody):
    """A passage that was looked at."""

    passage_id: str = Field(description="Id of the passage.")
    file: str = Field(description="File of its document.")
    section: list[str] = Field(description="Headings above it, outermost first.")
    text: str = Field(description="The passage, verbatim.")
    rank: int = Field(ge=1, description="1 for the best.")
    similarity: float = Field(description="Likeness to the question, higher for more alike.")


class CoverageBody(ResponseBody):
    """How much was searched."""

    documents_searched: int = Field(ge=0, description="Documents searched.")
    documents_unreadable: int = Field(ge=0, description="Files that could not be read.")


class IndexBody(ResponseBody):
    """Which index answered."""

    generation: str = Field(description="Generation of the index.")
    passages: int = Field(ge=0, description="Passages in it that the caller may see.")
    embedding_model: str = Field(description="Fingerprint of the embedding model.")


class ModelUseBody(ResponseBody):
    """What a language model did for an answer."""

    name: str = Field(description="Provider and model.")
    prompts: dict[str, str] = Field(description="Name and digest of each prompt it was given.")
    prompt_tokens: int = Field(ge=0, description="Tokens put to it; 0 where its server does not tell.")
    answer_tokens: int = Field(ge=0, description="Tokens it said; 0 where its server does not tell.")
    latency_ms: float = Field(description="Milliseconds from asking it to its last sentence.")
    kept: int = Field(ge=0, description="Sentences of it in the answer.")
    dropped: dict[str, int] = Field(description="Sentences of it that were not let through, by reason.")
    failure: str | None = Field(description="Why it gave no whole answer; null if it did.")


class AnswerBody(ResponseBody):
    """An answer with everything needed to check it and to ask again."""

    id: str = Field(description="Id; the answer stays at `/v1/answers/{id}`.")
    question: str = Field(description="As it was asked.")
    standalone_question: str = Field(description="As it was understood, with what the history adds.")
    language: str = Field(description="Language of the answer.")
    outcome: Outcome = Field(description="How far the question was answered.")
    mode: Mode = Field(description="Made of quotations alone, or with sentences of a language model.")
    text: str = Field(description="The answer with the numbers of its citations.")
    statements: list[StatementBody] = Field(description="Its assertions.")
    citations: list[CitationBody] = Field(description="The words it rests on.")
    notes: list[NoteBody] = Field(description="What else the reader must know.")
    evidence: list[EvidenceBody] = Field(description="Passages that were looked at, the best first.")
    coverage: CoverageBody = Field(description="How much was searched.")
    index: IndexBody = Field(description="Which index answered.")
    timings_ms: dict[str, float] = Field(description="Milliseconds that each stage took.")
    model: ModelUseBody | None = Field(description="What a language model did; null where none was asked.")


class SearchResultBody(ResponseBody):
    """Passages found."""

    query: str = Field(description="What was looked for.")
    passages: list[EvidenceBody] = Field(description="The best first.")


class ChangesBody(ResponseBody):
    """What is different from the stored answer."""

    changed: bool = Field(description="Whether anything below differs, the index and settings left out.")
    outcome: bool = Field(description="Whether the outcome differs.")
    text: bool = Field(description="Whether the text differs.")
    citations_added: list[str] = Field(description="Quotes that are cited now and were not.")
    citations_removed: list[str] = Field(description="Quotes that were cited and are not now.")
    evidence_added: list[str] = Field(description="Ids of passages found now only.")
    evidence_removed: list[str] = Field(description="Ids of passages found then only.")
    index: bool = Field(description="Whether another generation of the index answered.")
    settings: list[str] = Field(description="Names of settings that differ.")


class RerunBody(ResponseBody):
    """A question asked again."""

    previous_id: str = Field(description="Id of the answer before.")
    answer: AnswerBody = Field(description="The new answer, kept under its own id.")
    changes: ChangesBody = Field(description="What is different.")


class ProblemFault(ResponseBody):
    """One thing wrong with a request."""

    at: str = Field(description="Where it is, such as `body/question`.")
    detail: str = Field(description="What is wrong.")


class ProblemBody(ResponseBody):
    """Problem details as in RFC 9457."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="Address that explains this kind of problem and never changes.")
    title: str = Field(description="What kind of problem it is.")
    status: int = Field(description="HTTP status.")
    detail: str = Field(description="What failed this time, and the next step.")
    instance: str = Field(description="Path of the request.")
    request_id: str = Field(description="Id of the request, also in `X-Request-ID`.")
    errors: list[ProblemFault] = Field(default=[], description="Each thing wrong with the request.")
    error: dict[str, Any] = Field(description="The same in the shape that OpenAI clients read.")


ExportFormat = Literal["json", "markdown", "docx"]
