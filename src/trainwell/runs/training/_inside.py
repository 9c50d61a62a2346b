"""What a run keeps of the inside of its network, for the report: inside.npz.

filters                          of the first convolution, (filters, channels, h, w)
maps                             Grad-CAM of the examples, (m, height, width)
places, right                    features of held-out images in a plane, (n, 2), (n,)
near_rows, near_images,          examples and their nearest training images, with the
near_distances, near_captions    distances and what these are labelled as

Each part is left out where the network has nothing of the kind, or the time is over.
"""

import contextlib
import time
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from trainwell import explain
from trainwell.core.errors import ModelError
from trainwell.data import Dataset, ImageStore, evenly_spaced_indices
from trainwell.runs._explain_answers import asked
from trainwell.runs._explain_defaults import images_at_once, usual_cam
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.runs.training._evaluation import SplitEvaluation
from trainwell.runs.training._evidence import (
    as_seen,
    save_arrays,
    shown_examples,
)
from trainwell.runs.training._inside_room import Room
from trainwell.tasks import Task
from trainwell.training import plain_batch

_FILTERS, _HELD_OUT, _TRAINING = 64, 500, 2000
_NEAR, _ROWS = 4, 6  # neighbours of so many mistakes
Arrays = dict[str, npt.NDArray[Any]]


def save_inside(
    folder: RunFolder,
    setup: TrainingSetup,
    evaluations: list[SplitEvaluation],
    room: Room,
) -> None:
    """Write what fits into the time; the examples are those of `save_evidence`."""
    last = evaluations[-1]
    examples = shown_examples(setup.metadata.task, last)
    found: Arrays = {}
    with contextlib.suppress(ModelError):
        filters = explain.first_layer_filters(setup.model)[:_FILTERS]
        found["filters"] = filters.float().cpu().numpy()
    found |= _maps(setup, last, examples, room)
    found |= _neighbourhood(setup, last, examples, room)
    save_arrays(folder, "inside.npz", **found)


def _images(
    setup: TrainingSetup, data: Dataset, store: ImageStore, rows: npt.NDArray[np.int64]
) -> Tensor:
    return plain_batch(data, store, setup.batches.settings, rows).images.float()


def _chunk(setup: TrainingSetup) -> int:
    return images_at_once(setup.metadata.preprocessing.image_size)


def _maps(
    setup: TrainingSetup,
    split: SplitEvaluation,
    examples: npt.NDArray[np.int64],
    room: Room,
) -> Arrays:
    """Return Grad-CAM of as many examples as fit; nothing without maps."""
    maps: list[npt.NDArray[Any]] = []
    task, size, pace = setup.metadata.task, min(4, _chunk(setup)), 0.0
    method = getattr(explain, usual_cam(task))
    for start in range(0, len(examples), size):
        if not room.fits(pace):
            break
        begun = time.perf_counter()
        rows = examples[start : start + size]
        x = _images(setup, split.dataset, split.store, rows)
        (answer,) = asked(task, split.evaluation.probabilities[rows], None, 1)
        try:
            heat = method(setup.model, x, answer.target, absolute=answer.signed)
        except ModelError:
            return {}
        maps.append(heat.cpu().numpy().astype(np.float16))
        pace = time.perf_counter() - begun
    return {"maps": np.concatenate(maps)} if maps else {}


def _neighbourhood(
    setup: TrainingSetup,
    split: SplitEvaluation,
    examples: npt.NDArray[np.int64],
    room: Room,
) -> Arrays:
    """Return the map of held-out images, and training images near the worst ones."""
    task, splits, stores = setup.metadata.task, setup.splits, setup.stores
    shown = evenly_spaced_indices(len(split.dataset), _HELD_OUT)
    mistakes = _mistakes(task, split, examples)[:_ROWS]
    rows = np.concatenate([mistakes, shown])
    own = _features(setup, split.dataset, split.store, rows, room)
    if own is None or len(shown) < 3 or own.shape[1] < 2:
        return {}
    places = explain.feature_map(own[len(mistakes) :]).numpy()
    found: Arrays = {"places": places, "right": _right(task, split)[shown]}
    some = evenly_spaced_indices(len(splits.train), _TRAINING)
    if not len(mistakes):
        return found
    others = _features(setup, splits.train, stores.train, some, room)
    if others is None:
        return found
    near = explain.nearest_neighbors(own[: len(mistakes)], others, count=_NEAR)
    indices = some[near.indices.numpy()]
    captions = [
        [str(task.caption(splits.train.targets[i])) for i in row] for row in indices
    ]
    pixels = as_seen(setup, stores.train, indices.reshape(-1))
    return found | {
        "near_rows": np.array([np.flatnonzero(examples == i)[0] for i in mistakes]),
        "near_images": pixels.reshape(*indices.shape, *pixels.shape[1:]),
        "near_distances": near.distances.numpy(),
        "near_captions": np.array(captions),
    }


def _features(
    setup: TrainingSetup,
    data: Dataset,
    store: ImageStore,
    rows: npt.NDArray[np.int64],
    room: Room,
) -> Tensor | None:
    """Return features of these images; None where the time is over."""
    found, size, pace = [], _chunk(setup), 0.0
    for start in range(0, len(rows), size):
        if not room.fits(pace * (len(rows) - start) / size):
            return None
        begun = time.perf_counter()
        x = _images(setup, data, store, rows[start : start + size])
        try:
            found.append(explain.features(setup.model, x, chunk=size).float().cpu())
        except ModelError:
            return None
        pace = time.perf_counter() - begun
    return torch.cat(found) if found else None


def _right(task: Task, split: SplitEvaluation) -> npt.NDArray[np.bool_]:
    """Tell which images are answered rightly; all where answers are no classes."""
    predictions, targets = split.evaluation.probabilities, split.evaluation.targets
    if task.linear != "classes":
        return np.ones(len(targets), bool)
    return np.asarray(predictions.argmax(1) == targets)


def _mistakes(
    task: Task, split: SplitEvaluation, examples: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return the wrong ones of the examples, the worst first."""
    wrong = examples[~_right(task, split)[examples]]
    predictions, targets = split.evaluation.probabilities, split.evaluation.targets
    if not len(wrong):
        return wrong
    order = np.argsort(predictions[wrong, targets[wrong]], kind="stable")
    return np.asarray(wrong[order])
