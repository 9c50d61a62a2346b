"""Adapt CTAugment after each step, by probe images of uniformly sampled strengths.

Source: Berthelot et al., "ReMixMatch", 2020, section 3.2.
"""

import numpy as np
import torch
from torch import Tensor

from trainwell.augment.ops import OpSequence
from trainwell.augment.policies import CTAugment, SamplingContext
from trainwell.core import keyed
from trainwell.core.errors import RunError
from trainwell.core.modes import modes_kept
from trainwell.training._batch import Batch
from trainwell.training._hook import Hook
from trainwell.training._keyed_batches import KeyedBatches
from trainwell.training._state import TrainState

_NAME = "ctaugment"


class AdaptPolicy(Hook):
    """Update the weights of a policy's bins by how well probe images are recognised.

    Args:
        policy: Policy to adapt.
        batches: Source of the probe images: training images sampled at each step as a
            function of seed and step alone.
        size: Number of images per probe.

    Example:
        >>> from trainwell.augment.policies import CTAugment
        >>> hook = AdaptPolicy(CTAugment(), batches=None, size=8)
        >>> hook.size
        8
    """

    def __init__(
        self, policy: CTAugment, batches: KeyedBatches, size: int = 32
    ) -> None:
        self.policy, self.batches, self.size = policy, batches, size

    def on_start(self, state: TrainState) -> None:
        """Restore the weights from a checkpoint."""
        if _NAME in state.arrays:
            try:
                self.policy.restore(state.arrays[_NAME].cpu().numpy())
            except ValueError as error:
                raise RunError(f"{error}") from error

    @torch.no_grad()
    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Probe, and store the weights in the state for the next checkpoint."""
        indices = keyed.integers(
            self.batches.seed,
            state.step,
            np.arange(self.size, dtype=np.uint64),
            _NAME,
            high=len(self.batches.dataset),
        )[:, 0]
        sampled: list[tuple[np.ndarray, np.ndarray]] = []

        def probe(context: SamplingContext) -> OpSequence:
            ops, choice, place = self.policy.probe(context)
            sampled.append((choice, place))
            return ops

        batch = self.batches.transformed_by(probe, indices, state.step)
        match = _match(state.model, batch)
        self.policy.update(*sampled[0], match)
        state.arrays[_NAME] = torch.from_numpy(self.policy.weights.copy())


def _match(model: torch.nn.Module, batch: Batch) -> np.ndarray:
    """Return 1 - |p - y|_1 / 2 of each image, which is the probability of its class."""
    with modes_kept(model):
        p = torch.softmax(model.eval()(batch.images).float(), 1)
    return p.gather(1, batch.targets[:, None])[:, 0].double().cpu().numpy()
