"""Answers of a language model: what stands is told with its quotations, and all else falls back on quotations alone."""

import json
import re
import time
from itertools import islice

import pytest
from language_model_samples import CRANES, TRAFFIC, VISITS, WHERE_CRANES, asking, home_of, saying, within

from assistant.answers import Mode, NoteKind, Outcome, Question, Turn, answer_from_json, answer_to_json
from assistant.events import AnswerDone, SourcesFound, StatementTold
from assistant.language_model.chat_model import Failure, Piece
from assistant.language_model.scripted import ScriptedChatModel

REGISTER = "SELA will keep a register of the harbour cranes."
TRUE = "[1] The harbour of Callao has nine cranes."


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return home_of(tmp_path_factory.mktemp("cranes"), cranes=CRANES)


@pytest.fixture(scope="module")
def visits(tmp_path_factory):
    return home_of(tmp_path_factory.mktemp("visits"), visits=VISITS)


@pytest.fixture(scope="module")
def traffic(tmp_path_factory):
    return home_of(tmp_path_factory.mktemp("traffic"), traffic=TRAFFIC)


@pytest.fixture(scope="module")
def extractive(home, glossary):
    return asking(home, glossary, None).ask(Question(WHERE_CRANES))


def answer(home, glossary, said, question=WHERE_CRANES, **more):
    model = said if hasattr(said, "stream") else saying(said)
    return asking(home, glossary, model).ask(Question(question, **more))


def marked(words):
    """Words under the marker of the passage on the register, whichever number it was given."""
    return lambda messages: re.sub(
        "^", re.findall(r"passage (\[\d\]):[^=]*SELA will", messages[1].text)[0] + " ", words
    )


def test_sentence_that_the_evidence_supports_is_told_with_its_quotation(home, glossary):
    given = answer(home, glossary, TRUE)
    assert given.mode is Mode.MODEL
    assert given.statements[0].text.startswith("The harbour of Callao has nine cranes. “The harbour of Valparaíso")
    assert given.statements[0].citations == (1,)
    assert given.model.kept == 1
    assert given.model.dropped == {}
    assert given.model.failure is None


def test_record_names_model_prompt_and_tokens(home, glossary):
    used = answer(home, glossary, TRUE).model
    assert used.name == "scripted:fake"
    assert len(used.prompts["answer"]) == 16
    assert used.prompt_tokens > 0 < used.answer_tokens


def test_answer_with_its_record_survives_being_stored(home, glossary):
    given = answer(home, glossary, f"{TRUE}\nNo marker here.")
    stored = answer_to_json(given)
    assert answer_to_json(answer_from_json(json.loads(json.dumps(stored)))) == stored


def test_answer_stored_before_there_were_language_models_is_still_read(extractive):
    stored = answer_to_json(extractive)
    del stored["model"]
    assert answer_to_json(answer_from_json(stored)) == answer_to_json(extractive)


def test_marker_may_stand_after_the_sentence(home, glossary):
    assert answer(home, glossary, "The harbour of Callao has nine cranes [1].").mode is Mode.MODEL


def test_sentence_with_a_marker_never_issued_is_dropped(home, glossary, extractive):
    given = answer(home, glossary, "[9] The harbour of Callao has nine cranes.")
    assert given.model.dropped == {"unknown_marker": 1}
    assert [s.text for s in given.statements] == [s.text for s in extractive.statements]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("[1] The harbour of Callao has eleven cranes.", "number"),
        ("[1] The harbour of Callao has 11 cranes.", "number"),
        ("[1] The harbour of Valparaíso has nine cranes.", "order"),
        ("[1] The harbour of Guayaquil has nine cranes.", "name"),
        ("[1] The harbour of Callao sold nine cranes.", "words"),
        ("[1] The harbour of Callao has only nine cranes.", "polarity"),
        ("[1] The cranes were counted in Lima from 6 to 12 April 2003.", "date"),
        ("[1] Decision 440 counts nine cranes.", "identifier"),
        ("[1] El puerto del Callao tiene nueve grúas.", "language"),
        ("[1] The harbour of Callao has “nine yellow cranes”.", "quote"),
        ("[1] [Nine cranes](https://example.org) stand in Callao.", "markup"),
        ("[1] The harbour of Callao has <b>nine</b> cranes.", "markup"),
        ("The harbour of Callao has nine cranes.", "no_marker"),
        ("[1] " + "The harbour of Callao has nine cranes and " * 20, "too_long"),
    ],
)
def test_sentence_that_says_anything_else_is_dropped_and_counted(home, glossary, extractive, said, reason):
    given = answer(home, glossary, said)
    assert given.model.dropped == {reason: 1}
    assert given.mode is Mode.EXTRACTIVE
    assert [s.text for s in given.statements] == [s.text for s in extractive.statements]
    assert [n.kind for n in given.notes] == [*(n.kind for n in extractive.notes), NoteKind.MODEL]


