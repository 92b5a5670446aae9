"""Writes the invented texts that training does not see as a folder of documents with questions about them.

Run `python -m eval.training.exam FOLDER`: documents go to FOLDER/documents, questions to FOLDER/questions.jsonl.
Refusals are calibrated on them (`eval.calibration`): a fifth of the questions has no answer.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from eval.training.invented import Extract, Inquiry, is_kept_out, load_extracts
from ingest.languages import LANGUAGES


def write_exam(extracts: Sequence[Extract], folder: Path) -> None:
    """Write documents, each in one of its languages by turns, and questions, each in all four.

    Args:
        extracts: the texts.
        folder: to write to; made if need be.
    """
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    asked = count(1)
    rows: list[dict[str, object]] = []
    for number, extract in enumerate(extracts):
        language = sorted(extract.title)[number % 2]
        name = f"{extract.family}-{number}.md"
        (folder / "documents" / name).write_text(_document(extract, language), encoding="utf-8")
        for inquiry in extract.inquiries:
            rows += _rows(extract, inquiry, (name, language), next(asked))
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "questions.jsonl").write_text("".join(lines), encoding="utf-8")


def _document(extract: Extract, language: str) -> str:
    body = "\n\n".join(sentence[language] for sentence in extract.sentences)
    return f"# {extract.title[language]}\n\n## {extract.heading[language]}\n\n{body}\n"


def _rows(extract: Extract, inquiry: Inquiry, place: tuple[str, str], number: int) -> Iterator[dict[str, object]]:
    name, language = place
    gold = [{"doc": name, "quote": extract.sentences[n][language]} for n in inquiry.right]
    facts = [[inquiry.answer.get(language, extract.sentences[n][language])] for n in inquiry.right[:1]]
    for asked in LANGUAGES:
        yield {
            "id": f"{asked}-{number}",
            "lang": asked,
            "type": "answer" if inquiry.right else "near miss",
            "question": inquiry.wordings[asked],
            "history": [],
            "answerable": bool(inquiry.right),
            "gold": gold,
            "facts": facts,
        }


if __name__ == "__main__":
    write_exam([extract for extract in load_extracts() if is_kept_out(extract)], Path(sys.argv[1]))
