"""A model that lies on purpose, over a real HTTP server: whatever it says, the reader sees nothing false."""

import pytest
from compare_model_gate import asking, compare
from model_assistants import documents, make_index, with_server
from model_misbehaviour import HOSTILE, PROTOCOL
from model_trials import bare, faults, held, lies, seen_false, truths, with_markers
from scripted_model_server import Play, scripted_model_server

from assistant.answers import Mode, NoteKind, Outcome, Question
from assistant.events import AnswerDone, StatementTold

SHORT = 0.4  # a model that stalls costs the test this long


@pytest.fixture(scope="module")
def server():
    with scripted_model_server() as running:
        yield running


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return make_index(tmp_path_factory.mktemp("lies"), documents())


@pytest.fixture(scope="module")
def assistant(home, glossary, server):
    return with_server(home, glossary, server)


@pytest.fixture(scope="module")
def hasty(home, glossary, server):
    return with_server(home, glossary, server, seconds=SHORT)


@pytest.fixture(scope="module")
def extractive(home, glossary):
    return with_server(home, glossary, None)


def ask(assistant, text, language="en"):
    """Ask about the report of one language, and check what holds of every answer."""
    answer = assistant.ask(asking(text, language))
    assert faults(answer, documents()) == []
    assert answer.outcome is Outcome.ANSWERED
    assert answer.statements
    return answer


def is_fallback(answer, extractive, language="en"):
    """Tell whether an answer is the extractive one with a note that says so."""
    plain = extractive.ask(asking(answer.question, language))
    said = [note.kind for note in answer.notes]
    return answer.statements == plain.statements and answer.mode == Mode.EXTRACTIVE and NoteKind.MODEL in said


LIES = [*lies(), *lies("subtle")]
TRUTHS = list(truths())


def test_there_are_enough_lies():
    assert len({lie.name for lie in LIES}) + len(HOSTILE) + len(PROTOCOL) >= 120
    assert {lie.language for lie in LIES} == {"en", "es", "pt", "fr"}
    for lie in LIES:
        assert lie.false, lie


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: f"{lie.language} {lie.name}")
def test_no_lie_reaches_the_reader(assistant, server, lie):
    server.script = lie.script()
    answer = ask(assistant, lie.question, lie.language)
    assert seen_false(answer, lie.false) == []
    assert answer.model is not None, "the model was asked"


@pytest.mark.parametrize("name", HOSTILE)
def test_no_hostile_text_reaches_the_reader(assistant, server, name):
    says, false = HOSTILE[name]
    passages = held("en")["passages"]
    server.script = lambda prompt: Play(with_markers(says, passages, prompt))
    answer = ask(assistant, held("en")["questions"]["where"])
    assert seen_false(answer, false) == []
    assert [sign for sign in ("](", "://", "<", "\u200b", "\u202e", "```") if sign in answer.text] == []


@pytest.mark.parametrize("name", PROTOCOL)
def test_a_model_that_gives_no_answer_leaves_the_extractive_one(hasty, extractive, server, name):
    server.script = PROTOCOL[name]
    answer = ask(hasty, held("en")["questions"]["where"])
    assert bare("small harbours") not in bare(answer.text)
    if not answer.model.kept:
        assert is_fallback(answer, extractive)
    assert NoteKind.MODEL in [note.kind for note in answer.notes]


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: f"{truth.language} {truth.name}")
def test_what_is_true_is_let_through(assistant, server, truth):
    server.script = truth.script()
    answer = ask(assistant, truth.question, truth.language)
    assert (answer.mode, answer.model.dropped) == (Mode.MODEL, {})


def test_a_true_sentence_among_lies_is_kept_and_the_lies_are_counted(assistant, server):
    told = {lie.name: lie for lie in LIES if lie.language == "en"}
    passages = held("en")["passages"]
    chosen = [held("en")["truths"]["where"], told["invented_date"].says, told["negation_dropped"].says, "Nothing [99]."]
    server.script = lambda prompt: Play("\n".join(with_markers(line, passages, prompt) for line in chosen))
    answer = ask(assistant, held("en")["questions"]["where"])
    assert (answer.mode, answer.model.kept, sum(answer.model.dropped.values())) == (Mode.MODEL, 1, 3)
    assert seen_false(answer, (*told["invented_date"].false, *told["negation_dropped"].false)) == []


def test_no_statement_is_told_before_it_is_verified_nor_withdrawn(assistant, server):
    for lie in LIES[::19]:
        server.script = lie.script()
        events = list(assistant.ask_stream(asking(lie.question, lie.language)))
        told = [event.statement for event in events if isinstance(event, StatementTold)]
        answer = next(event.answer for event in events if isinstance(event, AnswerDone))
        assert tuple(told) == answer.statements
        assert seen_false(answer, lie.false) == []


def test_without_the_gate_every_lie_would_be_read(assistant, server):
    compared = compare([lie for lie in LIES if lie.language == "es"], assistant, server)
    assert compared.gate == 0
    assert compared.nothing == compared.lies
    assert compared.markers >= 0.8 * compared.lies, "markers alone keep few lies out"


def test_a_model_is_not_asked_where_the_documents_say_nothing(assistant, server):
    asked = len(server.prompts)
    answer = assistant.ask(Question("What did Decision 9999 mandate?"))
    assert answer.outcome is Outcome.NO_EVIDENCE
    assert len(server.prompts) == asked
