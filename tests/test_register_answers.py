"""What is answered from the registers: meetings, lists, counts, programmes side by side, and what is not on record."""

import pytest
from assistant_samples import over
from index_samples import ingest
from register_documents import SAMPLE

from assistant.answers import Note, NoteKind, Outcome, Question
from assistant.assistant import Assistant
from assistant.glossary import Glossary
from assistant.messages import message
from ingest.generations import IndexHome
from ui.command_line.main import run

FILES = (
    "manifest.toml",
    "en/work-programme-2017.pdf",
    "en/work-programme-2019.docx",
    "en/decisions-digest.md",
    "en/inter-secretariat-workshop-2024.docx",
    "fr/communautes-portuaires.md",
)
LANGUAGES = ("en", "es", "pt", "fr")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    for file in FILES:
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_bytes((SAMPLE / file).read_bytes())
    found = IndexHome(tmp_path_factory.mktemp("data"))
    ingest(folder, found)
    return found


@pytest.fixture(scope="module")
def assistant(home) -> Assistant:
    return over(home, Glossary.load())


@pytest.fixture
def ask(assistant):
    def asking(text, **more):
        answer = assistant.ask(Question(text, **more))
        catalogue = assistant.snapshot().catalogue
        for citation in answer.citations:
            assert citation.quote == catalogue.document(citation.document.id).text[citation.start : citation.end]
        return answer

    return asking


def kinds(answer) -> list[NoteKind]:
    return [note.kind for note in answer.notes]


def note_of(answer, kind) -> Note:
    return next(note for note in answer.notes if note.kind is kind)


