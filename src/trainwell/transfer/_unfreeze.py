"""Gradual unfreezing: first the head trains, then one more block at a time.

    block i from the top trains from step i * every on

Use: on little data, so that an untrained head does not destroy good features.
Side effects: lower blocks train for fewer steps, in a short run the first for none.
Source: Howard & Ruder, "Universal Language Model Fine-tuning", 2018, section 3.3,
https://arxiv.org/abs/1801.06146
"""

from collections.abc import Sequence

from torch import Tensor

from trainwell.core import checks
from trainwell.layers.norm import freeze, unfreeze
from trainwell.training import Batch, Hook, TrainState
from trainwell.transfer._blocks import Block


class UnfreezeGradually(Hook):
    """Unfreeze one more block every few steps.

    Args:
        found: Blocks from the first to the head, without those that stay frozen.
        every: Number of steps between two blocks.

    Example:
        >>> net = torch.nn.Sequential(
        ...     torch.nn.Linear(4, 3), torch.nn.ReLU(), torch.nn.Linear(3, 2))
        >>> images = torch.randn(6, 4)
        >>> UnfreezeGradually(blocks(net, images), every=100).every
        100
    """

    def __init__(self, found: Sequence[Block], every: int) -> None:
        checks.positive("every", every)
        self.found, self.every = list(found), every

    def on_start(self, state: TrainState) -> None:
        """Freeze the blocks that do not train at this step, also after a resume."""
        for block in self.found[: self._first(state.step)]:
            for module in block.modules:
                freeze(module)

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Unfreeze the next block when it is time."""
        before, now = self._first(state.step - 1), self._first(state.step)
        for block in self.found[now:before]:
            for module in block.modules:
                unfreeze(module)
                module.train()

    def _first(self, step: int) -> int:
        """Return the number of the lowest block that trains."""
        return max(0, len(self.found) - 1 - step // self.every)
