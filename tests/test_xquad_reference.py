"""Questions of two languages over English paragraphs, with the default embedding model: every fourth of XQuAD."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from eval.xquad import load_xquad
from eval.xquad_measurement import LegFigures, measure_legs, open_paragraphs, open_snapshot_of

pytestmark = [pytest.mark.reference, pytest.mark.slow]

EVERY = 4
LEAST = {"en": 0.95, "es": 0.93}


@pytest.fixture(scope="module")
def figures(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], LegFigures]:
    folder = reference / "multilingual"
    snapshot = open_snapshot_of(open_paragraphs(load_xquad(folder / "xquad.en.json"), tmp_path_factory.mktemp("xquad")))

    @cache
    def measured(language: str) -> LegFigures:
        questions = load_xquad(folder / f"xquad.{language}.json").questions[::EVERY]
        return measure_legs(snapshot, questions, language=language)

    return measured


@pytest.mark.parametrize("language", ["en", "es"])
def test_questions_find_english_paragraphs_whatever_their_language(
    figures: Callable[[str], LegFigures], language: str
) -> None:
    assert figures(language).fused >= LEAST[language]


@pytest.mark.parametrize("language", ["en", "es"])
def test_fusing_is_never_worse_than_its_better_leg(figures: Callable[[str], LegFigures], language: str) -> None:
    found = figures(language)
    assert found.fused >= max(found.dense, found.lexical)
