"""Asks the packaged English reranker what it thinks of English pairs; remembers its answers in a file."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.training.pairs import Group, texts_for_teacher
from ingest.models.reranker import Reranker

SAVED_EVERY = 200


def teach(groups: Sequence[Group], teacher: Reranker, *, memory: Path) -> Mapping[tuple[str, str], float]:
    """Return the teacher's logit for every English question and text of the groups.

    Args:
        groups: what to judge.
        teacher: the judge.
        memory: a file of earlier judgements; written as the work goes on, so that it can be broken off.
    """
    known: dict[str, float] = json.loads(memory.read_text()) if memory.exists() else {}
    logits: dict[tuple[str, str], float] = {}
    for number, (question, texts) in enumerate(texts_for_teacher(groups).items()):
        keys = {text: _key(question, text) for text in texts}
        unknown = [text for text in texts if keys[text] not in known]
        if unknown:
            judged = teacher.relevances(question, unknown).tolist()
            known |= {keys[text]: round(logit, 3) for text, logit in zip(unknown, judged, strict=True)}
            if number % SAVED_EVERY == 0:
                memory.write_text(json.dumps(known))
        logits |= {(question, text): known[key] for text, key in keys.items()}
    memory.write_text(json.dumps(known))
    return logits


def _key(question: str, text: str) -> str:
    return hashlib.sha256(f"{question}\0{text}".encode()).hexdigest()[:20]
