"""Shows words that are not ours: whatever mark-up, HTML or links they hold is seen, never interpreted."""

import re
from html import escape

import streamlit as st  # noqa: TID251

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&])")


def as_markdown(text: str) -> str:
    """Return words so that Streamlit's Markdown (labels, captions, tables) shows them letter by letter."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def as_html(text: str) -> str:
    """Return words so that `st.html` shows them letter by letter."""
    return escape(text, quote=True)


def show_words(text: str, *, language: str | None = None, style: str = "words") -> None:
    """Show words as a paragraph that keeps their line ends, marked with their own language.

    Args:
        text: of a document or of a reader.
        language: of the words where it is not that of the interface.
        style: class of the paragraph, see `style.css`.
    """
    lang = f' lang="{as_html(language)}"' if language else ""
    st.html(f'<p class="{as_html(style)}"{lang}>{as_html(text)}</p>')
