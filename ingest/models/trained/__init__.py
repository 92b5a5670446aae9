"""Weights that this project trained itself, with the hash they must have; their licence lies beside them."""

from importlib import resources
from pathlib import Path

TRAINED_FILE = "reader.npz"
TRAINED_SHA256 = "ae916437804e9c30695daba40bcd631bbb82a0aab6b81f747a68f247c9be55b9"


def trained_file() -> Path:
    """Return the file of the reader's trained weights."""
    return Path(str(resources.files(__name__).joinpath(TRAINED_FILE)))
