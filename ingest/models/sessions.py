"""Runs a prepared graph: one text a run, so that a text's result never depends on the texts beside it.

Batches would need padding and masks and, as activations are quantised over a whole run, would make results
depend on their neighbours. Two runs side by side on one session are also faster than one run on two threads.
"""

import ctypes
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import numpy as np
import onnxruntime  # noqa: TID251
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as failures  # noqa: TID251

from ingest.errors import ModelUnavailable

MOST_WORKERS = 8
PREPARE_AGAIN = "Remove its folder and run `sela model prepare`."
ONNX_ERRORS = (
    failures.Fail,
    failures.InvalidArgument,
    failures.InvalidGraph,
    failures.InvalidProtobuf,
    failures.NoSuchFile,
    failures.NotImplemented,
    failures.RuntimeException,
)


def usable_processors() -> int:
    """Return how many processors this process may use, at most 8."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(allowed, MOST_WORKERS)


class GraphSession:
    """A loaded graph that takes token ids and gives one vector."""

    def __init__(self, graph: Path) -> None:
        """Load `graph`.

        Raises:
            ModelUnavailable: the file is missing or damaged.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        except ONNX_ERRORS as error:
            raise ModelUnavailable(f"The model {graph} cannot be loaded ({error}).", next_step=PREPARE_AGAIN) from error
        _give_back_memory()
        self._inputs = [given.name for given in self._session.get_inputs()]

    def run(self, ids: Sequence[int], type_ids: Sequence[int] = ()) -> NDArray[np.float32]:
        """Return the graph's output for one text, without the batch dimension.

        Args:
            ids: tokens.
            type_ids: 0 or 1 for each token; all 0 where empty.
        """
        tokens = np.array([ids], np.int64)
        types = np.array([type_ids], np.int64) if type_ids else np.zeros_like(tokens)
        known = {"input_ids": tokens, "attention_mask": np.ones_like(tokens), "token_type_ids": types}
        try:
            output: NDArray[np.float32] = self._session.run(None, {name: known[name] for name in self._inputs})[0][0]
        except ONNX_ERRORS as error:
            raise ModelUnavailable(f"The model failed on a text ({error}).", next_step=PREPARE_AGAIN) from error
        return output


def run_side_by_side(
    run: Callable[[int], NDArray[np.float32]], sizes: Sequence[int], *, workers: int
) -> list[NDArray[np.float32]]:
    """Return `run(i)` for every text i, computed on several processors, the longest texts first.

    Args:
        run: computes one text.
        sizes: how long each text is.
        workers: how many texts at once.
    """
    order = sorted(range(len(sizes)), key=lambda i: -sizes[i])
    if workers == 1 or len(order) < 2:
        outputs = [run(i) for i in order]
    else:
        with ThreadPoolExecutor(min(workers, len(order))) as pool:
            outputs = list(pool.map(run, order))
    by_text = dict(zip(order, outputs, strict=True))
    return [by_text[i] for i in range(len(order))]


def _give_back_memory() -> None:
    """Give the system back what loading a graph needed for a moment; the C library of GNU would keep it."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
