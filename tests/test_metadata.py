"""Metadata: what a document says it is."""

import pytest
from source_lines import heading, marked_source, paragraph, row, text_source

from ingest.document_building import build_document
from ingest.documents import Kind, Metadata, SourceDocument, SourceLine, Status
from ingest.layout import lay_out
from ingest.manifest import Overrides
from ingest.metadata import describe

PROSE = (
    "The ministers of the region met to speak about the harbours of all its members and about the ships that call"
    " there each year, and they asked the secretariat for a study of the goods that those ships carry to and fro."
)


def described(*lines: str | SourceLine) -> Metadata:
    source = marked_source(*(paragraph(line) if isinstance(line, str) else line for line in (*lines, PROSE)))
    return describe(source, lay_out(source))


def test_a_title_page_gives_title_symbol_status_and_the_first_day_of_the_session() -> None:
    page = (
        "LX Regular Meeting of the Latin American Council",
        "Lima, Peru",
        "5 to 7 May 2031",
        "SP/CL/LX.O/DT N° 7-31",
    )
    found = described(heading("Work Programme for the year 2032"), *page)
    assert found == Metadata(
        "Work Programme for the year 2032",
        "SP/CL/LX.O/DT N° 7-31",
        Kind.WORK_PROGRAMME,
        Status.DRAFT,
        "2031-05-05",
        "en",
    )


def test_a_running_head_gives_title_and_symbol_and_another_symbol_in_the_text_does_not() -> None:
    text = """
FOREWORD

The ministers of the region met to speak about the harbours of all its members
and about the budget (SP/CL/LX.O/DT N° 8-30) for the ships that call there, and
they asked for more and for the

Work Programme for the year 2031 SP/CL/LX.O/DT N° 7-30

23

studies of the goods that those ships carry, and of what the goods cost.
"""
    source = text_source(text)
    found = describe(source, lay_out(source))
    assert (found.title, found.symbol) == ("Work Programme for the year 2031", "SP/CL/LX.O/DT N° 7-30")
    assert found.date == "2030"


@pytest.mark.parametrize(
    ("lines", "kind", "status"),
    [
        (("Press Release", "Ships come to Lima in great numbers"), Kind.PRESS_NOTE, Status.PRESS),
        (("Nota de prensa", "Los barcos llegan a Lima en gran número"), Kind.PRESS_NOTE, Status.PRESS),
        (("Fonte: Assessoria de Imprensa", "Os navios chegam a Lima em grande número"), Kind.PRESS_NOTE, Status.PRESS),
        (("Communiqué de presse", "Les navires arrivent à Lima"), Kind.PRESS_NOTE, Status.PRESS),
        (("DECISIÓN N° 600", "Puertos y barcos de la región"), Kind.DECISION, Status.ADOPTED),
        (("Taller sobre puertos y barcos", "Informe de relatoría"), Kind.RAPPORTEUR_REPORT, Status.REPORT),
        (("Programa de Trabalho para o ano de 2032", "Borrador"), Kind.WORK_PROGRAMME, Status.DRAFT),
        (("Estudio de los puertos y los barcos",), Kind.STUDY, Status.UNKNOWN),
        (("Réunion sur les ports et les navires",), Kind.MEETING_NOTE, Status.REPORT),
        (("Solo para uso interno", "Calendario de los puertos y barcos"), Kind.OTHER, Status.INTERNAL),
        (("FOR INTERNAL USE ONLY", "Calendar of ships and of harbours"), Kind.OTHER, Status.INTERNAL),
        (("À usage interne", "Calendrier des ports et des navires"), Kind.OTHER, Status.INTERNAL),
    ],
)
def test_kind_and_status_are_read_in_four_languages(lines: tuple[str, ...], kind: Kind, status: Status) -> None:
    found = described(*lines)
    assert (found.kind, found.status) == (kind, status)


