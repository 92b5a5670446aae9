"""Identifiers as people type them, in four languages, looked up in the registers of the sample corpus.

Each spelling goes the whole way: the question is understood, then the register is asked. A third of them name what is
not on record, and those find nothing rather than a neighbour.
"""

from itertools import chain, product
from pathlib import Path

import pytest
from index_samples import ingest
from register_documents import SAMPLE

from assistant.answers import Question
from assistant.registers import Registers
from assistant.understanding.question import Understanding, understand
from ingest.catalogue import Catalogue
from ingest.generations import IndexHome
from ingest.identifiers import find_sessions, normal_symbol
from ingest.registers.meeting_entries import MeetingKind

UNKNOWN = "unknown"

# {} is a number: of decisions on record, then of decisions that nobody took.
DECISIONS = (
    "What did Decision {} mandate?",
    "what is decision no {} about",
    "Decision No. {} of the Latin American Council",
    "Tell me about DECISION Nº {}.",
    "Which documents mention SELA's Decision #{}?",
    "¿Qué dispuso la Decisión {}?",
    "¿De qué trata la Decisión N.º {}?",
    "que dice la decision n° {}",
    "Decisión Nº {} del Consejo Latinoamericano",
    "O que determinou a Decisão {}?",
    "do que trata a decisão nº {}",
    "Quais documentos mencionam a Decisão n.º {} do SELA?",
    "Que prévoit la Décision {} ?",
    "de quoi parle la decision n° {}",
    "Quels documents citent la Décision N° {} du Conseil latino-américain ?",
)
HELD, NOT_HELD = (440, 527, 156, 538), (441, 99999)
OTHER_BODIES = (
    ("What does Decision 486 of the Andean Community say?", "486 andean_community"),
    ("¿Qué dice la Decisión 486 de la Comunidad Andina?", "486 andean_community"),
    ("O que diz a Decisão 608 da Comunidade Andina?", "608 andean_community"),
    ("Que dit la Décision 608 de la Communauté andine ?", "608 andean_community"),
    ("What does Decision 486 of the Latin American Council say?", UNKNOWN),
    ("¿Qué dice la Decisión 486 del SELA?", UNKNOWN),
    ("What does Decision 440 of the Andean Community say?", UNKNOWN),
    ("¿Qué dice la Decisión 440 de la Comunidad Andina?", UNKNOWN),
    ("What did Decision -1 mandate?", UNKNOWN),
)

ACTIVITIES = (
    "What are the objectives of Activity {code} of the {year} work programme?",
    "activity {code} in {year}",
    "¿Cuáles son los objetivos de la Actividad {code} del Programa de Trabajo {year}?",
    "actividad {code} del programa de {year}",
    "Quais são os objetivos da Atividade {code} do Programa de Trabalho de {year}?",
    "Quels sont les objectifs de l'Activité {code} du programme de travail {year} ?",
)
ACTIVITY_CODES = (
    ("II.2.3", 2017, True),
    ("ii.2.3", 2019, True),
    ("I.6.6", 2017, True),
    ("III.1.2.", 2019, True),
    ("I.6.6", 2019, False),
    ("IX.99.9", 2017, False),
)

SYMBOLS = (
    ("Which document is SP/CL/XLII.O/DT N° 4-16?", "SP/CL/XLII.O/DT N° 4-16"),
    ("what is sp/cl/xlii.o/dt no 4-16", "SP/CL/XLII.O/DT N° 4-16"),
    ("¿Qué documento es SP/CL/XLII.O/DT Nº 4-16?", "SP/CL/XLII.O/DT N° 4-16"),
    ("¿De qué trata SP / CL / XLIV.O / DT N.º 4-18?", "SP/CL/XLIV.O/DT N° 4-18"),
    ("Que documento é SP/CL/XLIV.O/DT n° 4–18?", "SP/CL/XLIV.O/DT N° 4-18"),
    ("Quel document est SP/CL/XLIV.O/DT N°4-18 ?", "SP/CL/XLIV.O/DT N° 4-18"),
    ("What does SP/RV-TSTI-IR-24 report?", "SP/RV-TSTI-IR-24"),
    ("¿Qué informa SP/RV-TSTI-IR-24?", "SP/RV-TSTI-IR-24"),
    ("Which document is SP/CL/XLII.O/DT N° 4-17?", UNKNOWN),
    ("¿Qué documento es SP/CL/XLV.O/DT N° 4-18?", UNKNOWN),
    ("Que documento é SP/RV-TSTI-IR-25?", UNKNOWN),
    ("Quel document est SP/CL/XL.O/DT N° 9-14 ?", UNKNOWN),
)

