"""What an answer says of documents that disagree on the very thing asked for, and of those that lawfully differ."""

from itertools import pairwise

import pytest
from index_samples import ingest
from language_model_samples import asking, home_of

from assistant.answers import NoteKind, Question
from assistant.messages import message
from ingest.generations import IndexHome

PIER_COST = "How much did the new pier of Callao cost?"


@pytest.fixture
def ask(tmp_path, glossary):
    def answering(question, **documents):
        return asking(home_of(tmp_path, **documents), glossary, None).ask(Question(question))

    return answering


def report(sentence, title="Report on the harbours", heading="Works"):
    return f"# {title}\n\n## {heading}\n\n{sentence} The tugs were painted in white.\n"


def disputes(answer):
    return [note for note in answer.notes if note.kind is NoteKind.CONTRADICTION]


def quotes(answer, note):
    return {answer.citations[n - 1].document.file: answer.citations[n - 1].quote for n in note.citations}


CONTRADICTIONS = {
    "money, English": (
        PIER_COST,
        "The new pier of Callao cost 9 million dollars.",
        "The new pier of Callao cost 4 million dollars.",
        ("9 million dollars", "4 million dollars"),
    ),
    "money, Spanish": (
        "¿Cuánto costó el nuevo muelle del Callao?",
        "El nuevo muelle del Callao costó 9 millones de dólares.",
        "El nuevo muelle del Callao costó 4 millones de dólares.",
        ("9 millones de dólares", "4 millones de dólares"),
    ),
    "percentage, Portuguese": (
        "Que porcentagem do tráfego passa pelo porto de Santos?",
        "Passa pelo porto de Santos 31% do tráfego da costa.",
        "Pelo porto de Santos passa 45% do tráfego da costa.",
        ("31%", "45%"),
    ),
    "person, French": (
        "Qui a présidé le concours des pilotes de Callao ?",
        "Ana Pineda a présidé le concours des pilotes de Callao.",
        "Carlos Medina a présidé le concours des pilotes de Callao.",
        ("Ana Pineda", "Carlos Medina"),
    ),
    "number in words": (
        "How many cranes does the harbour of Valparaíso have?",
        "The harbour of Valparaíso has four cranes for containers.",
        "The harbour of Valparaíso has nine cranes for containers.",
        ("four cranes", "nine cranes"),
    ),
    "days of one month": (
        "When were the lighthouses of Callao counted?",
        "The lighthouses of Callao were counted on 7 May 2031.",
        "The lighthouses of Callao were counted on 19 May 2031.",
        ("7 May 2031", "19 May 2031"),
    ),
}


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_another_value_for_what_is_asked_is_told_and_both_are_cited(ask, case):
    question, one, other, values = CONTRADICTIONS[case]
    answer = ask(question, one=report(one), other=report(other))
    (note,) = disputes(answer)
    assert all(value in note.text for value in values)
    assert quotes(answer, note) == {"one.md": one, "other.md": other}


@pytest.mark.parametrize("case", ["money, English", "money, Spanish"])
def test_the_note_is_in_the_language_of_the_answer(ask, case):
    question, one, other, _ = CONTRADICTIONS[case]
    answer = ask(question, one=report(one), other=report(other))
    lead = message("note.contradiction", answer.language, what=message("asked.money", answer.language), values="")
    assert disputes(answer)[0].text.startswith(lead.rstrip(" ."))


def test_each_value_is_told_once_however_many_documents_state_it(ask):
    many = {f"many{n}": report("The new pier of Callao cost 9 million dollars.") for n in range(5)}
    answer = ask(PIER_COST, **many, one=report("The new pier of Callao cost 4 million dollars."))
    (note,) = disputes(answer)
    assert note.text.count("million") == len(note.citations) == 2


def test_a_draft_and_its_final_version_are_told_apart(ask):
    title = "Work programme of the harbours"
    answer = ask(
        PIER_COST,
        draft=report("The new pier of Callao cost 9 million dollars.", f"{title}, draft"),
        final=report("The new pier of Callao cost 4 million dollars.", title),
    )
    assert len(disputes(answer)) == 1


