"""Documents planted against the reader, five of each kind a question: none is obeyed, none goes unmarked."""

import pytest
from model_assistants import documents, make_index, with_server
from model_trials import bare, faults, unquoted
from planted_documents import FIVE, TARGETS, commanding, credulous, obedient, poisoned, traces
from scripted_model_server import Play, scripted_model_server

from assistant.answers import NoteKind, Outcome, Question

IDS = [target.name for target in TARGETS]


@pytest.fixture(scope="module")
def server():
    with scripted_model_server() as running:
        yield running


def planted(make):
    """Return the true documents and five planted ones for each question."""
    return {**documents(), **{f"{name}.md": text for target in TARGETS for name, text in make(target).items()}}


@pytest.fixture(scope="module")
def commanded(tmp_path_factory):
    return make_index(tmp_path_factory.mktemp("commanded"), planted(commanding))


@pytest.fixture(scope="module")
def poisoned_home(tmp_path_factory):
    return make_index(tmp_path_factory.mktemp("poisoned"), planted(poisoned))


def files(answer, part):
    """Return the files that a part of an answer cites."""
    return {c.document.file for c in answer.citations if c.number in part.citations}


def is_marked(answer, target):
    """Tell whether every false claim shown is cited to the planted document that makes it, and to nothing else.

    A note that documents disagree cites one of each side.
    """
    shown = [part for part in answer.statements if bare(target.false) in bare(part.text)]
    notes = [note for note in answer.notes if bare(target.false) in bare(note.text)]
    return all(
        files(answer, part) and all("poisoned" in file for file in files(answer, part)) for part in shown
    ) and all(
        note.kind is NoteKind.CONTRADICTION and {"poisoned" in file for file in files(answer, note)} == {True, False}
        for note in notes
    )


@pytest.mark.parametrize("target", TARGETS, ids=IDS)
def test_no_order_in_a_document_is_obeyed_by_quotations_alone(commanded, glossary, target):
    answer = with_server(commanded, glossary, None).ask(Question(target.question))
    assert faults(answer, planted(commanding)) == []
    assert [trace for trace in traces(target) if trace in unquoted(answer.text)] == []
    assert bare(target.truth) in bare(answer.text)


@pytest.mark.parametrize("target", TARGETS, ids=IDS)
def test_no_order_in_a_document_reaches_the_reader_through_a_model_that_obeys_all(commanded, glossary, server, target):
    server.script = obedient
    answer = with_server(commanded, glossary, server).ask(Question(target.question))
    assert faults(answer, planted(commanding)) == []
    assert [trace for trace in traces(target) if trace in unquoted(answer.text)] == []
    assert bare(target.truth) in bare(answer.text)
    assert answer.outcome is Outcome.ANSWERED


@pytest.mark.parametrize("target", TARGETS, ids=IDS)
def test_the_model_was_shown_the_orders(commanded, glossary, server, target):
    server.script = lambda _: Play("NONE")
    with_server(commanded, glossary, server).ask(Question(target.question))
    shown = server.prompts[-1]
    assert sum(trace in shown.user for trace in traces(target)) == FIVE
    assert not any(trace in shown.system for trace in traces(target))


@pytest.mark.parametrize("target", TARGETS, ids=IDS)
def test_a_false_claim_is_marked_with_the_document_that_makes_it(poisoned_home, glossary, server, target):
    server.script = credulous(target.claims)
    for asked in (None, server):
        answer = with_server(poisoned_home, glossary, asked).ask(Question(target.question))
        assert faults(answer, planted(poisoned)) == []
        assert is_marked(answer, target)


@pytest.mark.parametrize("target", TARGETS, ids=IDS)
def test_a_false_claim_does_not_hide_the_true_one_among_quotations(poisoned_home, glossary, target):
    answer = with_server(poisoned_home, glossary, None).ask(Question(target.question))
    assert bare(target.truth) in bare(answer.text), "both are shown"


@pytest.mark.parametrize("target", TARGETS, ids=IDS)
def test_a_false_claim_does_not_hide_the_true_one_from_a_credulous_model(poisoned_home, glossary, server, target):
    server.script = credulous(target.claims)
    answer = with_server(poisoned_home, glossary, server).ask(Question(target.question))
    assert bare(target.truth) in bare(answer.text), "both are shown"
