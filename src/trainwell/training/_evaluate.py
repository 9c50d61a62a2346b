"""Evaluate: run a model over a split once, every sample counted once."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from trainwell import metrics
from trainwell.training._batch import Batch, autocast


@dataclass(frozen=True)
class Evaluation:
    """The predictions of a model for a split.

    Attributes:
        probabilities: Class probabilities, (n, classes), float32.
        targets: Class indices, (n,).

    Example:
        >>> p = np.array([[0.9, 0.1], [0.6, 0.4]], np.float32)
        >>> evaluation = Evaluation(p, np.array([0, 1]))
        >>> evaluation.accuracy, round(evaluation.loss, 4)
        (0.5, 0.5108)
    """

    probabilities: npt.NDArray[np.float32]
    targets: npt.NDArray[np.int64]

    @property
    def accuracy(self) -> float:
        """Fraction of samples whose most probable class is the target."""
        return metrics.accuracy(self.probabilities, self.targets)

    @property
    def balanced_accuracy(self) -> float:
        """Mean over the classes of the fraction of their samples that are right."""
        return metrics.balanced_accuracy(self.probabilities, self.targets)

    @property
    def loss(self) -> float:
        """Mean negative log probability of the target."""
        return metrics.log_loss(self.probabilities, self.targets)


def evaluate(
    model: nn.Module, batches: Iterable[Batch], *, precision: str = "float32"
) -> Evaluation:
    """Return the class probabilities of every sample, in evaluation mode.

    They are at a temperature of 1, that of training.

    Args:
        model: Network; its mode is restored afterwards.
        batches: Batches with every sample once.
        precision: `float32`, or `bfloat16` for the forward pass.

    Example:
        >>> model = torch.nn.Linear(2, 3)
        >>> batch = Batch(torch.ones(4, 2), torch.zeros(4).long(), torch.arange(4))
        >>> evaluate(model, [batch, batch]).probabilities.shape
        (8, 3)
    """
    return evaluation_of(*predict_logits(model, batches, precision=precision))


def evaluation_of(
    logits: npt.NDArray[np.float32],
    targets: npt.NDArray[np.int64],
    temperature: float = 1.0,
) -> Evaluation:
    """Return the evaluation of logits, which are divided by the temperature."""
    scaled = torch.from_numpy(logits) / temperature
    return Evaluation(scaled.softmax(-1).numpy(), targets)


@torch.no_grad()
def predict_logits(
    model: nn.Module, batches: Iterable[Batch], *, precision: str = "float32"
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """Return the outputs before the softmax, (n, classes), and the targets, (n,)."""
    was_training = model.training
    model.eval()
    device = next(model.parameters()).device
    found, targets = [], []
    for batch in batches:
        with autocast(device, precision):
            logits = model(batch.images)
        found.append(logits.float().cpu().numpy())
        targets.append(batch.targets.cpu().numpy())
    model.train(was_training)
    return np.concatenate(found), np.concatenate(targets)
