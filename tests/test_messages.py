"""The message catalogues: four languages say the same things, with the same gaps to fill."""

import ast
from pathlib import Path

import pytest

from assistant.messages import LANGUAGES, catalogue, message, placeholders
from assistant.understanding.asked import Asked

OTHERS = [language for language in LANGUAGES if language != "en"]
KEYS = [(table, name) for table, entries in catalogue("en").items() for name in entries]


def keys_of(language):
    return {(table, name) for table, entries in catalogue(language).items() for name in entries}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_messages(language):
    assert keys_of(language) == set(KEYS)


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_fills_the_same_placeholders(language):
    english = catalogue("en")
    differing = [
        (table, name)
        for table, name in KEYS
        if placeholders(english[table][name]) != placeholders(catalogue(language)[table][name])
    ]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_fills_and_is_not_blank(language):
    for table, name in KEYS:
        text = catalogue(language)[table][name]
        values = {gap: f"<{gap}>" for gap in placeholders(text)}
        filled = text.format(**values)
        assert filled.strip() == filled != ""
        assert all(value in filled for value in values.values())


@pytest.mark.parametrize("language", OTHERS)
def test_sentences_are_translated(language):
    tables = ("outcome", "note")
    same = [n for t in tables for n, text in catalogue(language)[t].items() if text == catalogue("en")[t][n]]
    assert same == []


def test_every_placeholder_can_be_filled_through_the_one_way_in():
    message("note.translation", "en", **{"language": "Spanish"})


def test_another_language_gets_english():
    assert message("outcome.no_evidence", "de") == message("outcome.no_evidence", "en")


def test_an_unfilled_placeholder_is_an_error():
    with pytest.raises(KeyError):
        message("note.unknown_decision", "en", number=7)


def test_an_unknown_message_is_an_error():
    with pytest.raises(KeyError):
        message("outcome.nonsense", "en")


def test_braces_in_a_value_are_left_as_they_are():
    assert "{code}" in message("note.unknown_code", "en", code="{code}")


def test_every_message_that_the_assistant_names_exists():
    package = Path(message.__code__.co_filename).parents[1]
    named = {
        node.args[0].value
        for file in package.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "message"
        if isinstance(node.args[0], ast.Constant)
    }
    assert len(named) > 5
    assert {tuple(key.split(".")) for key in named} <= set(KEYS)


def test_the_things_named_in_the_catalogue_are_things_that_can_be_asked_for():
    assert set(catalogue("en")["asked"]) <= set(Asked)
