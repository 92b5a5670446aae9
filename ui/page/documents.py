"""The page of the documents: what is in, what is not and why, how fresh the index is, and changing it."""

from typing import Any

import streamlit as st  # noqa: TID251

from ingest.catalogue import DocumentCard
from ui.api.ingestions import start_removal, take_uploads
from ui.api.keys import Scope
from ui.api.service import visible_rejections
from ui.page.addresses import ASK, address
from ui.page.context import PageContext
from ui.page.document_tables import documents_table, index_age, rejected_table
from ui.page.door import SIGN_IN
from ui.page.plain import as_html, as_markdown
from ui.page.register_html import table_html
from ui.page.register_page import library_of, open_page, search_field, section, show_html, show_table

_MEGABYTE = 2**20
_FORMATS = ("pdf", "docx", "html", "htm", "md", "markdown", "txt")
_JOB, _SENT = "ingestion_job", "ingestion_files"


def show(page: PageContext) -> None:
    """Show the page."""
    open_page(page, "documents")
    _show_job(page)
    if page.service.home.current_id() is None:
        _show_changing(page, ())
        page.cards()  # says that there is no index
        return
    cards = page.cards()
    rejections = visible_rejections(page.catalogue, page.caller)
    _show_state(page, len(cards), len(rejections))
    if cards:
        words = search_field(page, "documents.search_hint")
        show_table(page, documents_table(cards, library_of(page)).matching(words), total=len(cards))
    else:
        st.info(page.say("documents.none"))
    _show_rejections(page, rejections)
    _show_changing(page, cards)


def _show_state(page: PageContext, held: int, rejected: int) -> None:
    generation = page.service.snapshot().generation
    age = index_age(generation)
    numbers = (
        (page.say("documents.held"), str(held)),
        (page.say("documents.unreadable"), str(rejected)),
        (page.say("documents.updated"), age.words(page.language, page.say)),
    )
    items = "".join(f"<div><dt>{as_html(name)}</dt><dd>{as_html(value)}</dd></div>" for name, value in numbers)
    told = as_html(page.say("documents.generation", generation=generation))
    show_html(f'<dl class="register-numbers">{items}</dl><p class="register-facts">{told}</p>')


def _show_rejections(page: PageContext, rejections: dict[str, str]) -> None:
    title = page.say("documents.rejected")
    if not rejections:
        show_html(section(title, f"<p>{as_html(page.say('documents.nothing_rejected'))}</p>"))
        return
    explained = f"<p>{as_html(page.say('documents.rejected_explained'))}</p>"
    show_html(section(title, explained + table_html(rejected_table(rejections, page.say))))


def _show_changing(page: PageContext, cards: tuple[DocumentCard, ...]) -> None:
    st.header(page.say("documents.add"), anchor=False)
    if not page.caller.may(Scope.INGEST):
        st.write(page.say("documents.not_allowed"))
        st.code("sela keys create NAME --scope ingest", language=None)
        words = as_html(page.say("documents.sign_in"))
        show_html(f'<p><a href="{SIGN_IN}" target="_self">{words}</a></p>')
        return
    _show_upload(page)
    if cards:
        st.header(page.say("documents.remove"), anchor=False)
        _show_removal(page, cards)


def _show_upload(page: PageContext) -> None:
    most = page.service.exposure.upload_bytes
    with st.form("upload", clear_on_submit=True, border=False):
        files = st.file_uploader(
            page.say("documents.choose"),
            type=list(_FORMATS),
            accept_multiple_files=True,
            max_upload_size=max(most // _MEGABYTE, 1),
        )
        st.caption(page.say("documents.limit", megabytes=most // _MEGABYTE))
        is_sent = st.form_submit_button(page.say("documents.upload"), type="primary", icon=":material/upload:")
    if is_sent and files:
        if sum(file.size for file in files) > most:
            st.error(page.say("documents.too_large", megabytes=most // _MEGABYTE))
            return
        job = take_uploads([(file.name, file) for file in files], page.caller, page.service)
        _follow(job, tuple(f"uploads/{file.name}" for file in files))


def _show_removal(page: PageContext, cards: tuple[DocumentCard, ...]) -> None:
    titles = {card.id: f"{card.metadata.title} ({card.file})" for card in cards}
    chosen = st.selectbox(
        page.say("documents.which"),
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder=page.say("documents.none_chosen"),
        key="removal",
    )
    if chosen is None:
        return
    st.write(page.say("documents.remove_explained"))
    if st.button(page.say("documents.really"), icon=":material/delete:", key="really"):
        _follow(start_removal(chosen, page.caller, page.service), ())


def _follow(job: dict[str, Any], files: tuple[str, ...]) -> None:
    """Remember a job of this visitor and show it from the top of the page."""
    st.session_state[_JOB], st.session_state[_SENT] = job["id"], files
    st.rerun()


def _show_job(page: PageContext) -> None:
    identifier = st.session_state.get(_JOB)
    if identifier is None or not page.caller.may(Scope.INGEST):
        return
    job = page.service.jobs.find(identifier, page.caller)
    if job["state"] in {"queued", "running"}:
        _watch(page, identifier)
    else:
        _show_end(page, job)


@st.fragment(run_every=0.5)
def _watch(page: PageContext, identifier: str) -> None:
    job = page.service.jobs.find(identifier, page.caller)
    if job["state"] not in {"queued", "running"}:
        st.rerun()
    stage = page.say(f"documents.{job['progress']['stage']}")
    st.progress(job["progress"]["fraction"], text=f"{page.say('documents.working')}: {stage}")


def _show_end(page: PageContext, job: dict[str, Any]) -> None:
    if job["state"] == "failed":
        st.error(page.say("documents.failed", detail=as_markdown(job["problem"]["detail"])))
        return
    report, sent = job["report"], set(st.session_state.get(_SENT, ()))
    rejected = [each for each in report["rejected"] if each["file"] in sent]
    come = [*report["added"], *report["changed"]]
    if come:
        st.success(page.say("documents.added", files=as_markdown(", ".join(come))), icon=":material/check:")
        _offer_questions(page, come)
    if report["removed"]:
        st.success(page.say("documents.removed", files=as_markdown(", ".join(report["removed"]))))
    for each in rejected:
        told = page.say("documents.was_rejected", file=as_markdown(each["file"]), reason=as_markdown(each["reason"]))
        st.warning(told, icon=":material/error:")
    if not (come or report["removed"] or rejected):
        st.info(page.say("documents.unchanged"))


def _offer_questions(page: PageContext, files: list[str]) -> None:
    """Lead from each new document to a question about it."""
    words = as_html(page.say("documents.ask_about"))
    links = "".join(
        f'<li>{as_html(card.metadata.title)} – <a href="{as_html(address(ASK, document=card.id))}"'
        f' target="_self">{words}</a></li>'
        for card in page.cards()
        if card.file in files
    )
    show_html(f"<ul>{links}</ul>" if links else "")
