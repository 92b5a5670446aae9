"""One answer on the page: how far it goes, what it says, what it rests on, and what can be done with it."""

from functools import partial

import streamlit as st  # noqa: TID251

from assistant.answer_store import AnswerRecord
from assistant.answers import Answer, Citation, EvidenceItem, NoteKind, Outcome
from ingest.errors import SelaError
from ui.page.addresses import answer_address
from ui.page.attention import call_to_answer, call_to_source
from ui.page.citation_words import short_source
from ui.page.cited_text import show_cited_text
from ui.page.context import PageContext
from ui.page.exports import show_export
from ui.page.feedback_form import show_feedback
from ui.page.place_view import ShownPlace
from ui.page.plain import as_html, as_markdown

SHOWN = "source"
_BADGES = {
    Outcome.ANSWERED: (":material/check_circle:", "green"),
    Outcome.PARTLY_ANSWERED: (":material/contrast:", "orange"),
    Outcome.NO_EVIDENCE: (":material/do_not_disturb_on:", "gray"),
    Outcome.OUT_OF_SCOPE: (":material/block:", "gray"),
    Outcome.NEEDS_CLARIFICATION: (":material/help:", "blue"),
}


def show_answer(page: PageContext, record: AnswerRecord) -> None:
    """Show an answer."""
    answer = record.answer
    _show_outcome(page, answer)
    show_cited_text(
        answer,
        key=f"text_{answer.id}",
        interface=page.language,
        labels={kind.value: page.say(f"answer.note_{kind.value}") for kind in NoteKind},
        sources={c.number: page.say("answer.open", source=_named(page, c)) for c in answer.citations},
        chosen=_chosen(answer),
        on_choice=partial(choose, answer),
    )
    _show_sources(page, answer)
    if answer.outcome.is_refusal and answer.evidence:
        _show_evidence(page, answer.evidence)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"actions_{answer.id}"):
        show_feedback(page, answer)
        show_export(page, [record], key=answer.id)
        link = as_html(page.say("answer.link"))
        st.html(f'<a class="quiet" href="{answer_address(answer.id)}" target="_blank">{link}</a>', width="content")


def choose(answer: Answer, number: int) -> None:
    """Open the source of a citation."""
    citation = next((c for c in answer.citations if c.number == number), None)
    if citation is not None:
        st.session_state[SHOWN] = ShownPlace(
            citation.document.id, citation.start, citation.end, citation.number, answer.id
        )
        call_to_source()


def shown_source() -> ShownPlace | None:
    """Return the source that is open, None if none is."""
    place: ShownPlace | None = st.session_state.get(SHOWN)
    return place


def close_source() -> None:
    """Close the source and go back to the answer that cites it."""
    place: ShownPlace | None = st.session_state.pop(SHOWN, None)
    if place is not None and place.answer_id:
        call_to_answer(place.answer_id)


def show_sources_read(page: PageContext, sources: tuple[EvidenceItem, ...]) -> None:
    """Show which documents are being read for an answer."""
    titles = _titles(page)
    named = dict.fromkeys(titles.get(item.file, item.file) for item in sources)
    words = "".join(f"<li>{as_html(title)}</li>" for title in named)
    head = as_html(page.say("answer.reading", count=len(sources)))
    st.html(f'<div class="reading" role="status"><p>{head}</p><ul>{words}</ul></div>')


def _show_outcome(page: PageContext, answer: Answer) -> None:
    icon, colour = _BADGES[answer.outcome]
    st.badge(page.say(f"answer.{answer.outcome.value}"), icon=icon, color=colour)  # type: ignore[arg-type]
    asked = " ".join(answer.question.split())
    if " ".join(answer.standalone_question.split()).casefold() != asked.casefold():
        understood = as_html(page.say("answer.understood"))
        question = as_html(answer.standalone_question)
        st.html(f'<p class="understood">{understood} <q lang="{as_html(answer.language)}">{question}</q></p>')


def _show_sources(page: PageContext, answer: Answer) -> None:
    if not answer.citations:
        return
    chosen = _chosen(answer)
    with st.container(key=f"sources_{answer.id}", gap=None):
        for citation in answer.citations:
            st.button(
                f"{citation.number}\\. {as_markdown(_named(page, citation))}",
                key=f"source_{answer.id}_{citation.number}",
                type="tertiary",
                icon=":material/right_panel_open:" if citation.number == chosen else ":material/article:",
                on_click=choose,
                args=(answer, citation.number),
            )


def _show_evidence(page: PageContext, evidence: tuple[EvidenceItem, ...]) -> None:
    titles = _titles(page)
    with st.expander(page.say("answer.looked_at", count=len(evidence))):
        for item in evidence:
            path = " › ".join(" ".join(part.split()) for part in item.section)
            head = " · ".join(part for part in (titles.get(item.file, item.file), path) if part)
            st.html(f'<p class="looked-at"><strong>{as_html(head)}</strong><br>{as_html(item.text)}</p>')


def _titles(page: PageContext) -> dict[str, str]:
    try:
        return {card.file: card.metadata.title for card in page.cards()}
    except SelaError:
        return {}


def _named(page: PageContext, citation: Citation) -> str:
    return short_source(citation, page.say)


def _chosen(answer: Answer) -> int | None:
    place = shown_source()
    return place.number if place is not None and place.answer_id == answer.id else None
