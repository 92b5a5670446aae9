"""What is said to an assistant that no document can answer: greetings, thanks, tasks, opinions, advice, the weather."""

import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files

from ingest.identifiers import find_codes, find_decisions, find_meetings, find_symbols, programme_years
from ingest.normalisation import fold


class Aside(StrEnum):
    """A kind of thing said beside the documents; the names are those of the tables in `asides.toml`."""

    GREETING = "greeting"
    THANKS = "thanks"
    IDENTITY = "identity"
    TASK = "task"
    OPINION = "opinion"
    ADVICE = "advice"
    WORLD = "world"
    CALCULATION = "calculation"


_OF_THE_DOCUMENTS = re.compile(
    r"(?<!\w)(?:sela|celac|caricom|mercosu[rl]|aladi|sica|unctad|unctd|cepal|eclac|council|consejo|conselho|conseil"
    r"|secretar\w+|decision\w*|decisa\w*|documents?|documentos?|programmes?|work program\w*|programas? de|activit\w+"
    r"|actividad\w*|atividade\w*|reunion\w*|reunia\w*|reunioes|meetings?|workshops?|taller\w*|oficinas?|ateliers?|report"
    r"|informe|relatorio|rapport)(?!\w)"
)


def aside_of(text: str) -> Aside | None:
    """Return what kind of aside a text is, None for whatever may be a question on documents.

    Args:
        text: the words of the asker, in any of the four languages.
    """
    folded = " ".join(fold(text).replace("’", "'").strip(" ¿¡?!.,;:\n\t…)(").split())
    bare = re.sub(r"[¿¡?!.,;:]+", "", folded)
    whole = (aside for aside, pattern in _cues("whole").items() if pattern.fullmatch(bare))
    start = (aside for aside, pattern in _cues("start").items() if pattern.match(folded))
    return next(whole, None) or (None if _names_documents(text, folded) else next(start, None))


def _names_documents(text: str, folded: str) -> bool:
    named = find_decisions(text) or find_codes(text) or find_symbols(text) or find_meetings(text)
    return bool(named or programme_years(text) or _OF_THE_DOCUMENTS.search(folded))


@cache
def _cues(part: str) -> dict[Aside, re.Pattern[str]]:
    tables = tomllib.loads(files(__package__).joinpath("asides.toml").read_text(encoding="utf-8"))[part]
    return {
        Aside(kind): re.compile("|".join(f"(?:{cue})" for cues in by_language.values() for cue in cues))
        for kind, by_language in tables.items()
    }
