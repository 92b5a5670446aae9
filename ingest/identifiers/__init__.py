"""The grammar of everything in SELA's documents that has a number or a date, in four languages."""

from ingest.identifiers.bodies import LANGUAGES, Body, BodyMention, body_name, find_bodies
from ingest.identifiers.codes import CodeMention, Level, ProgrammeYear, find_codes, programme_years
from ingest.identifiers.dates import (
    DateMention,
    DateRange,
    Precision,
    find_dates,
    find_years,
    first_day,
    last_day,
    render_dates,
)
from ingest.identifiers.decisions import (
    DecisionNumber,
    ResolutionNumber,
    decisions_in_question,
    find_decisions,
    find_resolutions,
    issuer_of_decisions,
)
from ingest.identifiers.folding import FoldedText, fold_with_offsets
from ingest.identifiers.numbers import NumberMention, Unit, find_numbers
from ingest.identifiers.ordinals import Ordinal, find_ordinals, from_roman, to_roman
from ingest.identifiers.sessions import MeetingMention, SessionKind, SessionMention, find_meetings, find_sessions
from ingest.identifiers.symbols import (
    SymbolMention,
    find_symbols,
    nearest_symbols,
    normal_symbol,
    session_of_symbol,
)

__all__ = [
    "LANGUAGES",
    "Body",
    "BodyMention",
    "CodeMention",
    "DateMention",
    "DateRange",
    "DecisionNumber",
    "FoldedText",
    "Level",
    "MeetingMention",
    "NumberMention",
    "Ordinal",
    "Precision",
    "ProgrammeYear",
    "ResolutionNumber",
    "SessionKind",
    "SessionMention",
    "SymbolMention",
    "Unit",
    "body_name",
    "decisions_in_question",
    "find_bodies",
    "find_codes",
    "find_dates",
    "find_decisions",
    "find_meetings",
    "find_numbers",
    "find_ordinals",
    "find_resolutions",
    "find_sessions",
    "find_symbols",
    "find_years",
    "first_day",
    "fold_with_offsets",
    "from_roman",
    "issuer_of_decisions",
    "last_day",
    "nearest_symbols",
    "normal_symbol",
    "programme_years",
    "render_dates",
    "session_of_symbol",
    "to_roman",
]
