"""The documentation says what the program does."""

import re

import pytest

from assistant.settings import Settings
from ui.command_line.main import run


@pytest.fixture
def root(request):
    return request.config.rootpath


def test_the_readme_is_short_and_shows_a_cited_answer_at_once(root):
    lines = (root / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) < 150
    assert any(line.startswith("[1] ") for line in lines[:30])


def test_every_setting_is_documented_and_no_other(root):
    documented = set(re.findall(r"^\| `SELA_(\w+)`", (root / "docs/settings.md").read_text(encoding="utf-8"), re.M))
    assert documented == {name.upper() for name in Settings.model_fields}


def test_every_command_is_in_the_readme(root, capsys):
    run(["--help"])
    commands = re.findall(r"^  (\w+)  ", capsys.readouterr().out.split("Commands:")[1], re.M)
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert commands
    assert [c for c in commands if f"`sela {c}" not in readme] == []


def test_every_file_that_the_documentation_names_exists(root):
    missing = []
    for page in (root / "README.md", *(root / "docs").rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        missing += [link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not (page.parent / link).exists()]
    modules = re.findall(
        r"`((?:ingest|assistant|ui|eval)/[\w/]+(?:\.py|/))`", (root / "docs/architecture.md").read_text()
    )
    assert missing == []
    assert [m for m in modules if not (root / m).exists()] == []