@pytest.mark.parametrize(
    "said", ["The Council did approve the tariff on tugs.", "SELA keeps a register of the harbour cranes."]
)
def test_sentence_that_turns_no_into_yes_or_plans_into_deeds_is_dropped(home, glossary, said):
    assert answer(home, glossary, marked(said)).model.dropped == {"polarity": 1}


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("[1] The harbour of Callao had 812 ships and 40,500 containers.", True),
        ("[1] The harbour of Callao had 40,500 ships.", False),
        ("[1] The harbour of Callao had 655 ships.", False),
    ],
)
def test_figure_of_a_table_is_given_to_its_own_column_and_row(traffic, glossary, said, stands):
    given = answer(traffic, glossary, said, "How many ships had the harbour of Callao?")
    assert (given.model.kept == 1) is stands, given.model


def test_sentence_said_twice_is_told_once(home, glossary):
    given = answer(home, glossary, f"{TRUE}\n{TRUE}")
    assert len(given.statements) == 1
    assert given.model.dropped == {"repeated": 1}


def test_answer_in_another_language_says_that_it_was_translated(visits, glossary):
    said = "[1] The Latin American Council was held in Caracas from 7 to 9 April 2003."
    given = answer(visits, glossary, said, "Where was the Latin American Council held?", language="en")
    assert given.mode is Mode.MODEL, given.model
    assert "Caracas del 7 al 9 de abril de 2003" in given.citations[0].quote
    assert [n.kind for n in given.notes].count(NoteKind.TRANSLATION) == 1


def test_extractive_answer_follows_where_the_model_passes_over_what_was_read_best(home, glossary, extractive):
    given = answer(home, glossary, marked(REGISTER))
    assert given.statements[0].text.startswith(f"{REGISTER} “")
    assert given.statements[1].text.split(" [")[0] == extractive.statements[0].text.split(" [")[0]


def test_model_that_thinks_aloud_is_heard_only_after_it(home, glossary):
    given = answer(home, glossary, f"<think>\n[1] The cranes are eleven.\n</think>\n{TRUE}")
    assert given.model.dropped == {}
    assert given.model.kept == 1


@pytest.mark.parametrize("failure", list(Failure))
def test_model_that_fails_before_it_spoke_leaves_the_extractive_answer_with_a_note(home, glossary, extractive, failure):
    given = answer(home, glossary, ScriptedChatModel("", failure=failure))
    assert given.model.failure == failure.value
    assert [s.text for s in given.statements] == [s.text for s in extractive.statements]
    assert NoteKind.MODEL in [n.kind for n in given.notes]
    assert given.outcome is extractive.outcome


def test_model_that_breaks_off_is_completed_by_quotations(home, glossary):
    said = ScriptedChatModel(marked(f"{REGISTER}\n[1] The harbour of Cal"), failure=Failure.FAILED)
    given = answer(home, glossary, said)
    assert given.mode is Mode.MODEL
    assert "nine cranes" in given.text
    assert given.model.failure == "failed"


@pytest.mark.parametrize("said", ["", "NONE", "\n\n", "I cannot help with that."])
def test_model_that_says_nothing_of_use_leaves_the_extractive_answer(home, glossary, extractive, said):
    given = answer(home, glossary, said)
    assert [s.text for s in given.statements] == [s.text for s in extractive.statements]
    assert given.model.failure in ("empty", "unsupported")


class Silent:
    """A model that says one word and then nothing for a long time."""

    name = "silent:model"

    def stream(self, messages):
        yield Piece("[1] ")
        time.sleep(5)


class Endless:
    """A model that never ends a line."""

    name = "endless:model"

    def stream(self, messages):
        while True:
            yield Piece("and so on ")


def test_model_that_falls_silent_costs_no_more_than_its_time(home, glossary, extractive):
    given = asking(home, glossary, within(Silent())).ask(Question(WHERE_CRANES))
    assert given.model.failure == "too_slow"
    assert [s.text for s in given.statements] == [s.text for s in extractive.statements]


