"""Teach CTAugment after each step: probe the network with strengths drawn uniformly.

Source: Berthelot et al., "ReMixMatch", 2020, section 3.2.
"""

import numpy as np
import torch
from torch import Tensor

from trainwell.augment.ops import OpSequence
from trainwell.augment.policies import CTAugment, SamplingContext
from trainwell.core import keyed
from trainwell.core.modes import modes_kept
from trainwell.training._batch import Batch
from trainwell.training._hook import Hook
from trainwell.training._keyed_batches import KeyedBatches
from trainwell.training._state import TrainState

_NAME = "ctaugment"


class AdaptPolicy(Hook):
    """Move the weights of a policy's bins by how well probe images are recognised.

    Args:
        policy: Whose weights move.
        batches: Where the probe images come from: training images, drawn anew at each
            step, a function of seed and step alone.
        size: Images per probe.
    """

    def __init__(
        self, policy: CTAugment, batches: KeyedBatches, size: int = 32
    ) -> None:
        self.policy, self.batches, self.size = policy, batches, size

    def on_start(self, state: TrainState) -> None:
        """Take up the weights that a checkpoint kept."""
        if _NAME in state.arrays:
            self.policy.weights[:] = state.arrays[_NAME].cpu().numpy()

    @torch.no_grad()
    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Probe, and keep the weights where a checkpoint finds them."""
        indices = keyed.integers(
            self.batches.seed,
            state.step,
            np.arange(self.size, dtype=np.uint64),
            _NAME,
            high=len(self.batches.dataset),
        )[:, 0]
        drawn: list[tuple[np.ndarray, np.ndarray]] = []

        def probe(context: SamplingContext) -> OpSequence:
            steps, choice, place = self.policy.probe(context)
            drawn.append((choice, place))
            return steps

        seen = self.batches.transformed_by(probe, indices, state.step)
        match = _match(state.model, seen)
        self.policy.update(*drawn[0], match)
        state.arrays[_NAME] = torch.from_numpy(self.policy.weights.copy())


def _match(model: torch.nn.Module, seen: Batch) -> np.ndarray:
    """Return 1 - |p - y|_1 / 2 of each image, which is the probability of its class."""
    with modes_kept(model):
        p = torch.softmax(model.eval()(seen.images).float(), 1)
    return p.gather(1, seen.targets[:, None])[:, 0].double().cpu().numpy()
