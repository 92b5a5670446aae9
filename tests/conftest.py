"""Fixtures every test may use."""

import resource
from pathlib import Path

import pytest

from assistant.glossary import Glossary

REFERENCE = Path(__file__).resolve().parents[2] / "shared"


def pytest_configure() -> None:
    """Let a run of all tests keep the files of their many indexes open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY:
        enough = 8192 if hard == resource.RLIM_INFINITY else min(hard, 8192)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, enough), hard))


@pytest.fixture(scope="session")
def glossary() -> Glossary:
    """The glossary, loaded once; it never changes."""
    return Glossary.load()


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of reference data beside the project; tests that need it are skipped where it is absent."""
    if not (REFERENCE / "corpus").is_dir():
        pytest.skip("the reference data (../shared) is not beside the project")
    return REFERENCE
