"""All training data: which sets, which pairings of languages, in which proportions."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from assistant.glossary import Glossary
from eval.training.alignment import Align, same_questions
from eval.training.material import Maker, Side, glossed, names_of, sides_of, with_english
from eval.training.pairs import Group
from eval.training.sentences import LikelyMistakes
from eval.training.squad import Paragraph, Split, load_articles, split_by_article, split_by_paragraph

GLOSSED_SHARE = 0.35
XQUAD = {language: f"multilingual/xquad.{language}.json" for language in ("en", "es")}
SQUAD = {"en": "training/squad2-dev-half.en.json", "es": "training/squad2-es-even.json"}
SAME_ARTICLES = {
    "Normandos": "Normans",
    "1973: Crisis del petróleo": "1973 oil crisis",
    "Motor": "Steam engine",
    "Dinastía Yuan": "Yuan dynasty",
    "El islamismo": "Islamism",
    "Varsovia": "Warsaw",
    "Fuerza": "Force",
}


@dataclass(frozen=True, slots=True)
class Sources:
    """The question sets by language, divided into training and test."""

    xquad: dict[str, Split]
    squad: dict[str, Split]


def load_sources(folder: Path) -> Sources:
    """Read the question sets.

    Args:
        folder: holds `multilingual/` and `training/`.

    Raises:
        QuestionSetError: if one is missing or in another format.
    """
    xquad = {language: split_by_article(load_articles(folder / p, language=language)) for language, p in XQUAD.items()}
    squad = {
        language: split_by_paragraph(load_articles(folder / p, language=language), reserved=xquad[language].test)
        for language, p in SQUAD.items()
    }
    return Sources(xquad, squad)


def make_groups(sources: Sources, *, align: Align, seed: int) -> list[Group]:
    """Return all groups of pairs from the question sets.

    Args:
        sources: the sets.
        align: tells which questions of two lists mean the same.
        seed: decides what is drawn.
    """
    random = Random(seed)
    seen = {language: _seen(sources, language) for language in ("en", "es")}
    sides = {language: sides_of(paragraphs, random) for language, paragraphs in seen.items()}
    mistakes = {
        language: LikelyMistakes([s for side in held for s in side.sentences]) for language, held in sides.items()
    }
    maker = Maker(mistakes, names_of([p for held in seen.values() for p in held]), random)
    glossary = Glossary.load()
    split = {language: len(sources.xquad[language].training) for language in seen}
    groups = _parallel(sides["en"][: split["en"]], sides["es"][: split["es"]], maker, glossary, random)
    groups += _in_one_language(sides["en"][split["en"] :], maker, glossary, random)
    groups += _in_one_language(sides["es"][split["es"] :], maker, glossary, random)
    return groups + _across(sides["en"][split["en"] :], sides["es"][split["es"] :], maker, align)


def _seen(sources: Sources, language: str) -> list[Paragraph]:
    return [*sources.xquad[language].training, *sources.squad[language].training]


def _parallel(
    english: Sequence[Side], spanish: Sequence[Side], maker: Maker, glossary: Glossary, random: Random
) -> list[Group]:
    """Return every question of a parallel set in both languages over the paragraph in both languages."""
    groups: list[Group] = []
    for en, es in zip(english, spanish, strict=True):
        matched = with_english(es, en)
        for asked_en, asked_es in zip(en.paragraph.questions, es.paragraph.questions, strict=True):
            for question in (
                asked_en.text,
                asked_es.text,
                glossed(asked_es.text, glossary, source="es", random=random),
            ):
                groups += maker.groups(en, asked_en, question, asked_en.text)
                groups += maker.groups(matched, asked_es, question, asked_en.text)
    return groups


def _in_one_language(sides: Sequence[Side], maker: Maker, glossary: Glossary, random: Random) -> list[Group]:
    groups: list[Group] = []
    for side in sides:
        language = side.paragraph.language
        for asked in side.paragraph.questions:
            english = asked.text if language == "en" else ""
            groups += maker.groups(side, asked, asked.text, english)
            if random.random() < GLOSSED_SHARE:
                question = glossed(asked.text, glossary, source=language, random=random)
                groups += maker.groups(side, asked, question, english)
    return groups


def _across(english: Sequence[Side], spanish: Sequence[Side], maker: Maker, align: Align) -> list[Group]:
    """Return Spanish questions over English paragraphs, and the other way round, of articles that are in both sets."""
    groups: list[Group] = []
    for spanish_title, english_title in SAME_ARTICLES.items():
        here = _asked_in(english, english_title)
        there = _asked_in(spanish, spanish_title)
        for i, j in same_questions([a for _, a in here], [a for _, a in there], align):
            (en, asked_en), (es, asked_es) = here[i], there[j]
            groups += maker.groups(en, asked_en, asked_es.text, asked_en.text)
            groups += maker.groups(es, asked_es, asked_en.text, "")
    return groups


def _asked_in(sides: Sequence[Side], title: str) -> list:  # type: ignore[type-arg]
    return [(side, asked) for side in sides if side.paragraph.title == title for asked in side.paragraph.questions]