def test_a_title_in_quotation_marks_is_taken_before_labels() -> None:
    found = described("VIRTUAL MEETING", "“Workshop on ships”", "Rapporteur's report", "5 April 2031", "SP/RV-TS-IR-31")
    assert (found.title, found.date) == ("Workshop on ships", "2031-04-05")


def test_the_copyright_month_is_the_date_where_no_day_is_stated() -> None:
    assert described("Ships of the region in figures", "Copyright © SELA, April 2031.").date == "2031-04"


def test_a_note_without_a_title_is_named_by_its_event() -> None:
    source = marked_source(
        paragraph("08 mayo 2031"),
        paragraph("Fuente: Press Office"),
        paragraph(f"{PROSE} The Meeting on Harbours and Ships of the Caribbean, held in Lima, lasts three days."),
    )
    found = describe(source, lay_out(source))
    assert found.title == "Meeting on Harbours and Ships of the Caribbean"
    assert (found.date, found.language) == ("2031-05-08", "en")


def test_a_document_without_any_statement_gets_its_first_words_and_nothing_invented() -> None:
    found = described("all of it is prose and none of it a title, as one can see.")
    assert found.title == "all of it is prose and none of it a title, as one can…"
    assert (found.symbol, found.kind, found.status, found.date) == (None, Kind.OTHER, Status.UNKNOWN, None)


def test_the_manifest_overrides_field_by_field() -> None:
    source = marked_source(heading("Work Programme for the year 2032"), paragraph(PROSE))
    overrides = Overrides(status=Status.ADOPTED, work="The original")
    document = build_document(source, file="a/b.md", sha256="0" * 64, overrides=overrides)
    assert document.metadata.title == "Work Programme for the year 2032"
    assert (document.metadata.status, document.metadata.work) == (Status.ADOPTED, "The original")


def test_the_id_rests_on_the_path_alone() -> None:
    first = build_document(marked_source(paragraph(PROSE)), file="a/b.md", sha256="0" * 64)
    second = build_document(marked_source(row("a", "b")), file="a/b.md", sha256="1" * 64)
    assert first.id == second.id
    assert len(first.id) == len("doc_") + 12


def test_an_empty_document_is_built_all_the_same() -> None:
    assert build_document(SourceDocument("text", ()), file="a.txt", sha256="0" * 64).metadata.title == ""


@pytest.mark.reference
@pytest.mark.parametrize(
    ("file", "row"),
    [
        (
            "000_1afb42c511711ad3.txt",
            (
                "Meeting of Senior Officials of the Member States of CELAC on Productive and Industrial Development",
                None,
                "meeting_note",
                "report",
                "2013-10-03",
                "en",
            ),
        ),
        (
            "001_59bff0e62e5b70a4.txt",
            ("Work Programme for the year 2019", "SP/CL/XLIV.O/DT N° 4-18", "work_programme", "draft", "2018", "en"),
        ),
        (
            "002_b89e9702ec4140fa.txt",
            ("Meeting on Export Consortiums for the Caribbean", None, "press_note", "press", "2014-05-08", "en"),
        ),
        (
            "003_28d2b85c100913ec.txt",
            (
                "Work Programme for the year 2017",
                "SP/CL/XLII.O/DT N° 4-16",
                "work_programme",
                "draft",
                "2016-10-26",
                "en",
            ),
        ),
        (
            "004_e096c52787ed922e.txt",
            (
                "Workshop on inter-secretariat work",
                "SP/RV-TSTI-IR-24",
                "rapporteur_report",
                "report",
                "2024-04-05",
                "en",
            ),
        ),
    ],
)
def test_the_reference_documents_are_described_from_their_text(reference, file, row) -> None:
    from ingest.reading import read_file

    metadata = build_document(read_file(reference / "corpus" / file), file="x", sha256="0" * 64).metadata
    found = (metadata.title, metadata.symbol, metadata.kind, metadata.status, metadata.date, metadata.language)
    assert found == row
