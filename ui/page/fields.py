"""Fields whose value is part of the address, so that a page can be kept, sent and returned to as it was."""

from collections.abc import Callable, Mapping

import streamlit as st  # noqa: TID251

_LONGEST = 200
_BETWEEN = ","
_OF_ONE_VIEW = ("page",)


def text_field(label: str, name: str, *, hint: str = "") -> str:
    """Show a field for words, searched while they are typed.

    Args:
        label: of the field.
        name: of the value in the address.
        hint: shown while it is empty.
    """
    key = _hold(name, st.query_params.get(name, "")[:_LONGEST])
    st.text_input(
        label, key=key, placeholder=hint, max_chars=_LONGEST, live=True, on_change=_keeping(name, lambda words: words)
    )
    return str(st.session_state[key] or "").strip()


def choice_field(label: str, name: str, options: Mapping[str, str], *, default: str, beside: bool = False) -> str:
    """Show a field for one of some values; an address that names another gets the default.

    Args:
        label: of the field.
        name: of the value in the address.
        options: words for each value.
        default: what is chosen where the address says nothing.
        beside: show all values beside each other instead of in a list that opens.
    """
    asked = st.query_params.get(name, default)
    key = _hold(name, asked if asked in options else default)
    keeping = _keeping(name, lambda value: "" if value == default else str(value))
    if beside:
        st.radio(label, list(options), key=key, format_func=options.__getitem__, on_change=keeping, horizontal=True)
    else:
        st.selectbox(label, list(options), key=key, format_func=options.__getitem__, on_change=keeping)
    return str(st.session_state[key])


def choices_field(label: str, name: str, options: Mapping[str, str], *, hint: str = "") -> list[str]:
    """Show a field for any number of some values.

    Args:
        label: of the field.
        name: of the values in the address.
        options: words for each value.
        hint: shown while none is chosen.
    """
    asked = st.query_params.get(name, "").split(_BETWEEN)
    key = _hold(name, [value for value in dict.fromkeys(asked) if value in options])
    keeping = _keeping(name, _BETWEEN.join)
    st.multiselect(label, list(options), key=key, format_func=options.__getitem__, on_change=keeping, placeholder=hint)
    return list(st.session_state[key])


def switch_field(label: str, name: str) -> bool:
    """Show a switch."""
    key = _hold(name, st.query_params.get(name, "") == "yes")
    st.toggle(label, key=key, on_change=_keeping(name, lambda is_on: "yes" if is_on else ""))
    return bool(st.session_state[key])


def _hold(name: str, value: object) -> str:
    """Give a field the value of the address and return its key."""
    key = f"field_{name}"
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    return key


def _keeping(name: str, write: Callable[..., str]) -> Callable[[], None]:
    """Return what puts a changed value into the address."""

    def keep() -> None:
        written = write(st.session_state[f"field_{name}"] or "")
        for stale in (name, *_OF_ONE_VIEW):
            st.query_params.pop(stale, None)
        if written:
            st.query_params[name] = written

    return keep
