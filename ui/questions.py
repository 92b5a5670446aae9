"""A question as JSON: what is kept with its answer, so that it can be asked again."""

from collections.abc import Mapping
from typing import Any

from assistant.answers import Question, Turn
from ingest.catalogue import DocumentFilter


def question_to_json(question: Question) -> dict[str, Any]:
    """Return a question in the shape of a request, with the statuses its asker may not see, if any."""
    narrowing = question.narrowing
    hidden = {"hidden_statuses": sorted(narrowing.hidden_statuses)} if narrowing.hidden_statuses else {}
    return hidden | {
        "question": question.text,
        "history": [{"question": turn.question, "answer_id": turn.answer_id} for turn in question.history],
        "filters": {
            "year": sorted(narrowing.years),
            "kind": sorted(narrowing.kinds),
            "language": sorted(narrowing.languages),
            "document": sorted(narrowing.documents),
        },
        "language": question.language,
    }


def question_from_json(data: Mapping[str, Any]) -> Question:
    """Return the question that `question_to_json` wrote."""
    filters = data["filters"]
    narrowing = DocumentFilter(
        years=frozenset(filters["year"]),
        kinds=frozenset(filters["kind"]),
        languages=frozenset(filters["language"]),
        documents=frozenset(filters["document"]),
        hidden_statuses=frozenset(data.get("hidden_statuses", ())),
    )
    history = tuple(Turn(turn["question"], turn.get("answer_id")) for turn in data["history"])
    return Question(data["question"], history, narrowing, data["language"])
