"""A question about several years as it is asked of one of them: the dates of the others left out."""

import re

from ingest.identifiers import find_dates

_AND = r"(?:and|or|y|o|e|ou|et)"
_PREPOSITION = r"(?:in|on|of|from|for|since|en|de|del|el|desde|em|no|na|do|da|dans|du|le|au|depuis)"
_JOINT_AHEAD = re.compile(rf"\s*(?:,\s*|(?:,\s*)?{_AND}\s+)(?P<preposition>{_PREPOSITION}\s+)?", re.IGNORECASE)
_JOINT_BEHIND = re.compile(rf"\s*(?:,?\s*\b{_AND}\b|,)?(?:\s*\b{_PREPOSITION})?\s*$", re.IGNORECASE)


def asked_of(year: int, text: str) -> str:
    """Return a question without the dates of other years, and without the words that joined them.

    "between 2017 and 2019" becomes "between 2017" and "between 2019".

    Args:
        year: the year that stays.
        text: the question.
    """
    for date in reversed(find_dates(text)):
        years = date.range.years or range(year, year + 1)
        before, after = text[: date.start], text[date.end :]
        if year in years:
            text = f"{before}{year}{after}" if len(years) > 1 else text
            continue
        joint = _JOINT_AHEAD.match(after)
        if joint is None or all(other.start != joint.end() for other in find_dates(after)):
            text = _JOINT_BEHIND.sub("", before) + after
        elif joint["preposition"]:  # "in 2017 and in 2019"
            text = f"{_JOINT_BEHIND.sub('', before)} {after[joint.start('preposition') :]}"
        else:  # "of 2017 and 2019"
            text = before + after[joint.end() :]
    return text
