"""An answer with its references as a Word document."""

from io import BytesIO

from docx import Document  # noqa: TID251, the one place that writes Word

from assistant.answers import Answer
from ui.api.answer_export import provenance, reference

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def answer_word(answer: Answer, created: str) -> bytes:
    """Return question, answer, notes and references as a .docx file."""
    document = Document()
    document.add_heading(_clean(answer.question), level=1)
    for line in answer.text.splitlines():
        document.add_paragraph(_clean(line))
    for note in answer.notes:
        document.add_paragraph(_clean(note.text), style="List Bullet")
    if answer.citations:
        document.add_heading("References", level=2)
    for citation in answer.citations:
        document.add_paragraph(_clean(f"[{citation.number}] {reference(citation)}"))
        document.add_paragraph(_clean(citation.quote), style="Quote")
    document.add_paragraph(_clean(provenance(answer, created)), style="Caption")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _clean(text: str) -> str:
    """Return the text without characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (ord(c) >= 32 and ord(c) not in (0xFFFE, 0xFFFF)))
