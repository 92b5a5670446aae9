"""Marks in front of words: an icon that is never alone and never told by its colour only."""

MARKS = {
    "continued": "→",
    "renumbered": "#",
    "changed": "≈",
    "new": "+",
    "dropped": "−",
    "disagree": "≠",
    "held": "●",
    "referred": "○",
    "planned": "○",
    "mentioned": "◌",
    "rejected": "×",
}
