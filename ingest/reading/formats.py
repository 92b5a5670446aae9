"""Which of the five formats a file is in: by its content first, by its extension second."""

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from ingest.errors import DamagedFile, EmptyFile, EncryptedFile, UnknownFormat

HEAD_BYTES = 64 * 1024
_START = 1024
_KNOWN = "The formats read are PDF, DOCX, HTML, Markdown and plain text."
_MARKDOWN_SUFFIXES = {".md", ".markdown", ".mdown", ".mkd"}
_HTML_SUFFIXES = {".html", ".htm", ".xhtml"}
_HTML_START = re.compile(rb"\A(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"II*\x00": "a TIFF image",
    b"MM\x00*": "a TIFF image",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"{\\rtf": "an RTF document",
    b"%!PS": "a PostScript document",
    b"SQLite format 3": "an SQLite database",
}
_ZIP_CONTENTS = {
    "xl/": "an Excel workbook",
    "ppt/": "a PowerPoint presentation",
    "META-INF/container.xml": "an EPUB book",
    "content.xml": "an OpenDocument file",
}


def detect_format(path: Path, head: bytes) -> str:
    """Return the format of the file that begins with `head`: "pdf", "docx", "html", "markdown" or "text".

    "markdown" is returned here for a Markdown extension only; `ingest.reading.markdown.looks_like_markdown`
    tells it from plain text once the characters are decoded.

    Args:
        path: of the file; its extension counts only where the content leaves the choice open.
        head: its first `HEAD_BYTES` bytes.

    Raises:
        EmptyFile: there is not one byte that is not blank.
        EncryptedFile: it is an Office document under a password.
        UnknownFormat: it is of another format, whatever its extension says.
        DamagedFile: it is a ZIP archive that cannot be opened.
    """
    if not head.strip(b" \t\r\n\f\v\x00\xef\xbb\xbf\xff\xfe"):
        raise EmptyFile(f"{path.name} holds no text.", next_step="Put in the complete file and ingest again.")
    if b"%PDF-" in head[:_START]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zip_format(path)
    _refuse_ole(path, head)
    _refuse_foreign(path, head)
    return _text_format(path, head)


def _zip_format(path: Path) -> str:
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DamagedFile(
            f"{path.name} is a damaged DOCX or ZIP file ({error}).", next_step="Put in an intact copy and ingest again."
        ) from error
    if any(name.startswith("word/document") for name in names):
        return "docx"
    named = (what for start, what in _ZIP_CONTENTS.items() if any(name.startswith(start) for name in names))
    raise _unknown(path, next(named, "a ZIP archive"))


def _refuse_ole(path: Path, head: bytes) -> None:
    if not head.startswith(_OLE):
        return
    with path.open("rb") as file:
        encrypted = "EncryptedPackage".encode("utf-16-le") in file.read(64 * HEAD_BYTES)
    if encrypted:
        raise EncryptedFile(
            f"{path.name} is protected by a password.", next_step="Save it without a password and ingest again."
        )
    raise _unknown(path, "an Office document of before 2007", next_step="Save it as DOCX or PDF and ingest again.")


def _refuse_foreign(path: Path, content: bytes) -> None:
    for magic, name in _FOREIGN.items():
        if content.startswith(magic):
            raise _unknown(path, name)
    if path.suffix.lower() == ".pdf":
        raise _unknown(path, "not a PDF, though its name says so")
    if path.suffix.lower() == ".docx":
        raise _unknown(path, "not a DOCX, though its name says so")


def _text_format(path: Path, content: bytes) -> str:
    suffix = path.suffix.lower()
    if _is_binary(content):
        raise _unknown(path, "not text")
    if suffix in _HTML_SUFFIXES or _HTML_START.match(content[:_START].replace(b"\x00", b"")):
        return "html"
    return "markdown" if suffix in _MARKDOWN_SUFFIXES else "text"


def _is_binary(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    control = sum(content.count(byte) for byte in range(32) if byte not in b"\t\n\v\f\r\x1b")
    zeros = content.count(0)
    return control - zeros > len(content) // 50 or (zeros > 0 and not _is_wide_text(content))


def _is_wide_text(sample: bytes) -> bool:
    """Tell UTF-16 without a byte order mark: about every second byte is zero, on one side only."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    return max(even, odd) > len(sample) // 5 and min(even, odd) <= len(sample) // 100


def _unknown(path: Path, what: str, *, next_step: str = _KNOWN) -> UnknownFormat:
    return UnknownFormat(f"{path.name} is {what}.", next_step=next_step)
