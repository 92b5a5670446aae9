"""The limits under which one file is read."""

from dataclasses import dataclass

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """How much one file may cost before it is rejected.

    Args:
        seconds: wall-clock time for the whole file.
        seconds_per_page: wall-clock time between two pages (PDF).
        memory_bytes: address space of the process that reads PDF and DOCX.
        file_bytes: size of the file itself.
    """

    seconds: float = 60.0
    seconds_per_page: float = 15.0
    memory_bytes: int = 2048 * _MEBIBYTE
    file_bytes: int = 512 * _MEBIBYTE


DEFAULT_LIMITS = ReadingLimits()
