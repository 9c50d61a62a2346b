"""Evaluate a setup's network: while it trains, and on whole splits at the end."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from torch import nn

from trainwell.core.image_size import height_and_width
from trainwell.data import Dataset, ImageStore, evenly_spaced_indices
from trainwell.layers.norm import fold_batch_norm, precise_bn
from trainwell.runs._reporter import Reporter
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.tasks import Metric, Task
from trainwell.training import (
    Batch,
    Evaluation,
    Outputs,
    TrainState,
    evaluate,
    evaluation_of,
    plain_batch,
    plain_batches,
    predict_outputs,
)

_REESTIMATE = 2_000  # images that BatchNorm statistics of an average are taken from
BATCH = 250
"""Images that are evaluated at a time, at most."""
_LARGE = 96 * 96  # pixels above which they are fewer, for the memory
_FOLDED = 2_000_000  # pixels from which folding norms saves more time than it takes


@dataclass(frozen=True)
class SplitEvaluation:
    """A split with the predictions of the final model.

    Attributes:
        name: `train`, `val` or `test`.
        dataset: Its images.
        store: Their pixels.
        evaluation: The predictions and their scores.
        outputs: What the network says of it.
    """

    name: str
    dataset: Dataset
    store: ImageStore
    evaluation: Evaluation
    outputs: Outputs

    def at(self, temperature: float, task: Task | None = None) -> "SplitEvaluation":
        """Return the same with the logits divided by a temperature."""
        task = task or self.evaluation.task
        found = evaluation_of(self.outputs, task, temperature)
        return replace(self, evaluation=found)


def evaluate_splits(
    setup: TrainingSetup, reporter: Reporter, names: Sequence[str] = ("val", "test")
) -> list[SplitEvaluation]:
    """Evaluate in float32, as `predict` and an export answer at a temperature of 1."""
    found = []
    for name in names:
        dataset, store = getattr(setup.splits, name), getattr(setup.stores, name)
        if dataset is None or store is None:
            continue
        with reporter.progress(f"Evaluating {name}", len(dataset)) as advance:

            def counted(batch: Batch, advance: Any = advance) -> Batch:  # noqa: ANN401
                advance(len(batch))
                return batch

            size, settings = _batch_size(setup), setup.batches.settings
            batches = map(counted, plain_batches(dataset, store, settings, size))
            model = _quick(setup, setup.model, len(dataset))
            outputs = predict_outputs(model, batches)
        evaluation = evaluation_of(outputs, setup.metadata.task)
        found.append(SplitEvaluation(name, dataset, store, evaluation, outputs))
    return found


def evaluate_val(setup: TrainingSetup, model: nn.Module) -> Evaluation:
    """Evaluate on the validation split in float32, as at the end: one number."""
    val, store, settings = setup.splits.val, setup.stores.val, setup.batches.settings
    batches = plain_batches(val, store, settings, _batch_size(setup))
    return evaluate(_quick(setup, model, len(val)), batches, setup.metadata.task)


def _batch_size(setup: TrainingSetup) -> int:
    return max(1, min(BATCH, BATCH * _LARGE // _pixels(setup)))


def _quick(setup: TrainingSetup, model: nn.Module, count: int) -> nn.Module:
    """Return the network to evaluate on many pixels: with its norms folded."""
    return fold_batch_norm(model) if count * _pixels(setup) >= _FOLDED else model


def _pixels(setup: TrainingSetup) -> int:
    return math.prod(height_and_width(setup.recipe.data.image_size or 1))


def num_evaluated(setup: TrainingSetup) -> tuple[int, int]:
    """Return how many images are evaluated while training, and after it."""
    splits = setup.splits
    train = min(len(splits.train), len(splits.val), 2 * BATCH)
    test = len(splits.test) if splits.test is not None else 0
    return len(splits.val) + train, len(splits.val) + test


def first_evaluations(
    setup: TrainingSetup,
) -> tuple[Evaluation, Evaluation] | None:
    """Return what `evaluate_now` would of the first weights, if that is known."""
    if setup.first is None:
        return None
    some, task = _some_of_training(setup), setup.metadata.task
    return (
        evaluation_of(setup.first.val, task),
        evaluation_of(setup.first.train.rows(some), task),
    )


def evaluate_now(
    setup: TrainingSetup, model: nn.Module
) -> tuple[Evaluation, Evaluation]:
    """Evaluate on the validation split, and on as many training images.

    The latter in the precision of the training: nothing is chosen by them.
    """
    splits, stores, settings = setup.splits, setup.stores, setup.batches.settings
    some = _some_of_training(setup)
    parts = np.array_split(some, -(-len(some) // _batch_size(setup)))
    train = (plain_batch(splits.train, stores.train, settings, part) for part in parts)
    return (
        evaluate_val(setup, model),
        evaluate(
            model,
            train,
            setup.metadata.task,
            precision=setup.recipe.train.precision,
        ),
    )


def _some_of_training(setup: TrainingSetup) -> npt.NDArray[np.int64]:
    count = num_evaluated(setup)[0] - len(setup.splits.val)
    return evenly_spaced_indices(len(setup.splits.train), count)


def curve_line(setup: TrainingSetup, model: nn.Module) -> dict[str, float]:
    """Return what a curve of a search shows of a model, and its score."""
    val, train = evaluate_now(setup, model)
    task = setup.metadata.task
    shown = dict.fromkeys((task.headline, task.quality, "loss"))
    return {
        **{f"train_{name}": train.metric(name) for name in shown},
        **{f"val_{name}": val.metric(name) for name in shown},
        "score": metric_to_select(setup).score(val.probabilities, val.targets),
    }


def metric_to_select(setup: TrainingSetup) -> Metric:
    """Return the metric that chooses the best weights."""
    task = setup.metadata.task
    return task.metrics[setup.recipe.train.select or task.headline]


def model_to_evaluate(setup: TrainingSetup, state: TrainState) -> nn.Module:
    """Return the model, or its average with BatchNorm statistics of its own."""
    if state.average is None:
        return state.model
    reestimate(setup, state.average)
    return state.average


def reestimate(setup: TrainingSetup, model: nn.Module) -> None:
    """Estimate the BatchNorm statistics of averaged weights."""
    count = -(-_REESTIMATE // setup.batches.batch_size)
    count = min(count, setup.batches.per_epoch)
    precise_bn(model, (batch.images for batch in setup.batches.stream(0, count)))
