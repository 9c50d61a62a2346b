"""Evaluate in the middle of a run."""

import numpy as np
from torch import nn

from trainwell.data import evenly_spaced_indices
from trainwell.layers.norm import precise_bn
from trainwell.runs._prepare import Prepared
from trainwell.training import (
    Evaluation,
    TrainState,
    evaluate,
    plain_batch,
    plain_batches,
)

_REESTIMATE = 2_000  # images that BatchNorm statistics of an average are taken from
_BATCH = 250


def evaluate_now(ready: Prepared, model: nn.Module) -> tuple[Evaluation, Evaluation]:
    """Evaluate on the validation split, and on as many training images."""
    splits, stores, view = ready.splits, ready.stores, ready.batches.view
    precision = ready.recipe.train.precision
    val = plain_batches(splits.val, stores.val, view, _BATCH)
    some = evenly_spaced_indices(len(splits.train), min(len(splits.val), 2 * _BATCH))
    parts = np.array_split(some, -(-len(some) // _BATCH))
    train = (plain_batch(splits.train, stores.train, view, part) for part in parts)
    return (
        evaluate(model, val, precision=precision),
        evaluate(model, train, precision=precision),
    )


def model_to_evaluate(ready: Prepared, state: TrainState) -> nn.Module:
    """Return the model, or its average with BatchNorm statistics of its own."""
    if state.average is None:
        return state.model
    reestimate(ready, state.average)
    return state.average


def reestimate(ready: Prepared, model: nn.Module) -> None:
    """Estimate BatchNorm statistics again, which belong to other weights."""
    count = -(-_REESTIMATE // ready.batches.batch_size)
    count = min(count, ready.batches.per_epoch)
    precise_bn(model, (batch.images for batch in ready.batches.stream(0, count)))
