"""The page of the work programmes: the tree of one year, and two years side by side."""

from collections.abc import Sequence

import streamlit as st  # noqa: TID251

from assistant.registers import Aspect, Comparison, Registers
from ingest.registers.continuity import Continuity
from ui.page.comparison_file import comparison_csv
from ui.page.context import PageContext
from ui.page.fields import choice_field, choices_field, switch_field
from ui.page.library import Library
from ui.page.marks import MARKS
from ui.page.plain import as_html
from ui.page.programme_tables import (
    DETAILS,
    activities_matching,
    comparison_table,
    figures_table,
    of_marks,
    programme_tree,
)
from ui.page.register_html import programme_html, table_html
from ui.page.register_page import library_of, open_page, search_field, section, show_html, show_table

_ONE, _TWO = "one_year", "two_years"


def show(page: PageContext) -> None:
    """Show the tree of a programme, or a comparison."""
    open_page(page, "programmes")
    registers = page.registers()
    if not registers.known_years:
        st.info(page.say("programmes.none"))
        return
    views = {name: page.say(f"programmes.{name}") for name in (_ONE, _TWO)}
    view = choice_field(page.say("programmes.view"), "view", views, default=_ONE, beside=True)
    if view == _ONE:
        _show_year(page, registers)
    elif len(registers.known_years) < 2:
        st.info(page.say("programmes.one_held"))
    else:
        _show_comparison(page, registers)


def _show_year(page: PageContext, registers: Registers) -> None:
    narrow, wide = st.columns([1, 3])
    years = registers.known_years
    with narrow:
        year = _choose_year(page, "year", years, default=len(years) - 1)
    with wide:
        words = search_field(page, "programmes.search_hint")
    unfolded = switch_field(page.say("programmes.all_open"), "open")
    held = [activity for activity in registers.activities if activity.year == year]
    found = activities_matching(held, words) if words else held
    if not found:
        st.info(page.say("register.none_found"), icon=":material/search_off:")
        return
    opened = "*" if unfolded or words else st.query_params.get("activity", "")
    count = as_html(page.say("register.found", shown=len(found), total=len(held)))
    tree = programme_html(programme_tree(found, library_of(page)), page.say, opened=opened)
    show_html(f'<p class="register-facts" role="status">{count}</p>', tree)


def _show_comparison(page: PageContext, registers: Registers) -> None:
    years = registers.known_years
    first, second, third = st.columns([1, 1, 2])
    with first:
        earlier = _choose_year(page, "from", years, default=len(years) - 2)
    with second:
        later = _choose_year(page, "to", years, default=len(years) - 1)
    with third:
        words = search_field(page, "programmes.search_hint")
    if earlier == later:
        st.info(page.say("programmes.same_year"))
        return
    comparison = registers.compare(earlier, later, language=page.language)
    left, right = st.columns(2)
    with left:
        marks = _choose_marks(page, comparison)
    with right:
        aspect = _choose_aspect(page)
    library = library_of(page)
    show_html(f'<p class="register-facts">{as_html(page.say("programmes.marks_explained"))}</p>')
    if comparison.is_across_languages:
        st.warning(page.say("programmes.across_languages"), icon=":material/translate:")
    table = of_marks(comparison_table(comparison, aspect, library), comparison, marks).matching(words)
    show_table(page, table, total=len(comparison.rows))
    _offer_file(page, comparison, marks, library)
    figures = figures_table(comparison, library)
    show_html(section(figures.caption, table_html(figures) if figures.rows else ""))


def _choose_year(page: PageContext, name: str, years: Sequence[int], *, default: int) -> int:
    labels = {str(year): str(year) for year in years}
    return int(choice_field(page.say(f"programmes.{name}"), name, labels, default=str(years[default])))


def _choose_marks(page: PageContext, comparison: Comparison) -> list[Continuity]:
    labels = {
        kind.value: f"{MARKS[kind.value]} {page.say(f'programmes.{kind.value}')} ({len(comparison.of(kind))})"
        for kind in Continuity
    }
    chosen = choices_field(page.say("programmes.marks"), "mark", labels, hint=page.say("register.all"))
    return [Continuity(name) for name in chosen]


def _choose_aspect(page: PageContext) -> Aspect:
    labels = {Aspect.TITLE.value: page.say("programmes.nothing_more")}
    labels |= {aspect.value: page.say(f"programmes.{aspect.value}") for aspect in DETAILS}
    return Aspect(choice_field(page.say("programmes.detail"), "detail", labels, default=Aspect.TITLE.value))


def _offer_file(page: PageContext, comparison: Comparison, marks: Sequence[Continuity], library: Library) -> None:
    name = f"sela-{comparison.earlier_year}-{comparison.later_year}.csv"
    content = comparison_csv(comparison, marks, library)
    st.download_button(
        page.say("programmes.download"), content, name, "text/csv", icon=":material/download:", on_click="ignore"
    )
