"""The pages of decisions, meetings, work programmes, documents and quality, run as their visitors run them."""

import csv
import json
import time
from collections.abc import Iterator
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from register_pages import ARCHIVIST, HOSTILE, Pages, serve, text_of

from assistant.messages import LANGUAGES
from ui.api.database import open_database
from ui.api.keys import Scope
from ui.page.comparison_file import comparison_csv
from ui.page.quality_report import FOLDER, PAGE, REPORT
from ui.page.register_page import library_of

NAMES = ("decisions", "meetings", "programmes", "documents", "quality")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    served = serve(tmp_path_factory.mktemp("pages"))
    yield served
    served.service.close()


def places(pages: Pages, links: list[str]) -> list[str]:
    """Return the words that links to places lead to."""
    catalogue = pages.service.snapshot().catalogue
    queries = [parse_qs(urlsplit(link).query) for link in links if link.startswith("/source")]
    return [catalogue.document(q["document"][0]).text[int(q["start"][0]) : int(q["end"][0])] for q in queries]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_page_shows_in_every_language(pages, name, language):
    assert len(pages.open(name, language=language).words.split()) > 20


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_made_in_well_under_a_second(pages, name):
    shown = pages.open(name)
    began = time.process_time()
    shown.run()
    assert time.process_time() - began < 1


# Decisions


def test_the_list_of_decisions_tells_held_from_referred(pages):
    rows = pages.open("decisions").rows()
    assert "● held" in next(row for row in rows if row.startswith("900"))
    assert "○ only referred to" in next(row for row in rows if row.startswith("486"))


def test_every_cell_of_a_decision_leads_to_its_words(pages):
    shown = pages.open("decisions", q="900")
    words = places(pages, shown.links)
    assert {"A fund for cranes", "XL Regular Meeting", "5 to 7 June 2014", "Lima"} <= set(words)


def test_decisions_are_searched_whatever_case_and_accents(pages):
    assert len(pages.open("decisions", q="CRÁNES").rows()) == 2


def test_a_search_without_result_says_so(pages):
    assert "Nothing on record fits this search." in pages.open("decisions", q="zeppelin").words


@pytest.mark.parametrize(("sorting", "first"), [("number", "486"), ("-number", "901"), ("mentions", "486")])
def test_decisions_are_sorted_by_the_column_of_the_address(pages, sorting, first):
    assert pages.open("decisions", sort=sorting).rows()[1].startswith(first)


def test_a_sort_heading_keeps_the_search_in_its_address(pages):
    links = [link for link in pages.open("decisions", q="lima").links if "sort=" in link]
    assert links
    assert all("q=lima" in link for link in links)


def test_what_is_typed_goes_into_the_address(pages):
    shown = pages.open("decisions")
    shown.app.text_input[0].set_value("cranes")
    assert shown.run().app.query_params["q"] == "cranes"
    assert len(shown.rows()) == 2


def test_another_bodys_decisions_can_be_told_apart(pages):
    assert [row.split()[0] for row in pages.open("decisions", whose="others").rows()[1:]] == ["486"]
    assert [row.split()[0] for row in pages.open("decisions", whose="own", text="held").rows()[1:]] == ["900"]


def test_a_decision_shows_what_each_document_says(pages):
    words = pages.open("decisions", number="900").words
    assert "It creates a fund for the cranes of the region." in words
    assert "asks the Secretariat to count the cranes" in words
    assert "The text of this decision is among the documents" in words


def test_a_disagreement_stands_side_by_side(pages):
    shown = pages.open("decisions", number="900")
    assert "2 to 4 June 2014 5 to 7 June 2014" in shown.rows()
    assert "Where the documents disagree" in shown.words


def test_mentions_are_shown_by_year_and_document(pages):
    html = pages.open("decisions", number="900").html
    timeline = text_of(html[html.index('<ol class="register-timeline">') :])
    assert timeline.index("2015 Decisions of") < timeline.index("2031 Report of")


def test_another_bodys_decision_is_not_passed_off_as_selas(pages):
    plain = pages.open("decisions", number="486")
    assert "is of another body: Andean Community" in plain.words
    (target,) = [link for link in plain.links if "body=" in link]
    query = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
    assert "not of SELA" in pages.open("decisions", **query).words


@pytest.mark.parametrize("number", ["999", "nonsense", "-1", "9" * 500, "<b>", "９００"])
def test_an_unknown_decision_names_those_on_record(pages, number):
    words = pages.open("decisions", number=number).words
    assert "On record: 900, 901." in words


