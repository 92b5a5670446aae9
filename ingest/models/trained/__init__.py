"""Weights that this project trained itself, with the hash they must have; their licence lies beside them."""

from importlib import resources
from pathlib import Path

TRAINED_FILE = "reader.npz"
TRAINED_SHA256 = "35962962731c5b2e21b1e8f3eea4997c9ddb990cbca4762b012def82200e63be"


def trained_file() -> Path:
    """Return the file of the reader's trained weights."""
    return Path(str(resources.files(__name__).joinpath(TRAINED_FILE)))
