"""The assistant over a small index: answers, their citations and what stays the same from run to run."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from assistant_samples import build, over, write_folder
from index_samples import ingest

from assistant.answer_store import AnswerStore
from assistant.answers import NoteKind, Outcome, Question, answer_from_json, answer_to_json
from assistant.reading.reader import Reader
from assistant.reading.units import units_of
from assistant.retrieval import Query
from assistant.understanding.question import understand
from ingest.errors import IndexUnavailable
from ingest.generations import IndexHome
from ingest.models.embedder import HashingEmbedder

QUESTIONS = [
    "What did Decision 777 mandate?",
    "¿Qué dispuso la Decisión 777?",
    "When was Decision 777 adopted?",
    "How many cranes has the harbour of Callao?",
    "Who opened the new pier of Callao?",
    "Which things do the pilots of the harbour need?",
    "How many ships did Callao have?",
    "What is activity I.1.1?",
    "What is activity I.1.2?",
    "Compare the programmes of 2031 and 2033",
    "How many cranes has the harbour of Callao, and who opened the new pier of Callao?",
    "Which decisions are mentioned?",
    "Which activities are in area I?",
    "What did Decision 9999 mandate?",
    "",
]


@pytest.fixture(scope="module")
def parent(tmp_path_factory):
    return tmp_path_factory.mktemp("assistant")


@pytest.fixture(scope="module")
def assistant(parent, glossary):
    return build(parent, glossary)


@pytest.fixture(scope="module")
def answers(assistant):
    return {text: assistant.ask(Question(text)) for text in QUESTIONS}


@pytest.fixture(params=QUESTIONS, ids=lambda text: text[:30] or "nothing")
def answer(request, answers):
    return answers[request.param]


def test_every_marker_resolves_to_a_citation(answer):
    outside = re.sub(r"“[^”]*”", "", answer.text)
    assert {int(n) for n in re.findall(r"\[(\d+)\]", outside)} == {c.number for c in answer.citations}


def test_citations_are_numbered_in_the_order_they_are_shown(answer):
    shown = [int(n) for n in re.findall(r"\[(\d+)\]", answer.text)]
    assert list(dict.fromkeys(shown)) == [c.number for c in answer.citations]


def test_every_quotation_is_the_text_at_its_place(answer, assistant):
    catalogue = assistant.snapshot().catalogue
    for citation in answer.citations:
        document = catalogue.document(citation.document.id)
        assert document.text[citation.start : citation.end] == citation.quote
        assert citation.section == document.section_path(citation.start)
        assert citation.document.file == document.file
        assert f"start={citation.start}&end={citation.end}" in citation.href


def test_every_statement_is_in_the_text(answer):
    assert [s.text for s in answer.statements if s.text not in answer.text] == []
    assert [n.text for n in answer.notes if n.text not in answer.text] == []


def test_no_statement_is_made_twice(answer):
    assert len({statement.text for statement in answer.statements}) == len(answer.statements)


def test_evidence_is_verbatim_and_ranked(answer, assistant):
    catalogue = assistant.snapshot().catalogue
    assert [item.rank for item in answer.evidence] == list(range(1, len(answer.evidence) + 1))
    assert len({item.passage_id for item in answer.evidence}) == len(answer.evidence)
    held = catalogue.passages([item.passage_id for item in answer.evidence])
    assert all(held[item.passage_id].text == item.text for item in answer.evidence)


def test_an_answer_says_which_index_it_was_made_from(answer, assistant):
    snapshot = assistant.snapshot()
    assert answer.index == snapshot.stamp
    assert answer.coverage.documents_searched == len(snapshot.catalogue.cards)
    assert answer.timings_ms["total"] > 0


def test_an_answer_is_the_same_after_storing(answer, tmp_path):
    store = AnswerStore(tmp_path / "answers.sqlite")
    store.save(answer, asked={"question": answer.question}, settings={})
    stored = store.load(answer.id).answer
    rounded = {stage: round(time, 1) for stage, time in answer.timings_ms.items()}
    assert stored == replace(answer, timings_ms=rounded)
    assert answer_from_json(answer_to_json(stored)) == stored


def same_in_every_run(answers):
    return {q: replace(a, id="", timings_ms={}, index=replace(a.index, generation="")) for q, a in answers.items()}


def test_asking_twice_gives_the_same_answer(assistant, answers):
    again = {text: assistant.ask(Question(text)) for text in QUESTIONS}
    assert same_in_every_run(again) == same_in_every_run(answers)
    assert len({a.id for a in (*again.values(), *answers.values())}) == 2 * len(QUESTIONS)


def test_ingesting_twice_gives_the_same_answers(parent, assistant, answers, glossary):
    ingest(parent / "documents", IndexHome(parent / "data"))
    again = {text: assistant.ask(Question(text)) for text in QUESTIONS}
    assert same_in_every_run(again) == same_in_every_run(answers)


def test_another_index_of_the_same_documents_gives_the_same_answers(tmp_path, answers, glossary):
    other = build(tmp_path, glossary)
    again = {text: other.ask(Question(text)) for text in QUESTIONS}
    assert {q: a.text for q, a in again.items()} == {q: a.text for q, a in answers.items()}


def test_several_threads_get_the_answers_of_one(assistant, answers):
    with ThreadPoolExecutor(4) as pool:
        again = dict(zip(QUESTIONS, pool.map(lambda text: assistant.ask(Question(text)), QUESTIONS), strict=True))
    assert {q: a.text for q, a in again.items()} == {q: a.text for q, a in answers.items()}


def test_a_decision_is_answered_with_what_it_mandates(answers):
    answer = answers["What did Decision 777 mandate?"]
    assert answer.outcome is Outcome.ANSWERED
    assert "instructs the Permanent Secretariat" in answer.statements[0].text


def test_two_documents_that_say_the_same_stand_behind_one_statement(answers):
    answer = answers["How many cranes has the harbour of Callao?"]
    assert {c.document.file for c in answer.citations} >= {"harbours.md", "press.md"}
    assert answer.text.count("nine of them") == 1


def test_a_list_is_quoted_whole(answers):
    answer = answers["Which things do the pilots of the harbour need?"]
    assert [part in answer.text for part in ("pilots of the harbour need:", "licence", "tugs", "tides")] == [True] * 4


def test_a_table_is_quoted_with_its_header(answers):
    assert "Harbour | Ships | Containers" in answers["How many ships did Callao have?"].text


def test_each_question_of_several_is_answered(answers):
    both = answers["How many cranes has the harbour of Callao, and who opened the new pier of Callao?"]
    alone = [answers["How many cranes has the harbour of Callao?"], answers["Who opened the new pier of Callao?"]]
    quoted = " ".join(c.quote for c in both.citations)
    assert all(one.citations[0].quote in quoted for one in alone)


def test_a_comparison_of_programmes_says_what_became_of_each_activity(answers):
    text = answers["Compare the programmes of 2031 and 2033"].text
    assert "Not found in the 2033 programme:" in text
    assert "of 2031" in text
    assert "of 2033" in text or "in 2033" in text


def test_a_whole_list_of_a_register_states_its_coverage(answers):
    for question in ("Which decisions are mentioned?", "Which activities are in area I?"):
        assert [note.kind for note in answers[question].notes] == [NoteKind.COVERAGE]


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_the_words_of_ours_are_in_the_language_wished_for(assistant, language):
    answer = assistant.ask(Question("What did Decision 9999 mandate?", language=language))
    begins = {"en": "Decision 9999", "es": "La decisión 9999", "pt": "A decisão 9999", "fr": "La décision 9999"}
    assert answer.language == language
    assert answer.text.startswith(begins[language])


def test_a_new_generation_is_served_without_a_restart(tmp_path, glossary):
    folder, home = write_folder(tmp_path), IndexHome(tmp_path / "data")
    ingest(folder, home)
    assistant = over(home, glossary)
    question = Question("What did Decision 888 establish?")
    assert assistant.ask(question).outcome is Outcome.NO_EVIDENCE
    decision = "# Decision No. 888 of the Latin American Council\n\nDecision No. 888 establishes a school of pilots.\n"
    (folder / "decision-888.md").write_text(decision, encoding="utf-8")
    ingest(folder, home)
    answer = assistant.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert "school of pilots" in answer.text


class CountingGlossary:
    """Carries nothing over and counts how often it is asked to."""

    def __init__(self):
        self.asked = []

    def terms(self, text, *, source, target):
        self.asked.append(target)
        return [text]


def test_a_question_is_carried_into_a_language_once(assistant):
    snapshot, counting = assistant.snapshot(), CountingGlossary()
    understood = understand(Question("¿Cuántas grúas tiene el puerto?"), known_decisions=())
    found = snapshot.retriever.find(Query(understood.text, understood.language), limit=10)
    Reader(None, counting).held(understood, units_of(found, snapshot.catalogue))
    assert sorted(counting.asked) == ["en"]


def test_without_an_index_it_says_so(tmp_path, glossary):
    with pytest.raises(IndexUnavailable, match="sela ingest"):
        over(IndexHome(tmp_path / "nothing"), glossary).ask(Question("How many cranes?"))


def test_a_document_that_is_gone_is_no_longer_cited(tmp_path, glossary):
    folder, home = write_folder(tmp_path), IndexHome(tmp_path / "data")
    ingest(folder, home)
    assistant, question = over(home, glossary), Question("What saves exporters eleven days?")
    assert {c.document.file for c in assistant.ask(question).citations} == {"press.md"}
    (folder / "press.md").unlink()
    ingest(folder, home)
    assert "press.md" not in {c.document.file for c in assistant.ask(question).citations}


def test_a_passage_found_by_its_words_alone_has_its_true_similarity(assistant, monkeypatch):
    monkeypatch.setattr("assistant.retrieval.DEPTH", 2)
    snapshot, question = assistant.snapshot(), "register of harbour cranes"
    nearest = {i for i, _ in snapshot.retriever.dense(Query(question, "en"))}
    found = snapshot.retriever.find(Query(question, "en"), limit=10)
    assert not {c.passage.id for c in found} <= nearest
    vectors = snapshot.catalogue.vectors_of(c.passage.id for c in found)
    true = [float(HashingEmbedder().embed_question(question) @ vectors[c.passage.id]) for c in found]
    assert [c.similarity for c in found] == pytest.approx(true, abs=1e-4)