THIRD_MEETING = {
    "en": "When and where was the III meeting of port communities?",
    "es": "¿Dónde y cuándo se celebró la tercera reunión de comunidades portuarias?",
    "pt": "Onde e quando foi realizada a terceira reunião de comunidades portuárias?",
    "fr": "Où et quand a eu lieu la IIIe réunion des communautés portuaires ?",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_when_and_where_a_meeting_was_held_is_answered_with_what_documents_dispute(ask, language):
    answer = ask(THIRD_MEETING[language])
    assert (answer.outcome, answer.language) == (Outcome.ANSWERED, language)
    assert answer.statements[0].text.startswith(message("label.held", language))
    assert "Lima" in answer.text
    disputed = note_of(answer, NoteKind.CONTRADICTION)
    quotes = [answer.citations[n - 1].quote for n in disputed.citations]
    assert len(quotes) == 2
    assert ["16" in quote and day in quote for quote, day in zip(sorted(quotes), ("17", "18"), strict=True)]


def test_a_dispute_on_dates_is_not_told_where_something_else_is_asked(ask):
    assert NoteKind.CONTRADICTION not in kinds(ask("Where was the III meeting of port communities?"))


SEVERAL = {
    "en": "When was the meeting of port communities?",
    "es": "¿Cuándo fue la reunión de comunidades portuarias?",
    "pt": "Quando foi a reunião de comunidades portuárias?",
    "fr": "Quand a eu lieu la réunion des communautés portuaires ?",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_of_several_meetings_is_asked_back_with_date_and_place_of_each(ask, language):
    answer = ask(SEVERAL[language])
    assert answer.outcome is Outcome.NEEDS_CLARIFICATION
    assert answer.language == language
    assert [place in answer.text for place in ("Panama", "Cartagena", "Lima", "2016")] == [True] * 4


@pytest.mark.parametrize(
    "text",
    [
        "List the meetings of port communities",
        "When was the first meeting of port communities?",
        "Where was the meeting of port communities of July 2017?",
    ],
)
def test_a_list_an_ordinal_or_a_date_needs_no_asking_back(ask, text):
    assert ask(text).outcome is Outcome.ANSWERED


def test_a_meeting_that_is_only_planned_is_said_to_be(ask):
    answer = ask("When is the IX regional meeting on foreign trade single windows?")
    assert answer.statements[0].text.startswith("Planned:")


def test_what_a_planned_meeting_concluded_is_not_known(ask):
    answer = ask("What were the conclusions of the IX meeting on foreign trade single windows?")
    assert answer.outcome is Outcome.NO_EVIDENCE
    assert "only plan" in answer.text


CONCLUDED = {
    "en": "What was concluded at the workshop on inter-secretariat work?",
    "es": "¿Qué se concluyó en el taller sobre el trabajo intersecretarial?",
    "pt": "O que se concluiu na oficina sobre o trabalho intersecretarial?",
    "fr": "Qu'a-t-on conclu lors de l'atelier sur le travail intersecrétariats ?",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_conclusions_of_a_meeting_are_given_whole(ask, language):
    answer = ask(CONCLUDED[language])
    assert len(answer.statements) == 8
    assert all(len(statement.citations) == 1 for statement in answer.statements)


ON_SMALL_FIRMS = {
    "en": "How many meetings on SMEs in 2017?",
    "es": "¿Cuántas reuniones sobre pymes hubo en 2017?",
    "pt": "Quantas reuniões sobre PME houve em 2017?",
    "fr": "Combien de réunions sur les PME y a-t-il eu en 2017 ?",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_count_of_meetings_cites_each_that_it_counts(ask, language):
    answer = ask(ON_SMALL_FIRMS[language])
    lead = message("lead.planned", language, count="…").split("…")[0]
    counted = next(s for s in answer.statements if s.text.startswith(lead))
    assert f"{lead}{len(counted.citations)}." in counted.text
    items = [s for s in answer.statements if s is not counted and s.citations[0] in counted.citations]
    assert len(items) == len(counted.citations) >= 3
    assert NoteKind.COVERAGE in kinds(answer)


def test_the_same_is_counted_in_every_language(ask):
    counts = [ask(text).statements[0].citations for text in ON_SMALL_FIRMS.values()]
    assert counts == [counts[0]] * 4


IN_LIMA = {
    "en": "Which meetings were held in Lima?",
    "es": "¿Qué reuniones se celebraron en Lima?",
    "pt": "Que reuniões foram realizadas em Lima?",
    "fr": "Quelles réunions se sont tenues à Lima ?",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_meetings_of_a_place_are_listed(ask, language):
    answer = ask(IN_LIMA[language])
    quotes = [answer.citations[n - 1].quote for n in answer.statements[0].citations]
    assert len(quotes) >= 2
    assert answer.statements[0].text.startswith(message("lead.held", language, count=len(quotes)))


def test_the_number_of_a_whole_programme_is_the_one_that_it_states(ask):
    answer = ask("How many meetings does the 2017 programme plan?")
    assert [s for s in answer.statements if s.text.startswith("Meetings")] == []


@pytest.mark.parametrize("text", ["List the meetings held between 2019 and 2018", "List the meetings of 2018 and 2019"])
def test_a_reversed_range_of_years_is_put_right(ask, text):
    ordered = ask("List the meetings held between 2018 and 2019")
    assert ask(text).text == ordered.text
    assert ordered.statements


REVERSED = {
    "en": "Which meetings were held from 18 to 10 August 2018?",
    "es": "¿Qué reuniones se celebraron del 18 al 10 de agosto de 2018?",
    "pt": "Que reuniões foram realizadas de 18 a 10 de agosto de 2018?",
    "fr": "Quelles réunions se sont tenues du 18 au 10 août 2018 ?",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reversed_range_of_days_finds_what_lies_between(ask, language):
    answer = ask(REVERSED[language])
    assert answer.outcome is Outcome.ANSWERED
    assert "Lima" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "How many activities has project I.3 in 2017?",
        "¿Cuántas actividades tiene el proyecto I.3 en 2017?",
        "Quantas atividades tem o projeto I.3 em 2017?",
        "Combien d'activités a le projet I.3 en 2017 ?",
    ],
)
def test_the_activities_of_a_project_are_counted_and_listed(ask, text):
    answer = ask(text)
    assert " 2." in answer.statements[0].text
    assert [("I.3.1" in s.text, "I.3.2" in s.text) for s in answer.statements[1:]] == [(True, False), (False, True)]


DIFFERENCE = {
    "en": "How does the 2019 programme differ from 2017's on SMEs?",
    "es": "¿En qué se diferencia el programa de 2019 del de 2017 en materia de pymes?",
    "pt": "Em que o programa de 2019 difere do de 2017 quanto às PME?",
    "fr": "En quoi le programme de 2019 diffère-t-il de celui de 2017 sur les PME ?",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_programmes_are_compared_on_a_theme(ask, language):
    answer = ask(DIFFERENCE[language])
    labels = {message(f"label.{kind}", language, year=2019) for kind in ("changed", "dropped", "new")}
    assert {s.text.split(":")[0] for s in answer.statements} == labels
    assert len(answer.statements) <= 8
    assert kinds(answer) == [NoteKind.COVERAGE, NoteKind.COVERAGE]


DROPPED = {
    "en": "Which activities of 2017 were dropped in 2019?",
    "es": "¿Qué actividades de 2017 se abandonaron en 2019?",
    "pt": "Quais atividades de 2017 foram abandonadas em 2019?",
    "fr": "Quelles activités de 2017 ont été abandonnées en 2019 ?",
}
NEW = {
    "en": "What is new in the 2019 programme?",
    "es": "¿Qué hay de nuevo en el programa de 2019?",
    "pt": "O que há de novo no programa de 2019?",
    "fr": "Quoi de neuf dans le programme de 2019 ?",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("questions", "lead"), [(DROPPED, "lead.dropped"), (NEW, "lead.new")])
def test_what_was_dropped_or_is_new_is_counted_and_listed(ask, language, questions, lead):
    answer = ask(questions[language])
    counted = answer.statements[0]
    said = message(lead, language, count=len(counted.citations), earlier=2017, later=2019)
    assert counted.text.startswith(said)
    assert len(answer.statements) - 1 == len(counted.citations)


@pytest.mark.parametrize(
    "text",
    [
        "Were there changes in project II.1 between 2017 and 2019?",
        "¿Hubo cambios en el proyecto II.1 entre 2017 y 2019?",
        "Houve mudanças no projeto II.1 entre 2017 e 2019?",
        "Y a-t-il eu des changements dans le projet II.1 entre 2017 et 2019 ?",
    ],
)
def test_the_changes_of_a_project_are_those_of_its_activities(ask, text):
    answer = ask(text)
    assert answer.outcome is Outcome.ANSWERED
    assert all("II.1." in statement.text for statement in answer.statements)


@pytest.mark.parametrize(
    "text",
    [
        "How many studies does the 2017 programme plan, compared with 2019?",
        "How did the frequency of the reports change between the 2017 and 2019 programmes?",
        "What is activity II.2.3 in 2017 and in 2019?",
    ],
)
def test_a_single_figure_or_activity_of_both_years_is_not_answered_with_a_list_of_changes(ask, text):
    said = ask(text).text
    assert "Changed in" not in said
    assert "New in" not in said


NOT_HELD = {
    "en": "Compare the 2017 programme with the 2025 programme on migration",
    "es": "Compare el programa de 2017 con el programa de 2025 en materia de migraciones",
    "pt": "Compare o programa de 2017 com o programa de 2025 quanto às migrações",
    "fr": "Comparez le programme de 2017 et le programme de 2025 sur les migrations",
}
UNKNOWN = {
    "Decision -1": {
        "en": "What did Decision -1 mandate?",
        "es": "¿Qué dispuso la Decisión -1?",
        "pt": "O que determinou a Decisão -1?",
        "fr": "Que prévoit la Décision -1 ?",
    },
    "Decision 99999": {
        "en": "What did Decision 99999 mandate?",
        "es": "¿Qué dispuso la Decisión 99999?",
        "pt": "O que determinou a Decisão 99999?",
        "fr": "Que prévoit la Décision 99999 ?",
    },
    "IX.99.9": {
        "en": "What is Activity IX.99.9?",
        "es": "¿Qué es la Actividad IX.99.9?",
        "pt": "O que é a Atividade IX.99.9?",
        "fr": "Qu'est-ce que l'Activité IX.99.9 ?",
    },
    "4-61": {
        "en": "Which document is SP/CL/XLII.O/DT N° 4-61?",
        "es": "¿Qué documento es SP/CL/XLII.O/DT N° 4-61?",
        "pt": "Que documento é SP/CL/XLII.O/DT N° 4-61?",
        "fr": "Quel document est SP/CL/XLII.O/DT N° 4-61 ?",
    },
    "2025": NOT_HELD,
}
OFFERED = {"Decision -1": "440", "Decision 99999": "440", "IX.99.9": "IX.99.9", "4-61": "4-16", "2025": "2017, 2019"}
CASES = [(name, language) for name in UNKNOWN for language in LANGUAGES]


@pytest.mark.parametrize(("name", "language"), CASES)
def test_what_is_not_on_record_is_said_with_what_is(ask, name, language):
    answer = ask(UNKNOWN[name][language])
    assert answer.outcome is Outcome.NO_EVIDENCE
    assert answer.language == language
    assert kinds(answer) == [NoteKind.UNKNOWN_IDENTIFIER]
    assert OFFERED[name] in answer.text


@pytest.mark.parametrize(("name", "language"), CASES)
def test_the_command_line_says_so_too(capsys, monkeypatch, home, name, language):
    monkeypatch.setenv("SELA_EMBEDDING_MODEL", "hashing")
    monkeypatch.setenv("SELA_RERANK", "false")
    assert run(["ask", UNKNOWN[name][language], "--data", str(home.folder)]) == 0
    printed = capsys.readouterr()
    assert (OFFERED[name] in printed.out, printed.err) == (True, "")


BOTH = {
    "en": "What did Decisions 440 and 99999 mandate?",
    "es": "¿Qué dispusieron las Decisiones 440 y 99999?",
    "pt": "O que determinaram as Decisões 440 e 99999?",
    "fr": "Que prévoient les Décisions 440 et 99999 ?",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_known_is_answered_and_the_unknown_is_noted(ask, language):
    answer = ask(BOTH[language])
    assert answer.outcome is Outcome.PARTLY_ANSWERED
    assert "99999" in note_of(answer, NoteKind.UNKNOWN_IDENTIFIER).text
    assert any("440" in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "text",
    [
        "Which document is SP/CL/XLII.O/DT N° 4-16?",
        "¿Qué documento es SP/CL/XLII.O/DT Nº 4-16?",
        "Que documento é SP/CL/XLII.O/DT n° 4-16?",
        "Quel document est SP/CL/XLII.O/DT N°4-16 ?",
    ],
)
def test_the_document_of_a_symbol_is_named_with_its_title(ask, text):
    answer = ask(text)
    assert {citation.document.file for citation in answer.citations} == {"en/work-programme-2017.pdf"}
    assert "2017" in answer.statements[0].text


def test_the_decisions_on_record_are_counted(ask):
    answer = ask("How many decisions are mentioned in the documents?")
    assert f": {len(answer.statements[0].citations)}." in answer.statements[0].text
    assert "486" not in answer.text


def test_the_table_of_a_comparison_says_where_each_cell_stands(capsys, home):
    assert run(["compare", "2017", "2019", "--about", "ports", "--data", str(home.folder)]) == 0
    table = capsys.readouterr().out
    assert "en/work-programme-2017.pdf, p. " in table
    assert "en/work-programme-2019.docx" in table
