"""Guesses for words in no word list, from endings that the four languages share."""

from ingest.languages import LANGUAGES
from ingest.normalisation import fold

_SHORTEST = 7
_ENDINGS = tuple(
    dict(zip(LANGUAGES, row.split(), strict=True))
    for row in (
        "ological ologico ologico ologique",
        "ologist ologo ologo ologue",
        "ology ologia ologia ologie",
        "ography ografia ografia ographie",
        "ization izacion izacao isation",
        "ational acional acional ationnel",
        "ctions cciones coes ctions",
        "tions ciones coes tions",
        "sions siones soes sions",
        "ction ccion cao ction",
        "tion cion cao tion",
        "sion sion sao sion",
        "ities idades idades ites",
        "ity idad idade ite",
        "ty dad dade te",
        "isms ismos ismos ismes",
        "ism ismo ismo isme",
        "ists istas istas istes",
        "ist ista ista iste",
        "ances ancias ancias ances",
        "ance ancia ancia ance",
        "ences encias encias ences",
        "ence encia encia ence",
        "ment miento mento ment",
        "ments mientos mentos ments",
        "ically icamente icamente iquement",
        "ly mente mente ment",
        "ical ico ico ique",
        "ic ica ica ique",
        "ics icos icos iques",
        "ive ivo ivo if",
        "ive iva iva ive",
        "ous oso oso eux",
        "ous osa osa euse",
        "ary ario ario aire",
        "ary aria aria aire",
        "ory orio orio oire",
        "ible ible ivel ible",
        "able able avel able",
        "ize izar izar iser",
        "ized izado izado isé",
        "ify ificar ificar ifier",
        "ate ar ar er",
        "ated ado ado é",
        "ator ador ador ateur",
        "tor tor tor teur",
        "ure ura ura ure",
        "ent ente ente ent",
        "ant ante ante ant",
        "al al al al",
        "als ales ais als",
        "y ia ia ie",
    )
)


def cognate(word: str, *, source: str, target: str) -> str | None:
    """Return how `word` might look in `target` by its ending, None for a short word or an ending unknown.

    Args:
        word: lower case.
        source: language of the word.
        target: language of the guess.
    """
    plain = fold(word)
    if len(plain) < _SHORTEST:
        return None
    for ending in _ENDINGS:
        here = fold(ending[source])
        if plain.endswith(here):
            return plain[: -len(here)] + ending[target]
    return None
