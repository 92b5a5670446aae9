"""The error tree of the whole project.

    SelaError
    ├── ReadingError            a file cannot be read (it is rejected, the others go in)
    │   ├── UnknownFormat
    │   ├── EmptyFile
    │   ├── EncryptedFile
    │   ├── DamagedFile
    │   ├── FileChanged         somebody wrote to it while it was read
    │   ├── NeedsOcr            a scan: pages without a text layer
    │   └── ReadingLimit        too slow or too large for the limits in force
    ├── CorpusError             the folder or its manifest is unusable
    ├── IngestionFailed         nothing changed: disk full, folder vanished; the old index is whole
    ├── IndexUnavailable        no generation, a damaged one, or one of another model
    ├── IndexLocked             another ingestion holds the index
    ├── ModelUnavailable        the embedding model or reranker cannot be prepared or loaded
    ├── InvalidQuestion         the question itself cannot be taken (too long, not text)
    ├── UnknownRecord           an id that is not on record
    └── SettingsError           a setting is unknown or out of bounds

Every message says what failed, on what, and what to do next.
"""


class SelaError(Exception):
    """Base of every failure the project raises on purpose.

    Attributes:
        next_step: what the reader can do about it, an imperative sentence.
        retryable: whether the same call may succeed later unchanged.
    """

    retryable = False

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message)
        self.next_step = next_step

    def __str__(self) -> str:
        message = super().__str__()
        return f"{message} {self.next_step}".strip()


class ReadingError(SelaError):
    """Reject one file; the message becomes the reason in the ingestion report."""


class UnknownFormat(ReadingError):
    """Reject a file whose content is of no format we read."""


class EmptyFile(ReadingError):
    """Reject a file without any text."""


class EncryptedFile(ReadingError):
    """Reject a file protected by a password."""


class DamagedFile(ReadingError):
    """Reject a file that its format's parser cannot make sense of."""


class FileChanged(ReadingError):
    """Reject a file that changed while it was read; the next ingestion tries it again."""

    retryable = True


class NeedsOcr(ReadingError):
    """Reject a scan: its pages hold images and no text.

    Attributes:
        pages: 1-based numbers of the pages without text.
    """

    def __init__(self, message: str, *, pages: tuple[int, ...], next_step: str = "") -> None:
        super().__init__(message, next_step=next_step)
        self.pages = pages


class ReadingLimit(ReadingError):
    """Reject a file that goes beyond the time, memory or size allowed for one file."""


class CorpusError(SelaError):
    """Stop an ingestion whose folder or manifest cannot be used at all."""


class IngestionFailed(SelaError):
    """Stop an ingestion that cannot be finished; the generation served stays as it was."""


class IndexUnavailable(SelaError):
    """Refuse to serve: there is no index, it is damaged, or it belongs to another model."""


class IndexLocked(SelaError):
    """Refuse a second ingestion while another holds the index; says which process holds it."""

    retryable = True


class ModelUnavailable(SelaError):
    """Refuse to embed or rerank: the model is missing or its files are not the expected ones."""


class InvalidQuestion(SelaError):
    """Refuse a question that is too long or not text."""


class UnknownRecord(SelaError):
    """Say that no answer, document or passage of that id is on record."""


class SettingsError(SelaError):
    """Refuse settings that are unknown or out of bounds."""
