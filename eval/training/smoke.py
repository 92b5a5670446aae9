"""A miniature of everything that training needs, so that the whole command can be tried in seconds."""

from dataclasses import replace
from random import Random

import numpy as np

from eval.training.data import Sources
from eval.training.squad import Asked, Paragraph, Split
from ingest.models.e5_weights import E5Weights
from ingest.models.encoder_weights import BLOCK, EncoderShape, EncoderWeights, FourBitMatrix

SHAPE = EncoderShape(
    hidden=64, layers=2, heads=2, feed_forward=128, vocabulary=120, positions=512, types=2, epsilon=1e-12
)
TOWNS = ("Lima", "Quito", "Bogotá", "Caracas", "Panamá", "Montevideo", "Asunción", "Santiago", "Recife", "Belém")
WORDING = {
    "en": ("{} has a harbour. It was founded in {} by settlers. Rain falls in May.", "When was {} founded?"),
    "es": ("{} tiene un puerto. Fue fundada en {} por colonos. Llueve en mayo.", "¿Cuándo fue fundada {}?"),
}
UNANSWERABLE = {"en": "Who burnt the harbour of {}?", "es": "¿Quién quemó el puerto de {}?"}


def smoke_sources() -> Sources:
    """Return small parallel sets about towns, half of them for tests."""
    sets = {language: tuple(_paragraph(language, n) for n in range(len(TOWNS))) for language in WORDING}
    split = {language: Split(held[0::2], held[1::2]) for language, held in sets.items()}
    return Sources(xquad=split, squad=split)


def smoke_weights() -> E5Weights:
    """Return a tiny encoder with random weights, whose pieces are letters."""
    generator = np.random.default_rng(8)
    letters = sorted({c for row in (*TOWNS, *WORDING.values(), *UNANSWERABLE.values()) for text in row for c in text})
    pieces = ("<s>", "<pad>", "</s>", "<unk>", "▁", *letters, *"0123456789", *(f"▁{town}" for town in TOWNS))
    distinct = tuple(dict.fromkeys(pieces))
    scores = np.array([-float(len(distinct) - i) / 10 for i in range(len(distinct))], np.float32)
    return E5Weights(_encoder(replace(SHAPE, vocabulary=len(distinct)), generator), distinct, scores)


def _paragraph(language: str, number: int) -> Paragraph:
    town, year = TOWNS[number], str(1500 + 37 * number)
    wording, question = WORDING[language]
    text = wording.format(town, year)
    at = text.index(year)
    founded = Asked(f"{number}", question.format(town), (at, at + 4), None, (year,))
    burnt = Asked(f"{number}-burnt", UNANSWERABLE[language].format(town), None, (0, len(town)), ())
    return Paragraph(f"Town {Random(number).randrange(9)}", language, text, (founded, burnt))


def _encoder(shape: EncoderShape, generator: np.random.Generator) -> EncoderWeights:
    def matrix(rows: int, columns: int) -> np.ndarray:
        return generator.normal(0, columns**-0.5, (rows, columns)).astype(np.float32)

    width, wide = shape.hidden, shape.feed_forward
    sizes = {"q": (width, width), "k": (width, width), "v": (width, width), "ao": (width, width)}
    sizes |= {"fi": (wide, width), "fo": (width, wide)}
    layers = range(shape.layers)
    matrices = {f"l{n}.{part}.w": matrix(*size) for n in layers for part, size in sizes.items()}
    vectors = {f"l{n}.{part}.b": np.zeros(size[0], np.float32) for n in layers for part, size in sizes.items()}
    norms = ["emb.ln", *(f"l{n}.{norm}" for n in layers for norm in ("aln", "oln"))]
    vectors |= {f"{norm}.w": np.ones(width, np.float32) for norm in norms}
    vectors |= {f"{norm}.b": np.zeros(width, np.float32) for norm in norms}
    vectors |= {"emb.pos": matrix(shape.positions, width).ravel(), "emb.type": matrix(shape.types, width).ravel()}
    return EncoderWeights(shape, _words(shape, generator), matrices, vectors)


def _words(shape: EncoderShape, generator: np.random.Generator) -> FourBitMatrix:
    scales = np.full((shape.vocabulary, shape.hidden // BLOCK), 0.1, np.float32)
    nibbles = generator.integers(0, 16, (shape.vocabulary, shape.hidden)).astype(np.uint8)
    return FourBitMatrix(scales, nibbles)