def test_words_of_a_document_are_shown_and_never_interpreted(pages):
    shown = pages.open("decisions", number="901")
    assert "<img" not in shown.html
    assert HOSTILE in text_of(shown.html)
    assert not any("elsewhere" in link for link in shown.links)


def test_an_internal_document_gives_nothing_away(pages):
    assert "777" not in pages.open("decisions").words
    assert "quetzal" not in pages.open("documents").words
    insider = frozenset({Scope.READ, Scope.INTERNAL})
    assert any(row.startswith("777") for row in pages.open("decisions", scopes=insider).rows())


# Meetings


def test_meetings_are_found_by_words_year_and_standing(pages):
    assert len(pages.open("meetings", q="harbours lima").rows()) == 2
    assert [row for row in pages.open("meetings", year="2014").rows() if "XL Regular" in row]
    assert all("planned" in row for row in pages.open("meetings", standing="planned").rows()[1:])


def test_a_meeting_shows_its_conclusions_whole(pages):
    target = next(link for link in pages.open("meetings", q="III Regional").links if "meeting=" in link)
    shown = pages.open("meetings", meeting=parse_qs(urlsplit(target).query)["meeting"][0])
    assert "Every harbour counts its cranes each year." in shown.words
    assert "No. 3 (III) of its series" in shown.words
    assert "Report of the III Regional Meeting of Harbours" in shown.words


def test_a_meeting_that_is_gone_is_said_to_be(pages):
    assert "not on record any more" in pages.open("meetings", meeting="doc_x-1").words


@pytest.mark.parametrize(("name", "value"), [("year", "1066"), ("standing", "dancing"), ("page", "x"), ("sort", "-x")])
def test_an_odd_address_of_the_meetings_shows_the_list(pages, name, value):
    assert len(pages.open("meetings", **{name: value}).rows()) > 2


# Work programmes


def test_the_tree_leads_from_area_to_schedule(pages):
    words = pages.open("programmes", year="2031").words
    parts = ("Area II COOPERATION (3)", "Programme SUPPORT", "Project II.1", "II.1.1", "January - March")
    assert [words.index(part) for part in parts] == sorted(words.index(part) for part in parts)


def test_the_activity_of_the_address_is_unfolded_with_all_above_it(pages):
    html = pages.open("programmes", year="2031", activity="II.1.2").html
    assert html.count("<details") == 6
    assert html.count(" open><summary") == 4


def test_activities_are_found_by_words(pages):
    words = pages.open("programmes", year="2031", q="lighthouses").words
    assert "1 of 3" in words
    assert "cranes" not in words


def test_a_comparison_marks_each_activity_in_words(pages):
    rows = pages.open("programmes", view="two_years").rows()
    marks = [row.split()[1] for row in rows[1:]]
    assert marks == ["continued", "renumbered", "dropped", "new"]


def test_each_side_of_a_comparison_leads_to_its_words(pages):
    words = places(pages, pages.open("programmes", view="two_years", q="lighthouses").links)
    assert words == ["Seminar on lighthouses and their keepers"] * 2


def test_a_comparison_is_narrowed_to_marks(pages):
    rows = pages.open("programmes", view="two_years", mark="new,dropped,nonsense").rows()
    assert [row.split()[1] for row in rows[1:]] == ["dropped", "new"]


def test_a_comparison_shows_schedules_beside_the_titles(pages):
    rows = pages.open("programmes", view="two_years", detail="schedule", mark="continued").rows()
    assert rows[1].count("January - March") == 2


def test_a_year_is_not_compared_with_itself(pages):
    assert "two different years" in pages.open("programmes", view="two_years", **{"from": "2031", "to": "2031"}).words


def test_the_file_of_a_comparison_has_every_aspect_with_its_source(pages):
    context = pages.context()
    comparison = context.registers().compare(2031, 2032)
    content = comparison_csv(comparison, [], library_of(context)).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(content)))
    assert [row[0] for row in rows[1:]] == ["continued", "renumbered", "dropped", "new"]
    assert {"January - March", "Work Programme for the year 2031"} <= {w for r in rows for c in r for w in _parts(c)}
    assert len({len(row) for row in rows}) == 1


def _parts(cell: str) -> list[str]:
    return [part for piece in cell.split(" | ") for part in piece.split(" (")]


# Documents


def test_the_documents_page_tells_what_is_in_and_what_is_not(pages):
    shown = pages.open("documents")
    assert any("report.md" in row for row in shown.rows())
    assert any("scan.pdf is not a PDF" in row for row in shown.rows())
    assert pages.service.home.current_id() in shown.words


