"""Failures of a measurement.

SelaError
├── QuestionSetError    a question file cannot be used; the message names its lines
├── AnswerFileError     a file of answers cannot be used
└── GateFileError       the thresholds cannot be used
"""

from ingest.errors import SelaError


class QuestionSetError(SelaError):
    """Refuse a question file that cannot be used."""


class AnswerFileError(SelaError):
    """Refuse a file of answers that cannot be used."""


class GateFileError(SelaError):
    """Refuse thresholds that cannot be used."""
