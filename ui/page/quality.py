"""The page of the quality: how good answers were when they were last measured, and what is in use."""

from collections.abc import Sequence

import streamlit as st  # noqa: TID251

from ui.api.service import hidden_documents, visible_passages
from ui.page.context import PageContext
from ui.page.document_tables import index_age
from ui.page.library import dates_in_words
from ui.page.plain import as_html
from ui.page.quality_report import (
    Bar,
    DamagedReport,
    LastReport,
    figures_table,
    group_bars,
    last_report,
    parts_table,
    report_page,
    risk_bars,
    time_bars,
    type_names,
)
from ui.page.register_html import table_html
from ui.page.register_page import open_page, section, show_html

_COMMAND = "sela eval"


def show(page: PageContext) -> None:
    """Show the page."""
    open_page(page, "quality")
    try:
        report = last_report(page.service.settings.data)
    except DamagedReport:
        _show_command(page, "damaged")
    else:
        if report is None:
            st.subheader(page.say("quality.none"), anchor=False)
            _show_command(page, "none_explained")
        else:
            _show_report(page, report)
    _show_parts(page)


def _show_command(page: PageContext, words: str) -> None:
    st.write(page.say(f"quality.{words}"))
    st.code(_COMMAND, language=None)


def _show_report(page: PageContext, report: LastReport) -> None:
    figures, say, language = report.figures, page.say, page.language
    date = dates_in_words(report.measured.date().isoformat(), language)
    corpus, questions = figures.get("corpus", ""), figures.get("questions", 0)
    measured = say("quality.measured", date=date, questions=questions, corpus=corpus)
    show_html(f'<p class="register-lead">{as_html(measured)}</p>')
    if _is_older(page, report):
        st.info(say("quality.older"), icon=":material/update:")
    plain = f'<p class="register-facts">{as_html(say("quality.plain_explained"))}</p>' if figures.get("plain") else ""
    languages, types = figures.get("by_language", {}), figures.get("by_type", {})
    own = {code: say(f"register.language_{code}") for code in ("en", "es", "pt", "fr")}
    show_html(
        section(say("quality.figures"), table_html(figures_table(figures, language, say)) + plain),
        _plot(page, "by_language", "languages_explained", group_bars(languages, own, language)),
        _plot(page, "by_type", "types_explained", group_bars(types, type_names(types, say), language)),
        _plot(page, "times", "times_caption", time_bars(report.times_ms, language, say)),
        _plot(page, "risk", "risk_explained", risk_bars(report.risk, language, say)),
    )
    whole = report_page(page.service.settings.data)
    if whole is not None:
        st.download_button(
            say("quality.report"), whole, "sela-report.html", "text/html", icon=":material/download:", on_click="ignore"
        )


def _is_older(page: PageContext, report: LastReport) -> bool:
    """Tell whether the index was changed after the measurement."""
    generation = page.service.home.current_id()
    made = index_age(generation).made if generation else None
    return made is not None and made > report.measured


def _plot(page: PageContext, title: str, explained: str, bars: Sequence[Bar]) -> str:
    """Return a plot whose lengths only repeat what its words say."""
    if not bars:
        return ""
    items = "".join(
        f'<li class="register-bar"><span>{as_html(bar.name)}</span>'
        f'<span class="track" aria-hidden="true"><span class="fill" style="width:{bar.share * 100:.1f}%"></span></span>'
        f'<span class="value">{as_html(bar.value)}</span></li>'
        for bar in bars
    )
    told = f'<p class="register-facts">{as_html(page.say(f"quality.{explained}"))}</p>'
    return section(page.say(f"quality.{title}"), f'{told}<ul class="register-bars">{items}</ul>')


def _show_parts(page: PageContext) -> None:
    settings, say = page.service.settings, page.say
    snapshot, cards = page.service.snapshot(), page.cards()
    made = index_age(snapshot.generation).words(page.language, say)
    passages = visible_passages(snapshot.catalogue, hidden_documents(snapshot.catalogue, page.caller))
    parts = {
        "index": say("quality.index_is", documents=len(cards), passages=passages, date=made),
        "finder": settings.embedding_model,
        "rereader": say("quality.rereads" if settings.rerank else "quality.rereads_not"),
        "writer": say("quality.writes", model=settings.model) if settings.model else say("quality.extracts"),
        "program": say("quality.version", version=page.service.version),
    }
    show_html(section(say("quality.in_use"), table_html(parts_table(parts, say))))
