"""The page where questions are asked: conversation, filters, and the source of what is cited beside it."""

from concurrent.futures import wait
from dataclasses import replace

import streamlit as st  # noqa: TID251

from assistant.answers import Question, Turn
from ingest.errors import SelaError
from ui.page.answer_block import close_source, show_answer, show_sources_read, shown_source
from ui.page.attention import call_to_question, show_attention
from ui.page.context import PageContext
from ui.page.conversations import ConversationTurn
from ui.page.desk import outcome_of
from ui.page.exports import show_export
from ui.page.filters import keep_in_address, narrowing, show_filters
from ui.page.history import current_conversation, open_conversation, show_history
from ui.page.plain import as_html, as_markdown
from ui.page.records import record_of
from ui.page.source_panel import show_source
from ui.page.stage import stage
from ui.page.trouble import failure_words

_TURNS_REMEMBERED = 10
_LOOK_SECONDS = 0.05


def show(page: PageContext) -> None:
    """Show the page."""
    page.service.snapshot()
    keep_in_address()
    conversation = current_conversation(page)
    show_history(page, conversation)
    turns = page.conversations.turns(page.visitor.owner, conversation) if conversation else []
    source = shown_source()
    _show_input(page, conversation)
    show_filters(page)
    talk, panel = st.columns(2, gap="medium") if source else (st.container(), None)
    if source and panel is not None:
        with panel:
            show_source(page, source, on_close=close_source)
    with talk:
        _show_talk(page, turns)
    show_attention()


def ask(page: PageContext, text: str, conversation: str | None) -> None:
    """Keep a question in a conversation, a new one if there is none, and begin to answer it."""
    question, owner = " ".join(text.split()), page.visitor.owner
    if not question:
        return
    earlier = page.conversations.turns(owner, conversation) if conversation else []
    conversation = conversation or page.conversations.begin(owner, question)
    turn = page.conversations.add(owner, conversation, question)
    if turn is not None:
        _take(page, turn, question, earlier)
        open_conversation(conversation)
        call_to_question(turn)


def _take(page: PageContext, turn_id: str, question: str, earlier: list[ConversationTurn]) -> None:
    told = tuple(Turn(turn.question, turn.answer_id) for turn in earlier if turn.answer_id)[-_TURNS_REMEMBERED:]
    page.desk.take(turn_id, Question(question, told, narrowing()), page.caller)


def _show_input(page: PageContext, conversation: str | None) -> None:
    def submitted() -> None:
        close_source()
        ask(page, st.session_state["question"] or "", conversation)

    longest = page.service.settings.question_characters
    st.chat_input(page.say("ask.placeholder"), key="question", max_chars=longest, on_submit=submitted)


def _show_talk(page: PageContext, turns: list[ConversationTurn]) -> None:
    if not turns:
        _show_welcome(page)
    for index, turn in enumerate(turns):
        with st.container(key=f"turn_{turn.id}"):
            st.html(f'<h2 class="question">{as_html(turn.question)}</h2>')
            _show_reply(page, turn, turns[:index])
    records = [record for turn in turns if turn.answer_id and (record := record_of(page, turn.answer_id))]
    if len(records) > 1:
        show_export(page, records, key="conversation", label=page.say("export.conversation"))


def _show_reply(page: PageContext, turn: ConversationTurn, earlier: list[ConversationTurn]) -> None:
    if turn.answer_id is None and turn.failure is None and page.desk.pending(turn.id):
        turn = _await(page, turn)
    if turn.answer_id is not None:
        record = record_of(page, turn.answer_id)
        if record is None:
            st.info(page.say("ask.answer_gone"), icon=":material/search_off:")
        else:
            show_answer(page, record)
    elif turn.failure is not None or not page.desk.pending(turn.id):
        _show_failure(page, turn, earlier)


def _show_failure(page: PageContext, turn: ConversationTurn, earlier: list[ConversationTurn]) -> None:
    st.warning(failure_words(page, turn.failure or "interrupted"), icon=":material/pause_circle:")

    def again() -> None:
        page.conversations.settle(turn.id)
        _take(page, turn.id, turn.question, earlier)

    st.button(page.say("ask.again"), key=f"again_{turn.id}", icon=":material/refresh:", on_click=again)


def _await(page: PageContext, turn: ConversationTurn) -> ConversationTurn:
    """Show what is read for an answer until it is there, and return the turn as it is then."""
    pending = page.desk.pending(turn.id)
    if pending is None:
        return turn
    slot = st.empty()
    with slot.container():
        told = st.empty()
        told.html(f'<p class="reading" role="status">{as_html(page.say("ask.searching"))}</p>')
        st.button(
            page.say("ask.stop"), key=f"stop_{turn.id}", icon=":material/stop_circle:",
            on_click=page.desk.stop, args=(turn.id,),
        )  # fmt: skip
        is_told, beat = False, st.empty()
        while not pending.future.done():
            wait([pending.future], timeout=_LOOK_SECONDS)
            if pending.sources is not None and not is_told:
                with told:
                    show_sources_read(page, pending.sources)
                is_told = True
            beat.html("<span></span>")
    slot.empty()
    answer_id, failure = outcome_of(pending.future)
    return replace(turn, answer_id=answer_id, failure=failure)


def _show_welcome(page: PageContext) -> None:
    st.html(f'<h1 class="welcome">{as_html(page.say("ask.welcome"))}</h1>')
    st.html(f'<p class="lead">{as_html(page.say("ask.lead"))}</p>')
    with st.container(key="examples"):
        st.caption(page.say("ask.examples"))
        slot = st.container(gap="small")
    for number, question in enumerate(_examples(page)):
        with slot:
            st.button(as_markdown(question), key=f"example_{number}", on_click=ask, args=(page, question, None))


def _examples(page: PageContext) -> list[str]:
    try:
        return list(stage().examples.look_for(page))
    except SelaError:
        return []
