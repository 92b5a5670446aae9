"""The addresses of the page: what a link to an answer, a place or a register entry looks like."""

from urllib.parse import urlencode

ASK = ""
DECISIONS = "decisions"
MEETINGS = "meetings"
PROGRAMMES = "programmes"
DOCUMENTS = "documents"
QUALITY = "quality"
ANSWER = "answer"
SOURCE = "source"


def address(page: str, /, **query: str | int | None) -> str:
    """Return the address of a page, such as `address(DECISIONS, number=440)`; None and "" are left out."""
    given = {name: str(value) for name, value in query.items() if value not in {None, ""}}
    return f"/{page}" + (f"?{urlencode(given)}" if given else "")


def answer_address(answer_id: str) -> str:
    """Return the permanent address of an answer."""
    return address(ANSWER, id=answer_id)


def source_address(document_id: str, start: int, end: int) -> str:
    """Return the address that shows a place of a document with the characters from `start` to `end` marked."""
    return address(SOURCE, document=document_id, start=start, end=end)
