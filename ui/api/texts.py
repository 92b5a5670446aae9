"""Types of values that requests are made of."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict

LONGEST_TEXT = 4000
LONGEST_HISTORY = 20
_NO_NUL = r"^[^\u0000]*$"


def _refuse_words(value: object) -> object:
    """Refuse "5" and true for a number, yet take 5.0, which is an integer in JSON."""
    if isinstance(value, bool | str | bytes):
        raise ValueError("Input should be a number")
    return value


_NUMBER = BeforeValidator(_refuse_words)
Truth = Annotated[bool, Strict()]
Words = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=_NO_NUL)]
Short = Annotated[str, Field(max_length=300, pattern=_NO_NUL)]
LanguageCode = Literal["en", "es", "pt", "fr"]
KindName = Literal["work_programme", "decision", "rapporteur_report", "meeting_note", "press_note", "study", "other"]
Year = Annotated[int, Field(ge=1900, le=2200)]
YearOfBody = Annotated[int, Field(ge=1900, le=2200), _NUMBER]
MostPassages = Annotated[int, Field(ge=1, le=50), _NUMBER]
CitationNumber = Annotated[int, Field(ge=1, le=1000), _NUMBER]


class RequestBody(BaseModel):
    """A body that is refused if it holds anything unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ResponseBody(BaseModel):
    """A body that the service sends."""

    model_config = ConfigDict(frozen=True)
