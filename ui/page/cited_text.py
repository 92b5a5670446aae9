"""The component that shows an answer with citations that can be clicked."""

from collections.abc import Callable, Mapping
from importlib.resources import files

import streamlit as st  # noqa: TID251

from assistant.answers import Answer
from ui.page.answer_parts import is_grave, paragraphs

_NAME = "sela_cited_text"
_HTML = '<div class="answer"></div>'


def show_cited_text(  # noqa: PLR0913, what is shown and what happens on a click
    answer: Answer,
    *,
    key: str,
    interface: str,
    labels: Mapping[str, str],
    sources: Mapping[int, str],
    chosen: int | None,
    on_choice: Callable[[int], None],
) -> None:
    """Show an answer.

    Args:
        answer: what is shown.
        key: of the component.
        interface: language of the labels.
        labels: what stands above a note, by its kind.
        sources: what each citation leads to, by its number.
        chosen: number of the citation whose source is open.
        on_choice: told the number that was clicked.
    """
    said = [{**p, "label": labels.get(p["kind"], ""), "grave": is_grave(p["kind"])} for p in paragraphs(answer)]
    data = {
        "language": answer.language,
        "interface": interface,
        "paragraphs": said,
        "sources": {str(number): words for number, words in sources.items()},
        "chosen": chosen or 0,
    }

    def clicked() -> None:
        number = st.session_state[key].chosen
        if number:
            on_choice(int(number))

    component = st.components.v2.component(_NAME, html=_HTML, css=_read("css"), js=_read("js"))
    component(key=key, data=data, on_chosen_change=clicked)


def _read(kind: str) -> str:
    return files("ui.page").joinpath(f"cited_text.{kind}").read_text(encoding="utf-8")
