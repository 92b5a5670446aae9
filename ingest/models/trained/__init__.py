"""Weights that this project trained itself, with the hash they must have; their licence lies beside them."""

from importlib import resources
from pathlib import Path

TRAINED_FILE = "reader.npz"
TRAINED_SHA256 = "bf11986829227c68a42d8e550f48a800c8cc716f4bbdd58b82874b8f248a2b47"


def trained_file() -> Path:
    """Return the file of the reader's trained weights."""
    return Path(str(resources.files(__name__).joinpath(TRAINED_FILE)))