SESSIONS = (
    ("When was the XXVIII Regular Meeting of the Latin American Council?", 28),
    ("When was the 28th regular meeting of the Council?", 28),
    ("When was the twenty-eighth regular session of the Latin American Council?", 28),
    ("¿Cuándo fue la XXVIII Reunión Ordinaria del Consejo Latinoamericano?", 28),
    ("¿Cuándo fue la vigésima octava reunión ordinaria del Consejo Latinoamericano?", 28),
    ("¿Cuándo fue la 28.ª Reunión Ordinaria del Consejo?", 28),
    ("Quando foi a XXVIII Reunião Ordinária do Conselho Latino-Americano?", 28),
    ("Quando foi a 42ª Reunião Ordinária do Conselho Latino-Americano?", 42),
    ("Quand a eu lieu la XXVIII Réunion ordinaire du Conseil latino-américain ?", 28),
    ("Quand a eu lieu la 28e réunion ordinaire du Conseil latino-américain ?", 28),
    ("What happened at the thirty-seventh regular meeting of the Latin American Council?", 37),
    ("When was the XCIX Regular Meeting of the Latin American Council?", UNKNOWN),
    ("¿Cuándo fue la vigésima novena reunión ordinaria del Consejo Latinoamericano?", UNKNOWN),
    ("Quando foi a 12ª Reunião Ordinária do Conselho Latino-Americano?", UNKNOWN),
    ("Quand a eu lieu la 51e réunion ordinaire du Conseil latino-américain ?", UNKNOWN),
)


def _decision_cases() -> list[tuple[str, str]]:
    held = [(t.format(n), f"{n} latin_american_council") for t, n in product(DECISIONS, HELD)]
    return [*held, *((t.format(n), UNKNOWN) for t, n in product(DECISIONS, NOT_HELD)), *OTHER_BODIES]


def _activity_cases() -> list[tuple[str, str]]:
    return [
        (text.format(code=code, year=year), f"{code.rstrip('.').upper()} {year}" if held else UNKNOWN)
        for text, (code, year, held) in product(ACTIVITIES, ACTIVITY_CODES)
    ]


CASES = list(chain(_decision_cases(), _activity_cases(), SYMBOLS, SESSIONS))


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    home = IndexHome(tmp_path_factory.mktemp("data"))
    ingest(Path(SAMPLE), home)
    return Catalogue(home.require_current().catalogue)


@pytest.fixture(scope="module")
def registers(catalogue: Catalogue) -> Registers:
    return Registers(catalogue)


def _found(text: str, catalogue: Catalogue, registers: Registers) -> set[str | int]:
    """Return what the registers hold of every identifier of a question."""
    understood = understand(Question(text), known_decisions=registers.decision_numbers)
    found = {
        *_decisions(understood, registers),
        *_activities(understood, registers),
        *_symbols(understood, catalogue),
        *_sessions(understood, registers),
    }
    return found or {UNKNOWN}


def _decisions(understood: Understanding, registers: Registers) -> set[str]:
    entries = [registers.decision(d.number, body=d.body if d.body_is_stated else None) for d in understood.decisions]
    return {f"{entry.number} {entry.body}" for entry in entries if entry is not None}


def _activities(understood: Understanding, registers: Registers) -> set[str]:
    years = understood.programmes or understood.years
    entries = [a for c in understood.codes for year in years for a in registers.activities_with_code(c.code, year)]
    return {f"{entry.code} {entry.year}" for entry in entries}


def _symbols(understood: Understanding, catalogue: Catalogue) -> set[str]:
    symbols = {card.metadata.symbol for card in catalogue.cards.values()}
    held = {normal_symbol(symbol): symbol for symbol in symbols if symbol}
    return {held[symbol.normal] for symbol in understood.symbols if symbol.normal in held}


def _sessions(understood: Understanding, registers: Registers) -> set[int]:
    held = {meeting.ordinal for meeting in registers.meetings if meeting.kind is MeetingKind.SESSION}
    return {session.number for session in find_sessions(understood.text) if session.number in held}


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_an_identifier_finds_its_entry_or_nothing(
    text: str, expected: str | int, catalogue: Catalogue, registers: Registers
) -> None:
    assert _found(text, catalogue, registers) == {expected}


def test_there_are_many_spellings_and_a_third_of_them_is_not_on_record() -> None:
    texts = dict(CASES)
    assert len(texts) >= 150
    assert sum(expected == UNKNOWN for expected in texts.values()) >= len(texts) / 3