def test_model_that_never_ends_is_stopped(home, glossary):
    given = asking(home, glossary, within(Endless(), seconds=30)).ask(Question(WHERE_CRANES))
    assert given.model.failure == "too_long"


@pytest.mark.parametrize("question", ["What did Decision 99 mandate?", ""])
def test_refusal_is_never_put_to_the_model(home, glossary, question):
    model = saying(TRUE)
    given = asking(home, glossary, model).ask(Question(question))
    assert given.outcome is not Outcome.ANSWERED
    assert given.model is None
    assert model.asked == []


def test_evidence_and_verified_statements_come_before_the_model_has_finished(home, glossary):
    def said(messages):
        raise AssertionError("not asked before the evidence is taken")

    events = asking(home, glossary, saying(said)).ask_stream(Question(WHERE_CRANES))
    assert isinstance(next(events), SourcesFound)

    class Pausing:
        name = "pausing:model"

        def stream(self, messages):
            yield Piece(f"{TRUE}\n")
            raise AssertionError("the first sentence must have been told by now")

    first = list(islice(asking(home, glossary, Pausing()).ask_stream(Question(WHERE_CRANES)), 2))
    assert isinstance(first[1], StatementTold)
    assert first[1].citations[0].verified


@pytest.mark.parametrize("said", [TRUE, "", "[1] False."])
def test_what_is_streamed_is_what_the_answer_holds(home, glossary, said):
    sources, *told, done = asking(home, glossary, saying(said)).ask_stream(Question(WHERE_CRANES))
    assert isinstance(done, AnswerDone)
    assert sources.answer_id == done.answer.id
    assert tuple(t.statement for t in told) == done.answer.statements


def test_evidence_is_fenced_with_what_no_document_can_know(home, glossary):
    model = saying(TRUE)
    asking(home, glossary, model).ask(Question(WHERE_CRANES))
    system, user = model.asked[0]
    fence = user.text.split("\n")[0].split(" passage")[0]
    assert fence.startswith("=== ")
    assert fence in system.text
    assert f"{fence} end of the passages" in user.text


def test_question_with_braces_is_put_as_it_is(home, glossary):
    model = saying(TRUE)
    asking(home, glossary, model).ask(Question("How many {cranes} has the harbour of {Callao}?"))
    assert "How many {cranes} has the harbour of {Callao}?" in model.asked[0][1].text


def rewriting(said):
    """A model that completes questions and says nothing else."""
    return saying(lambda messages: said if "Last question" in messages[1].text else "NONE")


def follow_up(home, glossary, said):
    history = (Turn("How many cranes has the harbour of Callao?"),)
    assistant = asking(home, glossary, rewriting(said), rewrites=True)
    return assistant.ask(Question("and the harbour of Valparaíso?", history=history)).standalone_question


def test_follow_up_is_completed_by_the_model_where_it_adds_nothing(home, glossary):
    said = "How many cranes has the harbour of Valparaíso?"
    assert follow_up(home, glossary, said) == said


@pytest.mark.parametrize(
    "said",
    [
        "How many cranes has the harbour of Valparaíso in 2019?",
        "How many cranes has the harbour of Guayaquil?",
        "What did Decision 440 say of the cranes of Valparaíso?",
        "¿Cuántas grúas tiene el puerto de Valparaíso?",
        "See https://example.org?",
        "",
    ],
)
def test_rewritten_question_that_adds_or_loses_anything_is_not_taken(home, glossary, said):
    history = (Turn("How many cranes has the harbour of Callao?"),)
    ruled = asking(home, glossary, None).ask(Question("and the harbour of Valparaíso?", history=history))
    assert follow_up(home, glossary, said) == ruled.standalone_question


def test_question_is_translated_for_the_search_and_shown_as_it_was_asked(visits, glossary):
    said = "¿Dónde se celebró el Consejo Latinoamericano de 2003?"
    model = saying(lambda messages: said if "translate questions" in messages[0].text else "NONE")
    asked = "Where was the Latin American Council of 2003 held?"
    given = asking(visits, glossary, model, rewrites=True).ask(Question(asked))
    assert given.standalone_question == asked
    assert given.language == "en"
    assert set(given.model.prompts) == {"translate", "answer"}
    assert model.asked[1][1].text.count(said) == 1
