"""The filters of a question: seen above the question, kept in the address, the same as those of the API."""

from collections.abc import Mapping, Sequence

import streamlit as st  # noqa: TID251

from ingest.catalogue import DocumentFilter
from ingest.identifiers import find_years
from ui.page.context import PageContext
from ui.page.plain import as_html, as_markdown

_NAMES = ("year", "kind", "language", "document")
_KEPT = "filters"
Chosen = Mapping[str, Sequence[str]]


def narrowing() -> DocumentFilter:
    """Return what the filters let pass."""
    chosen = _chosen()
    return DocumentFilter(
        years=frozenset(int(year) for year in chosen["year"] if year.isdigit()),
        kinds=frozenset(chosen["kind"]),
        languages=frozenset(chosen["language"]),
        documents=frozenset(chosen["document"]),
    )


def keep_in_address() -> None:
    """Take the filters of the address, or put back into it those that were chosen before on this visit."""
    given = {name: st.query_params.get_all(name) for name in _NAMES}
    if any(given.values()):
        st.session_state[_KEPT] = given
    elif _KEPT in st.session_state:
        _write(st.session_state[_KEPT])


def show_filters(page: PageContext) -> None:
    """Show what is chosen, and let it be changed."""
    options, chosen = _options(page), _chosen()
    count = sum(len(values) for values in chosen.values())
    label = page.say("filters.some", count=count) if count else page.say("filters.none")
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
        with st.popover(label, icon=":material/filter_list:"):
            for name in _NAMES:
                _show_choice(page, name, options[name], chosen[name])
        if count:
            st.html(f'<ul class="chips">{_chips(page, options, chosen)}</ul>', width="content")
            st.button(page.say("filters.clear"), key="clear_filters", type="tertiary", on_click=_clear)


def _show_choice(page: PageContext, name: str, options: Mapping[str, str], chosen: Sequence[str]) -> None:
    key = f"filter_{name}"
    held = [value for value in chosen if value in options]
    if st.session_state.get(key) != held:
        st.session_state[key] = held

    def changed() -> None:
        _choose(name, st.session_state[key])

    st.multiselect(
        page.say(f"filters.{name}"), list(options), key=key, on_change=changed, placeholder=page.say("filters.all"),
        format_func=lambda value: as_markdown(options.get(value, value)),
        max_selections=1 if name == "document" else None,
    )  # fmt: skip


def _options(page: PageContext) -> dict[str, dict[str, str]]:
    """Return what can be chosen, by value and as it is shown."""
    cards = page.cards()
    years = {year for card in cards for year in _years(card.metadata.date, card.metadata.title)}
    return {
        "year": {str(year): str(year) for year in sorted(years, reverse=True)},
        "kind": {k: page.say(f"register.kind_{k}") for k in sorted({str(card.metadata.kind) for card in cards})},
        "language": {
            code: page.say(f"register.language_{code}") for code in sorted({card.metadata.language for card in cards})
        },
        "document": {card.id: f"{card.metadata.title} ({card.file})" for card in cards},
    }


def _years(date: str | None, title: str) -> set[int]:
    return ({int(date[:4])} if date else set()) | set(find_years(title))


def _chips(page: PageContext, options: Mapping[str, Mapping[str, str]], chosen: Chosen) -> str:
    words = [options[name].get(value, value) for name in _NAMES for value in chosen[name]]
    return "".join(f"<li>{as_html(word)}</li>" for word in words)


def _chosen() -> dict[str, list[str]]:
    kept = st.session_state.get(_KEPT, {})
    return {name: list(kept.get(name, [])) for name in _NAMES}


def _choose(name: str, values: Sequence[str]) -> None:
    st.session_state[_KEPT] = {**_chosen(), name: list(values)}
    _write(st.session_state[_KEPT])


def _clear() -> None:
    st.session_state[_KEPT] = {}
    _write({})


def _write(chosen: Chosen) -> None:
    for name in _NAMES:
        values = list(chosen.get(name, ()))
        if values:
            st.query_params[name] = values
        elif name in st.query_params:
            del st.query_params[name]