LAWFUL = {
    "other years": (
        "How much did the piers of Callao cost?",
        "The piers of Callao cost 9 million dollars in 2031.",
        "The piers of Callao cost 4 million dollars in 2033.",
    ),
    "a sum and its part": (
        PIER_COST,
        "The new pier of Callao cost 9 million dollars.",
        "The first stage of the new pier of Callao cost 4 million dollars.",
    ),
    "a sum and its parts in one sentence": (
        PIER_COST,
        "The new pier of Callao cost 9 million dollars.",
        "The new pier of Callao cost 9 million dollars, 4 million dollars of them for the base.",
    ),
    "a plan and what came of it": (
        PIER_COST,
        "The new pier of Callao will cost 9 million dollars.",
        "The new pier of Callao cost 4 million dollars.",
    ),
    "other things": (
        PIER_COST,
        "The new pier of Callao cost 9 million dollars.",
        "The old pier of Callao cost 4 million dollars.",
    ),
    "other places": (
        "How much did the new pier cost?",
        "The new pier of Callao cost 9 million dollars.",
        "The new pier of Santos cost 4 million dollars.",
    ),
    "one place among all": (
        "What percentage of the ships carries wheat?",
        "Of the ships at sea 31% carries wheat.",
        "Of the ships at sea 45% carries wheat in Uruguay.",
    ),
    "other meetings": (
        "How many delegates attended the regatta of pilots?",
        "The XII Regatta of Pilots was attended by 27 delegates.",
        "The XIII Regatta of Pilots was attended by 45 delegates.",
    ),
    "other activities": (
        "How many pilots does the activity train?",
        "Activity I.1.2 trains 27 pilots of the harbours.",
        "Activity I.1.3 trains 45 pilots of the harbours.",
    ),
    "the same, written otherwise": (
        PIER_COST,
        "The new pier of Callao cost 9 million dollars.",
        "The new pier of Callao cost US$ 9,000,000.",
    ),
    "the same, rounded": (
        PIER_COST,
        "The new pier of Callao cost 9.2 million dollars.",
        "The new pier of Callao cost 9 million dollars.",
    ),
    "the same day, less exactly": (
        "When were the lighthouses of Callao counted?",
        "The lighthouses of Callao were counted on 7 May 2031.",
        "The lighthouses of Callao were counted in May 2031.",
    ),
}


@pytest.mark.parametrize("case", LAWFUL)
def test_values_that_lawfully_differ_are_no_contradiction(ask, case):
    question, one, other = LAWFUL[case]
    answer = ask(question, one=report(one), other=report(other))
    assert answer.statements
    assert disputes(answer) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *pairwise(("Work programme for the year 2031", "Work programme for the year 2033")),
        ("Report on the III meeting of pilots", "Report on the IV meeting of pilots"),
        ("Report on the meeting of fishermen", "Report on the meeting of shipowners"),
    ],
)
def test_documents_of_other_years_meetings_or_subjects_may_state_other_values(ask, one, other):
    answer = ask(
        "How many delegates attended the meeting?" if "meeting" in one else "How many delegates are invited?",
        one=report("Delegates are invited, and 27 delegates attended the discussion of the tariff.", one),
        other=report("Delegates are invited, and 45 delegates attended the discussion of the tariff.", other),
    )
    assert disputes(answer) == []


def test_language_versions_of_one_work_are_not_held_against_each_other(tmp_path, glossary):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "en.md").write_text(report("The new pier of Callao cost 9 million dollars."), encoding="utf-8")
    spanish = report("El nuevo muelle del Callao costó 4 millones de dólares.", "Informe de los puertos", "Obras")
    (folder / "es.md").write_text(spanish, encoding="utf-8")
    manifest = "\n".join(f'[documents."{name}.md"]\nlanguage = "{name}"\nwork = "Harbours"\n' for name in ("en", "es"))
    (folder / "manifest.toml").write_text(manifest, encoding="utf-8")
    home = IndexHome(tmp_path / "data")
    ingest(folder, home)
    assert disputes(asking(home, glossary, None).ask(Question(PIER_COST))) == []


def test_what_is_not_asked_for_may_differ(ask):
    answer = ask(
        "Who chaired the contest of pilots?",
        one=report("Ana Pineda chaired the contest of pilots with 27 delegates."),
        other=report("Ana Pineda chaired the contest of pilots with 45 delegates."),
    )
    assert disputes(answer) == []
