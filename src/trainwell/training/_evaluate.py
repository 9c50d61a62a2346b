"""Evaluate: run a model over a split once, every sample counted once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from trainwell.tasks import Task
from trainwell.training._batch import Batch, autocast


@dataclass(frozen=True)
class Evaluation:
    """The predictions of a model for a split.

    Attributes:
        task: What they stand for.
        probabilities: The predictions, (n, outputs), float32; of classes, these are
            their probabilities.
        targets: The targets, (n,) for classes.

    Example:
        >>> from trainwell.tasks import Classification
        >>> p = np.array([[0.9, 0.1], [0.6, 0.4]], np.float32)
        >>> found = Evaluation(Classification(("a", "b")), p, np.array([0, 1]))
        >>> found.accuracy, round(found.loss, 4)
        (0.5, 0.5108)
    """

    task: Task
    probabilities: npt.NDArray[np.float32]
    targets: npt.NDArray[Any]

    def metric(self, name: str) -> float:
        """Return a metric of the task."""
        return self.task.metrics[name].value(self.probabilities, self.targets)

    @property
    def logged(self) -> dict[str, float]:
        """The metrics that a run logs of every evaluation."""
        return {name: self.metric(name) for name in self.task.logged}

    @property
    def headline(self) -> float:
        """The metric that is shown."""
        return self.metric(self.task.headline)

    @property
    def accuracy(self) -> float:
        """Fraction of samples whose most probable class is the target."""
        return self.metric("accuracy")

    @property
    def loss(self) -> float:
        """The task's loss: of classes, the mean negative log probability."""
        return self.metric("loss")


def evaluate(
    model: nn.Module,
    batches: Iterable[Batch],
    task: Task,
    *,
    precision: str = "float32",
) -> Evaluation:
    """Return the predictions for every sample, in evaluation mode.

    They are at a temperature of 1, that of training.

    Args:
        model: Network; its mode is restored afterwards.
        batches: Batches with every sample once.
        task: What its outputs stand for.
        precision: `float32`, or `bfloat16` for the forward pass.

    Example:
        >>> from trainwell.tasks import Classification
        >>> model, task = torch.nn.Linear(2, 3), Classification(("a", "b", "c"))
        >>> batch = Batch(torch.ones(4, 2), torch.zeros(4).long(), torch.arange(4))
        >>> evaluate(model, [batch, batch], task).probabilities.shape
        (8, 3)
    """
    return evaluation_of(predict_outputs(model, batches, precision=precision), task)


@dataclass(frozen=True)
class Outputs:
    """What a network says of some samples, and what it should say.

    Attributes:
        values: Outputs of the network, (n, outputs).
        targets: Targets, (n, ...), as the samples were shown.
        frames: Where the whole images lie in what was shown, (n, 4), as in `Batch`;
            None if that does not matter.

    Example:
        >>> Outputs(np.zeros((2, 3), np.float32), np.array([0, 1])).values.shape
        (2, 3)
    """

    values: npt.NDArray[np.float32]
    targets: npt.NDArray[Any]
    frames: npt.NDArray[np.float64] | None = None

    def rows(self, some: npt.NDArray[np.int64]) -> "Outputs":
        """Return those of some samples."""
        frames = None if self.frames is None else self.frames[some]
        return Outputs(self.values[some], self.targets[some], frames)


def evaluation_of(outputs: Outputs, task: Task, temperature: float = 1.0) -> Evaluation:
    """Return the evaluation of outputs, which are divided by the temperature."""
    scaled = torch.from_numpy(outputs.values) / temperature
    predictions, targets = task.predictions(scaled).numpy(), outputs.targets
    if outputs.frames is not None:
        predictions = task.placed(predictions, outputs.frames)
        targets = task.placed(targets, outputs.frames)
    return Evaluation(task, predictions, targets)


@torch.no_grad()
def predict_outputs(
    model: nn.Module, batches: Iterable[Batch], *, precision: str = "float32"
) -> Outputs:
    """Return the outputs of the network for every sample, in evaluation mode."""
    was_training = model.training
    model.eval()
    device = next(model.parameters()).device
    found, targets, frames = [], [], []
    for batch in batches:
        with autocast(device, precision):
            outputs = model(batch.images)
        found.append(outputs.float().cpu().numpy())
        targets.append(batch.targets.cpu().numpy())
        if batch.frames is not None:
            frames.append(batch.frames.numpy())
    model.train(was_training)
    where = np.concatenate(frames) if frames else None
    return Outputs(np.concatenate(found), np.concatenate(targets), where)