def test_a_reader_is_told_what_changing_documents_needs(pages):
    shown = pages.open("documents")
    assert "--scope ingest" in shown.words
    assert not shown.app.get("file_uploader")


def test_an_archivist_adds_a_document_and_removes_it(tmp_path):
    pages = serve(tmp_path)
    shown = pages.open("documents", scopes=ARCHIVIST)
    note = ("lamp.md", b"# Note on the lamp\n\nThe lamp of the harbour was lit in 2033.\n", "text/markdown")
    shown.app.get("file_uploader")[0].set_value(note)
    shown.app.button[0].click()
    shown.run()
    _finish(pages)
    assert "Can be asked about now: uploads/lamp.md" in shown.run().words.replace("\\", "")
    assert any("uploads/lamp.md" in row for row in shown.rows())
    (target,) = [link for link in shown.links if "document=" in link and "/source" not in link]
    removed = parse_qs(urlsplit(target).query)["document"][0]
    shown.app.selectbox(key="removal").set_value(removed)
    shown.run().app.button(key="really").click()
    shown.run()
    _finish(pages)
    assert "Removed: uploads/lamp.md" in shown.run().words.replace("\\", "")
    assert (pages.folder / ".removed" / "uploads" / "lamp.md").is_file()
    pages.service.close()


def _finish(pages: Pages) -> None:
    """Wait for the ingestion at work."""
    for _ in range(600):
        with open_database(pages.service.home.folder) as held:
            left = held.execute("SELECT count(*) FROM ingestions WHERE state IN ('queued', 'running')").fetchone()[0]
        if not left:
            return
        time.sleep(0.1)
    raise AssertionError("the ingestion does not end")


def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path):
    pages = serve(tmp_path)
    shown = pages.open("documents", scopes=ARCHIVIST)
    shown.app.get("file_uploader")[0].set_value(("bad.pdf", b"no pdf at all", "application/pdf"))
    shown.app.button[0].click()
    shown.run()
    _finish(pages)
    assert "Could not be read: uploads/bad.pdf" in shown.run().words.replace("\\", "")
    pages.service.close()


# Quality


def test_quality_names_the_command_while_nothing_was_measured(pages):
    words = pages.open("quality").words
    assert "have not been measured yet" in words
    assert "sela eval" in words
    assert "5 documents" in words


@pytest.fixture
def report(pages: Pages) -> Iterator[dict[str, object]]:
    group = {"questions": 4, "answerable": 3, "facts": 0.875}
    figures = {
        "name": "sample", "corpus": "corpus", "questions": 8, "facts": 0.8571, "verbatim": 0.9999, "ms_median": 350.4,
        "words_median": 36.5, "by_language": {"es": group}, "by_type": {"decision": group, "riddle": group},
        "plain": {"facts": 0.5},
    }  # fmt: skip
    kept = {
        "measured": "2020-01-02T03:04:05+00:00", "figures": figures, "times_ms": [100, 300, 700, 4000],
        "risk": [[0.5, 0.0], [1.0, 0.2]],
    }  # fmt: skip
    folder = pages.service.settings.data / FOLDER
    folder.mkdir()
    (folder / REPORT).write_text(json.dumps(kept), encoding="utf-8")
    (folder / PAGE).write_text("<html></html>", encoding="utf-8")
    yield kept
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


@pytest.mark.usefixtures("report")
def test_quality_tells_the_figures_in_words_of_staff(pages):
    shown = pages.open("quality")
    rows = shown.rows()
    assert any(row.startswith("Facts given 85.7 % 50 % of 100 facts") for row in rows)
    assert any(row.startswith("Time for an answer 350 ms") for row in rows)
    assert "Measured on 2 January 2020 with 8 questions" in shown.words
    assert "The index has changed since" in shown.words


@pytest.mark.usefixtures("report")
def test_only_what_is_whole_is_shown_as_whole(pages):
    assert any("Quotations word for word 99.9 %" in row for row in pages.open("quality").rows())


@pytest.mark.usefixtures("report")
def test_the_plots_say_in_words_what_they_draw(pages):
    words = pages.open("quality", language="es").words
    assert "español 87,5 %" in words
    assert "riddle 87,5 %" in words
    assert "hasta 0.5 s 50 %" in words


def test_a_damaged_report_is_said_to_be(pages, report):
    (pages.service.settings.data / FOLDER / REPORT).write_text("{", encoding="utf-8")
    assert "cannot be read" in pages.open("quality").words
