"""Evaluate: run a model over a split once, every sample counted once."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from trainwell.training._batch import Batch, autocast


@dataclass(frozen=True)
class Evaluation:
    """What a model said of a split.

    Attributes:
        probabilities: (n, classes), float32.
        targets: (n,) class indices.
    """

    probabilities: npt.NDArray[np.float32]
    targets: npt.NDArray[np.int64]

    @property
    def accuracy(self) -> float:
        """Share of samples whose most probable class is the target."""
        return float((self.probabilities.argmax(1) == self.targets).mean())

    @property
    def loss(self) -> float:
        """Mean negative log probability of the target."""
        chosen = self.probabilities[np.arange(len(self.targets)), self.targets]
        return float(-np.log(np.maximum(chosen, 1e-12)).mean())


@torch.no_grad()
def evaluate(
    model: nn.Module, batches: Iterable[Batch], *, precision: str = "float32"
) -> Evaluation:
    """Return the class probabilities of every sample, in evaluation mode."""
    was_training = model.training
    model.eval()
    device = next(model.parameters()).device
    probabilities, targets = [], []
    for batch in batches:
        with autocast(device, precision):
            logits = model(batch.images)
        probabilities.append(logits.float().softmax(-1).cpu().numpy())
        targets.append(batch.targets.cpu().numpy())
    model.train(was_training)
    return Evaluation(np.concatenate(probabilities), np.concatenate(targets))
