"""The words that a theme, a name or a title is about, as stems that the forms of a word share."""

import re

from ingest.registers.meeting_series import series_stems

_PREFIX = re.compile(r"\b(inter|intra|multi|sub|macro)-(?=\w)", re.IGNORECASE)
_SMALL_FIRMS = re.compile(
    r"\b(?:micro,? )?(?:small(?: and |-|, )medium|small|micro)[- ]?(?:sized?)?[- ]"
    r"(?:enterprises?|companies|firms|businesses)(?: \(\w+\))?",
    re.IGNORECASE,
)


def theme_stems(text: str) -> frozenset[str]:
    """Return the stems of the words of a text that tell themes apart.

    Words that every programme and meeting has ("regional", "meeting") are left out; "inter-agency" is one word, and
    small and medium-sized enterprises are one theme with SMEs.
    """
    return series_stems(_SMALL_FIRMS.sub(" smes ", _PREFIX.sub(r"\1", text)))
