"""Decisions, meetings, activities and comparisons as the reference describes them."""

from pydantic import Field

from ui.api.texts import ResponseBody


class PlaceBody(ResponseBody):
    """Words of a document and where they stand."""

    document_id: str = Field(description="Id of the document.")
    file: str = Field(description="File of the document.")
    start: int = Field(description="First character in the document's text.")
    end: int = Field(description="One past the last character.")
    page: int | None = Field(description="1-based page of the file; null where the format has none.")
    page_label: str | None = Field(description="Printed page number.")
    quote: str = Field(description="The document's own characters from `start` to `end`.")
    href: str = Field(description="Where this service shows the place.")


class StatedBody(ResponseBody):
    """One statement of a value."""

    words: str = Field(description="As the document writes it.")
    place: PlaceBody = Field(description="Where it stands.")


class VariantBody(ResponseBody):
    """A distinct value with every statement of it."""

    value: str = Field(description="Normal form: ISO 8601 dates, a session's number, or the words.")
    stated: list[StatedBody] = Field(description="Each statement of it.")


class DecisionSummaryBody(ResponseBody):
    """A decision in the list."""

    number: int = Field(description="Number of the decision.")
    body: str = Field(description="The body that took it.")
    is_own: bool = Field(description="Whether it is a decision of SELA's own organs.")
    text_held: bool = Field(description="Whether its text is among the documents, and not only references to it.")
    mentions: int = Field(description="How many places name it.")
    documents: list[str] = Field(description="Ids of the documents that name it.")
    href: str = Field(description="Where its entry is.")


class DecisionsBody(ResponseBody):
    """A page of the register of decisions."""

    items: list[DecisionSummaryBody] = Field(description="Decisions, SELA's own first.")
    total: int = Field(description="Decisions on all pages.")
    next_cursor: str | None = Field(description="Cursor of the next page; null on the last.")


class MentionBody(ResponseBody):
    """A place that names a decision."""

    place: PlaceBody = Field(description="The words that name it.")
    sentence: list[PlaceBody] = Field(description="The sentence around them.")
    mandate: list[PlaceBody] = Field(description="The words that say what it decides; empty where none do.")
    body_is_stated: bool = Field(description="Whether the text around names the body.")


class DecisionBody(DecisionSummaryBody):
    """What all documents say of a decision."""

    held_in: list[str] = Field(description="Ids of the documents that hold its text.")
    values: dict[str, list[VariantBody]] = Field(description="Distinct values of title, session, dates and location.")
    disagreements: dict[str, list[VariantBody]] = Field(description="Values that cannot all be right.")
    places: list[MentionBody] = Field(description="Every place that names it.")


class MeetingBody(ResponseBody):
    """What all documents say of a meeting."""

    name: str = Field(description="Its fullest name.")
    kind: str = Field(description="Meeting, session, seminar, workshop and so on.")
    ordinal: int | None = Field(description="Its number in its series.")
    standing: str = Field(description="held, planned or mentioned.")
    years: list[int] = Field(description="Years that documents give it.")
    values: dict[str, list[VariantBody]] = Field(description="Distinct values of dates, location and so on.")
    disagreements: dict[str, list[VariantBody]] = Field(description="Values that cannot all be right.")
    points: list["PointBody"] = Field(description="Conclusions and recommendations reported of it.")
    reported_in: list[str] = Field(description="Ids of the documents that are its own note or report.")
    places: list[PlaceBody] = Field(description="Every place that speaks of it.")


class PointBody(ResponseBody):
    """A conclusion or recommendation."""

    kind: str = Field(description="conclusion or recommendation.")
    number: str = Field(description="As the document numbers it; may be empty.")
    place: PlaceBody = Field(description="Its words.")


class MeetingsBody(ResponseBody):
    """A page of the register of meetings."""

    items: list[MeetingBody] = Field(description="By date, or the best match of the query first.")
    total: int = Field(description="Meetings on all pages.")
    next_cursor: str | None = Field(description="Cursor of the next page; null on the last.")


class CitedBody(ResponseBody):
    """Words with their places."""

    words: str = Field(description="The words, white space made one blank.")
    places: list[PlaceBody] = Field(description="Where they stand; several where a page break cuts them.")


class StepBody(ResponseBody):
    """A step of an activity."""

    step: CitedBody = Field(description="What is done.")
    time: CitedBody = Field(description="When, as the document writes it.")


class ActivityVersionBody(ResponseBody):
    """An activity as one document plans it."""

    document_id: str = Field(description="Id of the document.")
    language: str = Field(description="Language of the document.")
    title: CitedBody = Field(description="Its title.")
    objectives: list[CitedBody] = Field(description="Its objectives.")
    expected_results: list[CitedBody] = Field(description="Its expected results.")
    schedule: list[StepBody] = Field(description="Its steps.")
    partners: list[CitedBody] = Field(description="Organisations that it names.")
    place: PlaceBody = Field(description="From its heading to its last word.")


class ActivityBody(ResponseBody):
    """An activity of one programme in every document that describes it."""

    code: str = Field(description="Its code, such as II.2.3.")
    year: int | None = Field(description="Year of its programme; one code means different things in different years.")
    title: str = Field(description="Title in the fullest document.")
    versions: list[ActivityVersionBody] = Field(description="What each document says of it, the fullest first.")


class ActivitiesBody(ResponseBody):
    """A page of the register of activities."""

    items: list[ActivityBody] = Field(description="By year and code.")
    total: int = Field(description="Activities on all pages.")
    next_cursor: str | None = Field(description="Cursor of the next page; null on the last.")


class ComparisonRowBody(ResponseBody):
    """An activity beside the one that takes it up."""

    continuity: str = Field(description="continued, renumbered, changed, dropped or new.")
    similarity: float = Field(description="0 to 1, higher for more alike; 0 where one side is missing.")
    earlier_code: str | None = Field(description="Code in the earlier programme.")
    later_code: str | None = Field(description="Code in the later programme.")
    cells: dict[str, list[list[CitedBody] | None]] = Field(
        description="Title, objectives, results, schedule and partners: what the earlier, then the later one states."
    )


class FigureRowBody(ResponseBody):
    """A figure of both programmes."""

    subject: str = Field(description="What is counted.")
    earlier: CitedBody | None = Field(description="What the earlier programme states.")
    later: CitedBody | None = Field(description="What the later programme states.")


class ComparisonBody(ResponseBody):
    """Two work programmes side by side."""

    earlier_year: int = Field(description="Year of the earlier programme.")
    later_year: int = Field(description="Year of the later programme.")
    counts: dict[str, int] = Field(description="How many activities were continued, renumbered and so on.")
    rows: list[ComparisonRowBody] = Field(description="In the order of the earlier programme, then the new ones.")
    figures: list[FigureRowBody] = Field(description="What the programmes count of themselves.")
    documents: list[str] = Field(description="Ids of the documents compared.")
    is_across_languages: bool = Field(description="Whether no language holds both programmes.")
