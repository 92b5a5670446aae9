"""Two programmes side by side: which activities were continued, changed, dropped or are new, on a theme or in all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers import NoteKind, Outcome
from assistant.drafts import Draft, DraftNote
from assistant.from_registers.activities import heading_of
from assistant.from_registers.asking import Asking
from assistant.from_registers.programmes import year_notes
from assistant.from_registers.quoting import count_statement, coverage, labelled
from assistant.gate import DraftStatement, Quotation
from assistant.registers import Comparison, ComparisonRow
from assistant.registers.themes import theme_stems
from assistant.understanding.asked import Asked
from ingest.identifiers import Level, find_codes
from ingest.normalisation import fold
from ingest.registers.continuity import Continuity

MOST_ROWS = 8
MOST_OF_ONE_KIND = 20
_TAKEN_UP = (Continuity.CONTINUED, Continuity.RENUMBERED, Continuity.CHANGED)
_LEADS = {
    (Continuity.DROPPED,): "lead.dropped",
    (Continuity.NEW,): "lead.new",
    _TAKEN_UP: "lead.taken_up",
}
_ORDER = (*_TAKEN_UP, Continuity.DROPPED, Continuity.NEW)
_ASKED = frozenset({Asked.COMPARISON, Asked.LIST, Asked.NUMBER, Asked.DEFINITION, Asked.MANDATE})
_NOUN = {
    "en": r"(?:work )?program(?:me)?s?|activit(?:y|ies)|projects?|areas?|work plans?|wps?",
    "es": r"programas?(?: de trabajo)?|actividad(?:es)?|proyectos?|areas?|planes de trabajo",
    "pt": r"programas?(?: de trabalho)?|atividades?|projetos?|areas?|planos de trabalho",
    "fr": r"programmes?(?: de travail)?|activites?|projets?|domaines?|plans de travail",
}
_ACTIVITIES = r"activit\w*|activid\w*|ativid\w*"
_DROPPED = {
    "en": r"dropped|discontinued|abandoned|removed|left out|no longer|not continued|disappeared",
    "es": r"abandon\w+|elimin\w+|suprim\w+|desaparec\w+|ya no|dejaron de|no continu\w+",
    "pt": r"abandon\w+|elimin\w+|suprim\w+|desaparec\w+|deixaram de|ja nao|nao continu\w+",
    "fr": r"abandonne\w*|supprime\w*|disparu\w*|ne \w+ plus|n'ont pas ete \w+",
}
_NEW = {
    "en": r"new|newly|added|introduced|novelt(?:y|ies)",
    "es": r"nuev[oa]s?|novedad(?:es)?|anadi\w+|agreg\w+|incorpor\w+",
    "pt": r"nov[oa]s?|novidades?|acrescent\w+|incorpor\w+",
    "fr": r"nouve(?:au|aux|lles?)|neuf|nouveautes?|ajoute\w*",
}
_KEPT = {
    "en": r"continue[sd]?|kept|carried (?:over|on)|taken up|retained|maintained|renumbered",
    "es": r"continu\w+|se mant\w+|siguen|renumer\w+",
    "pt": r"continu\w+|se mant\w+|mantid\w+|mantiveram|seguem|renumer\w+",
    "fr": r"poursuiv\w+|maintenu\w*|conserve\w*|repris\w*|continu\w+|renumerote\w*",
}
_CHANGED = {
    "en": r"differ\w*|chang(?:e|es|ed)|compar(?:e|ed|es|ing|ison)|versus|vs",
    "es": r"diferen\w+|difier\w+|cambi\w+|compar\w+",
    "pt": r"difer\w+|mudou|mudaram|mudanc\w+|compar\w+|alter\w+",
    "fr": r"differ\w+|chang\w+|compar\w+",
}
_REGARDING = re.compile(r"\bquanto (?:a|as|ao|aos)\b")  # "as regards", which looks like "how much"
_FRAME = theme_stems(
    "activity activities project projects area areas compare compared regard regarding about concerning terms"
    " respect matter matters relation treatment way what which how itself much dealing deal there any were has"
    " have had between two both many number celui held list work plan plans year years included include includes"
    " find show tell please one ones those"
)


@dataclass(frozen=True, slots=True)
class Compared:
    """What a question asks of two programmes.

    Args:
        years: of the earlier and the later programme.
        kinds: what became of the activities that are asked for.
        code: of the area or project asked about, "" if none.
        theme: words of the question that name a theme, in its language; "" if none.
        counts: whether it asks how many.
    """

    years: tuple[int, int]
    kinds: tuple[Continuity, ...]
    code: str
    theme: str
    counts: bool


def compared_programmes(asking: Asking) -> Draft | None:
    """Answer "how does the 2019 programme differ from 2017's on SMEs?" from the alignment of their activities.

    Questions about a number, date or frequency of both programmes, and about one activity, are left to the passages.
    """
    compared = _understand(asking)
    if compared is None:
        return None
    known = asking.registers.known_years
    missing = [year for year in compared.years if year not in known]
    if missing:
        return Draft(Outcome.NO_EVIDENCE, notes=year_notes(missing, asking)) if known else None
    comparison = _narrowed(compared, asking)
    rows = [row for kind in _ORDER if kind in compared.kinds for row in comparison.of(kind)]
    if not rows:
        return None
    return _draft(compared, comparison, rows, asking)


def _understand(asking: Asking) -> Compared | None:
    understood = asking.understood
    words = fold(understood.text)
    kinds = _kinds(words, understood.language)
    levels = {code.level for code in understood.codes}
    if not kinds or understood.decisions or Level.ACTIVITY in levels or understood.asked - _ASKED:
        return None
    counts = Asked.NUMBER in understood.asked and not _REGARDING.search(words)
    if not _has(_NOUN[understood.language], words) or (counts and not _has(_ACTIVITIES, words)):
        return None
    years = _years(asking, kinds)
    if years is None or (counts and len(kinds) == len(_ORDER)):
        return None
    code = next((code.code for code in understood.codes), "")
    return Compared(years, kinds, code, _theme(asking, kinds), counts)


def _kinds(words: str, language: str) -> tuple[Continuity, ...]:
    """Return what became of the activities asked for; all kinds where the question is of changes as such."""
    asked = {
        (Continuity.DROPPED,): _has(_DROPPED[language], words),
        (Continuity.NEW,): _has(_NEW[language], words),
        _TAKEN_UP: _has(_KEPT[language], words),
    }
    found = tuple(kind for kinds, is_asked in asked.items() if is_asked for kind in kinds)
    if not found and _has(_CHANGED[language], words):
        return _ORDER
    if Continuity.DROPPED in found and Continuity.CONTINUED in found and _has(r"(?:not?|nao|ne) \w*continu\w+", words):
        return (Continuity.DROPPED,)
    return found


def _years(asking: Asking, kinds: Sequence[Continuity]) -> tuple[int, int] | None:
    """Return the two years that are named or implied: what is new in a programme is so since the one before."""
    understood, known = asking.understood, asking.registers.known_years
    named = sorted({*understood.programmes, *understood.years})
    if len(named) == 2:
        return named[0], named[1]
    if len(named) == 1 and named[0] in known:
        before = [year for year in known if year < named[0]]
        after = [year for year in known if year > named[0]]
        if before and kinds != _ORDER:
            return before[-1], named[0]
        if after and kinds == (Continuity.DROPPED,):
            return named[0], after[0]
    return (known[0], known[1]) if not named and len(known) == 2 else None


def _theme(asking: Asking, kinds: Sequence[Continuity]) -> str:
    """Return the words of a question that are neither of comparing, nor of programmes, nor of years."""
    language, text = asking.understood.language, asking.understood.text
    for found in reversed(find_codes(text)):
        text = f"{text[: found.start]} {text[found.end :]}"
    words = [word for word in re.findall(r"[^\W\d_]\w*", text) if not _is_frame(word, language)]
    english = asking.registers.in_english(" ".join(words), language)
    return " ".join(words) if theme_stems(english) - _FRAME else ""


def _is_frame(word: str, language: str) -> bool:
    cues = "|".join(table[language] for table in (_NOUN, _DROPPED, _NEW, _KEPT, _CHANGED))
    return re.fullmatch(cues, fold(word)) is not None


def _narrowed(compared: Compared, asking: Asking) -> Comparison:
    understood, registers = asking.understood, asking.registers
    comparison = registers.compare(*compared.years, language=understood.language)
    if compared.code:
        comparison = comparison.under(compared.code)
    if compared.theme:
        english = registers.in_english(compared.theme, understood.language)
        comparison = comparison.about(
            english, language="en", translate=registers.in_english, ignored=_FRAME, least_share=1.0
        )
    return comparison


def _draft(compared: Compared, comparison: Comparison, rows: list[ComparisonRow], asking: Asking) -> Draft:
    lead = next((key for kinds, key in _LEADS.items() if kinds == compared.kinds), "")
    is_short = len(compared.kinds) == 1
    shown = rows[:MOST_OF_ONE_KIND] if is_short else _of_each_kind(rows, compared.kinds)
    statements = [_row(row, compared, asking) for row in shown]
    if lead:
        years = {"earlier": compared.years[0], "later": compared.years[1]}
        statements.insert(0, count_statement(asking, lead, [_headings(row, asking)[0] for row in rows], **years))
    words = _totals(compared, comparison, len(shown), asking)
    return Draft(Outcome.ANSWERED, tuple(statements), (DraftNote(NoteKind.COVERAGE, words), coverage(asking)))


def _totals(compared: Compared, comparison: Comparison, shown: int, asking: Asking) -> str:
    totals = {kind: len(comparison.of(kind)) for kind in Continuity}
    return asking.say(
        "note.compared",
        earlier=compared.years[0],
        later=compared.years[1],
        continued=totals[Continuity.CONTINUED] + totals[Continuity.RENUMBERED],
        changed=totals[Continuity.CHANGED],
        dropped=totals[Continuity.DROPPED],
        new=totals[Continuity.NEW],
        shown=shown,
    )


def _of_each_kind(rows: Sequence[ComparisonRow], kinds: Sequence[Continuity]) -> list[ComparisonRow]:
    """Return a few rows, as many of each kind as there is room for, in their order."""
    by_kind = [[row for row in rows if row.continuity is kind] for kind in _ORDER if kind in kinds]
    places = sorted((place, n) for n, of_kind in enumerate(by_kind) for place in range(len(of_kind)))
    chosen = {id(by_kind[n][place]) for place, n in places[:MOST_ROWS]}
    return [row for row in rows if id(row) in chosen]


def _row(row: ComparisonRow, compared: Compared, asking: Asking) -> DraftStatement:
    is_labelled = len(compared.kinds) > 1
    label = asking.say(f"label.{row.continuity.value}", year=compared.years[1]) + ":" if is_labelled else ""
    return labelled(label, _headings(row, asking))


def _headings(row: ComparisonRow, asking: Asking) -> tuple[Quotation, ...]:
    sides = (entry for entry in (row.earlier, row.later) if entry is not None)
    return tuple(heading_of(entry, asking.snapshot) for entry in sides)


def _has(pattern: str, words: str) -> bool:
    return re.search(rf"(?<!\w)(?:{pattern})(?!\w)", words) is not None
