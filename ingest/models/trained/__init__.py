"""Weights that this project trained itself, with the hash they must have; their licence lies beside them."""

from importlib import resources
from pathlib import Path

TRAINED_FILE = "reader.npz"
TRAINED_SHA256 = "2ffdec3421de0378b928ed3745a19675aa9c453aaed85259da3b6a95d702dc60"


def trained_file() -> Path:
    """Return the file of the reader's trained weights."""
    return Path(str(resources.files(__name__).joinpath(TRAINED_FILE)))
