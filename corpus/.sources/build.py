"""Builds the PDF and DOCX files of the sample corpus from the source texts beside this script.

Usage: python corpus/.sources/build.py [FOLDER]     (default: the sample corpus itself)
"""

import sys
from pathlib import Path

from source_text import read_source
from write_docx import write_docx
from write_pdf import Layout, write_pdf

SOURCES = Path(__file__).resolve().parent
PDFS = {
    "en/work-programme-2017.pdf": (
        "work-programme-2017.en.md",
        Layout(contents_depth=4, number_in_head=False, labelled=True),
    ),
    "es/programa-de-trabajo-2019.pdf": (
        "work-programme-2019.es.md",
        Layout(contents_depth=3, number_in_head=True, labelled=False),
    ),
}
WORD_FILES = {
    "en/work-programme-2019.docx": "work-programme-2019.en.md",
    "en/inter-secretariat-workshop-2024.docx": "inter-secretariat-workshop-2024.en.md",
}


def build(folder: Path) -> list[Path]:
    """Write every built file under a folder and return their paths."""
    for name, (source, layout) in PDFS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_pdf(read_source(SOURCES / source), folder / name, layout)
    for name, source in WORD_FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_docx(read_source(SOURCES / source), folder / name)
    return [folder / name for name in (*PDFS, *WORD_FILES)]


if __name__ == "__main__":
    for built in build(Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCES.parent):
        print(built)
