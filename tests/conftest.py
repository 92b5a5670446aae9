"""Fixtures every test may use."""

from pathlib import Path

import pytest

REFERENCE = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of reference data beside the project; tests that need it are skipped where it is absent."""
    if not (REFERENCE / "corpus").is_dir():
        pytest.skip("the reference data (../shared) is not beside the project")
    return REFERENCE
