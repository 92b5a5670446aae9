"""The parts of OpenAI's API that the service answers, as its clients send and read them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ui.api.texts import LONGEST_TEXT, MostPassages, ResponseBody, Truth

MODEL = "sela"
_NO_NUL = r"^[^\u0000]*$"

Text = Annotated[str, Field(max_length=100_000, pattern=_NO_NUL)]


class _Lenient(BaseModel):
    """A body whose other members are taken and have no effect, as OpenAI's clients send many."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class ContentPart(_Lenient):
    """A part of a message."""

    type: str = Field(max_length=50, description="`text`; other parts are passed over.")
    text: Text = Field(default="", description="The words of a part of type text.")


class ChatMessage(_Lenient):
    """A message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"] = Field(
        description="Who speaks; only what users said is a question."
    )
    content: Text | list[ContentPart] | None = Field(default=None, description="The words, or parts of them.")

    def words(self) -> str:
        """Return the text of the message."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(_Lenient):
    """What a stream holds besides the answer."""

    include_usage: Truth = Field(default=False, description="Send a last chunk with the usage.")


class ChatBody(_Lenient):
    """A conversation whose last question is answered; settings of language models have no effect."""

    model_config = ConfigDict(
        extra="ignore",
        frozen=True,
        json_schema_extra={
            "examples": [{"model": MODEL, "messages": [{"role": "user", "content": "What is Decision 440?"}]}]
        },
    )

    model: str = Field(max_length=100, description=f"`{MODEL}`.")
    messages: list[ChatMessage] = Field(
        min_length=1,
        max_length=200,
        description="The conversation, oldest first; where no user says anything, the answer asks for a question.",
    )
    stream: Truth | None = Field(default=False, description="Send the answer in chunks.")
    stream_options: StreamOptions | None = Field(default=None, description="What the stream holds besides.")


class ModelBody(ResponseBody):
    """A model that can be named."""

    id: str = Field(description="Name of the model.")
    object: Literal["model"] = Field(description="Always `model`.")
    created: int = Field(description="Seconds since the epoch.")
    owned_by: str = Field(description="Who offers it.")


class ModelsBody(ResponseBody):
    """The models that can be named."""

    object: Literal["list"] = Field(description="Always `list`.")
    data: list[ModelBody] = Field(description="One model.")


class CompletionBody(ResponseBody):
    """An answer in the shape of a chat completion."""

    model_config = ConfigDict(extra="allow")

    id: str = Field(description="`chatcmpl-` and the id of the answer.")
    object: Literal["chat.completion"] = Field(description="Always `chat.completion`.")
    created: int = Field(description="Seconds since the epoch.")
    model: str = Field(description="Name of the model.")
    choices: list[dict[str, Any]] = Field(
        description="One choice: the message, with `annotations` of type `url_citation`."
    )
    usage: dict[str, int] = Field(description="Words, not tokens: no language model is charged for.")
    sela: dict[str, Any] = Field(description="Id, outcome and address of the stored answer.")


class PassageQueryBody(_Lenient):
    """A search of the passages."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, json_schema_extra={"examples": [{"query": "export consortiums"}]}
    )

    query: (
        Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=_NO_NUL)]
        | Annotated[
            list[Annotated[str, Field(min_length=1, max_length=400, pattern=_NO_NUL)]],
            Field(min_length=1, max_length=8),
        ]
    ) = Field(description="Words, or several of them that are searched as one.")
    max_num_results: MostPassages = Field(default=10, description="Most passages returned.")


class PassageHitBody(ResponseBody):
    """A passage found."""

    file_id: str = Field(description="Id of the document.")
    filename: str = Field(description="File of the document.")
    score: float = Field(description="Likeness, higher for more alike.")
    attributes: dict[str, str | float | bool] = Field(description="Title, kind, status, date, language and section.")
    content: list[dict[str, str]] = Field(description="The passage, verbatim, as a part of type text.")


class PassageHitsBody(ResponseBody):
    """Passages found."""

    object: Literal["vector_store.search_results.page"] = Field(description="What this is.")
    search_query: list[str] = Field(description="What was searched.")
    data: list[PassageHitBody] = Field(description="The best first.")
    has_more: bool = Field(description="Always false.")
    next_page: str | None = Field(description="Always null.")
