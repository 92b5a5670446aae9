"""Pairs in the style of the documents served: the sample corpus with its own questions and with templated ones."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from assistant.glossary import Glossary
from assistant.reading.units import Unit, units_of
from assistant.retrieval import Candidate, Query
from assistant.snapshot import Snapshot
from eval.questions import ExamQuestion, Split
from eval.training.pairs import Group, Kind, Pair
from ingest.identifiers import find_dates, find_decisions
from ingest.languages import LANGUAGES
from ingest.normalisation import fold
from ingest.registers.meeting_places import find_locations

FOUND, GROUP, TIMES = 16, 6, 3
MOST_TOPICS, MOST_SUBJECTS = 120, 250
FRAGMENT = re.compile(r"(?:[\w'’-]{3,} ?){3,7}")
SHORTEST_TOPIC, LONGEST_TOPIC = 2, 14
Find = Callable[[str], tuple[tuple[int, int], ...]]

WHEN = {
    "en": ("When is {}?", "On what date was {} held?", "When does {} take place?"),
    "es": ("¿Cuándo es {}?", "¿En qué fecha se realizó {}?", "¿Cuándo tiene lugar {}?"),
    "pt": ("Quando é {}?", "Em que data se realizou {}?", "Quando acontece {}?"),
    "fr": ("Quand a lieu {} ?", "À quelle date s'est tenu {} ?", "Quelle est la date de {} ?"),
}
WHERE = {
    "en": ("Where is {}?", "In which city was {} held?", "Which country hosts {}?"),
    "es": ("¿Dónde es {}?", "¿En qué ciudad se celebró {}?", "¿Qué país acoge {}?"),
    "pt": ("Onde é {}?", "Em que cidade se realizou {}?", "Que país sedia {}?"),
    "fr": ("Où a lieu {} ?", "Dans quelle ville s'est tenu {} ?", "Quel pays accueille {} ?"),
}
DECISION = {
    "en": ("What does Decision {} say?", "What did Decision No. {} establish?", "decision {} about"),
    "es": ("¿Qué dice la Decisión {}?", "¿Qué estableció la Decisión N° {}?", "de qué trata la decisión {}"),
    "pt": ("O que diz a Decisão {}?", "O que a Decisão nº {} estabeleceu?", "do que trata a decisão {}"),
    "fr": ("Que dit la Décision {} ?", "Qu'a établi la Décision n° {} ?", "de quoi traite la décision {}"),
}  # fmt: skip
ABOUT = {
    "en": ("What is said about {}?", "{}", "What does the document say of {}?", "Which {}?"),
    "es": ("¿Qué se dice sobre {}?", "{}", "¿Qué dice el documento de {}?", "¿Qué {}?"),
    "pt": ("O que se diz sobre {}?", "{}", "O que diz o documento de {}?", "Que {}?"),
    "fr": ("Que dit-on de {} ?", "{}", "Que dit le document de {} ?", "Quel {} ?"),
}
NEAREST = 60

_PART = re.compile(r"\s*(?:[A-Z]|[IVX]+|\d+)\.\s+(?!.*:)|I+\.")
_NUMBER = re.compile(r"^(?:Activity|Actividad|Atividade|Activité)?\s*[IVX]+(?:\.\d+)+\.?\s*|^[A-Z0-9]+\.\s+")


@dataclass(frozen=True, slots=True)
class SampleCorpus:
    """The sample corpus, searched as the assistant searches it.

    Args:
        snapshot: its index.
        glossary: carries questions into other languages.
        random: decides what is drawn.
    """

    snapshot: Snapshot
    glossary: Glossary
    random: Random

    def groups(self, questions: Sequence[ExamQuestion]) -> list[Group]:
        """Return groups for the questions of the tuning half and for templated ones, each several times."""
        asked = [q for q in questions if q.split is Split.TUNING and not q.history]
        return [
            group for _ in range(TIMES) for group in (*(g for q in asked for g in self._own(q)), *self._templated())
        ]

    def _own(self, question: ExamQuestion) -> Iterator[Group]:
        units = self._units(question.text, question.language)
        right = [u for u in units if _supports(u, question)]
        if question.answerable and not right:
            return
        other = [u for u in units[:NEAREST] if u not in right and not _holds_fact(u, question)]
        self.random.shuffle(other)
        shown = self.random.choice((question.text, self._elsewhere(question.text, question.language)))
        english = self._english(question.text, question.language)
        supporting: list[Unit | None] = [*right[:4]]
        for number, unit in enumerate(supporting or [None, None, None]):
            beside = other[number * GROUP : (number + 1) * GROUP]
            rest = tuple(self._pair(shown, english, u, None, Kind.OPEN) for u in beside)
            found = () if unit is None else (self._pair(shown, english, unit, _fact(unit, question), Kind.RIGHT),)
            if found + rest:
                yield found + rest

    def _templated(self) -> Iterator[Group]:
        yield from self._about_topics(WHEN, lambda text: tuple((d.start, d.end) for d in find_dates(text)))
        yield from self._about_topics(WHERE, lambda text: tuple((p.start, p.end) for p in find_locations(text)))
        yield from self._about_decisions()
        yield from self._about_subjects()

    def _about_topics(self, templates: Mapping[str, tuple[str, ...]], find: Find) -> Iterator[Group]:
        units = self._all_units()
        holders = [u for u in units if topic_of(u) and find(u.text)]
        for unit in self.random.sample(holders, min(MOST_TOPICS, len(holders))):
            topic = topic_of(unit)
            beside = [u for u in units if u.passage.path == unit.passage.path and not find(u.text)]
            apart = [u for u in holders if topic_of(u) != topic]
            yield self._group(templates, unit, find(unit.text)[0], subject=topic, wrong=(beside, apart))

    def _about_decisions(self) -> Iterator[Group]:
        units = [u for u in self._all_units() if find_decisions(u.text)]
        for unit in units:
            number = find_decisions(unit.text)[0].number
            others = [u for u in units if number not in {d.number for d in find_decisions(f"{u.context} {u.text}")}]
            yield self._group(DECISION, unit, (0, len(unit.text)), subject=str(number), wrong=(others, others))

    def _about_subjects(self) -> Iterator[Group]:
        """Return questions about a few words of a unit, with units that share them: the teacher alone judges."""
        units = self._all_units()
        for unit in self.random.sample(units, min(MOST_SUBJECTS, len(units))):
            fragments = FRAGMENT.findall(unit.text)
            if fragments:
                yield self._subject(unit, self.random.choice(fragments).strip())

    def _subject(self, unit: Unit, subject: str) -> Group:
        shown, asked, own = self.random.choice(LANGUAGES), self.random.randrange(4), unit.passage.language
        carried = subject if shown == own else self.glossary.gloss(subject, source=own, target=shown)
        question, english = ABOUT[shown][asked].format(carried), ABOUT["en"][asked].format(self._english(subject, own))
        found = [u for u in self._units(subject, own)[:NEAREST] if u.text != unit.text]
        drawn = [unit, *self.random.sample(found, min(GROUP - 1, len(found)))]
        return tuple(self._pair(question, english, u, None, Kind.OPEN) for u in drawn)

    def _english(self, text: str, language: str) -> str:
        """Return a text in English, carried over term by term: so the assistant shows it to the teacher."""
        return text if language == "en" else self.glossary.gloss(text, source=language, target="en")

    def _pair(self, question: str, english: str, unit: Unit, answer: tuple[int, int] | None, kind: Kind) -> Pair:
        text = shown_text(unit)
        offset = len(text) - len(unit.text)
        place = None if answer is None else (answer[0] + offset, answer[1] + offset)
        return Pair(question, text, place, kind, (english, self._english(text, unit.passage.language)))

    def _group(
        self,
        templates: Mapping[str, tuple[str, ...]],
        unit: Unit,
        answer: tuple[int, int],
        *,
        subject: str,
        wrong: tuple[list[Unit], list[Unit]],
    ) -> Group:
        shown, asked = self.random.choice(LANGUAGES), self.random.randrange(3)
        own = unit.passage.language
        carried = subject if shown == own else self.glossary.gloss(subject, source=own, target=shown)
        question = templates[shown][asked].format(carried)
        english = templates["en"][asked].format(self._english(subject, own))
        drawn = [u for pool in wrong for u in self.random.sample(pool, min(2, len(pool)))]
        others = (self._pair(question, english, u, None, Kind.NEAR if u in wrong[1] else Kind.WRONG) for u in drawn)
        return (self._pair(question, english, unit, answer, Kind.RIGHT), *others)

    def _units(self, question: str, language: str) -> list[Unit]:
        found = self.snapshot.retriever.find(Query(question, language), limit=FOUND)
        return units_of(found, self.snapshot.catalogue)

    def _all_units(self) -> list[Unit]:
        catalogue = self.snapshot.catalogue
        passages = [p for identifier in sorted(catalogue.cards) for p in catalogue.passages_of(identifier)]
        return units_of([Candidate(passage, 0.0, 0.0) for passage in passages], catalogue)

    def _elsewhere(self, question: str, language: str) -> str:
        others = [other for other in LANGUAGES if other not in (language, "en")]
        return self.glossary.gloss(question, source=language, target=self.random.choice(others))


def topic_of(unit: Unit) -> str:
    """Return the nearest heading that names a subject rather than a part of one; "" where there is none."""
    subjects = (
        _NUMBER.sub("", heading).strip(" .:") for heading in reversed(unit.passage.path) if not _PART.match(heading)
    )
    return next((s for s in subjects if SHORTEST_TOPIC <= len(s.split()) <= LONGEST_TOPIC), "")


def shown_text(unit: Unit) -> str:
    """Return a unit as the assistant's reader shows it to the model."""
    return f"{unit.context}. {unit.text}"


def _supports(unit: Unit, question: ExamQuestion) -> bool:
    """Tell whether a unit is one of the places that the author of a question names, and holds one of its facts."""
    words = fold(unit.text)
    quoted = any(fold(place.quote) in words or words in fold(place.quote) for place in question.gold)
    return quoted and _holds_fact(unit, question)


def _holds_fact(unit: Unit, question: ExamQuestion) -> bool:
    return any(fold(wording) in fold(unit.text) for fact in question.facts for wording in fact)


def _fact(unit: Unit, question: ExamQuestion) -> tuple[int, int]:
    for wording in (wording for fact in question.facts for wording in fact):
        at = unit.text.casefold().find(wording.casefold())
        if at >= 0:
            return at, at + len(wording)
    return 0, len(unit.text)
