"""Gradual unfreezing: first the head learns, then one more block at a time, downwards.

    block i from the top learns from step i * every on

Use: on little data, so that a fresh head does not tear good features apart.
Side effects: lower blocks see fewer steps; the first ones, if the run is short, none.
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
    """Let one more block learn every so many steps.

    Args:
        found: From the first to the head; those that stay frozen left out.
        every: Steps between two blocks.
    """

    def __init__(self, found: Sequence[Block], every: int) -> None:
        checks.positive("every", every)
        self.found, self.every = list(found), every

    def on_start(self, state: TrainState) -> None:
        """Freeze what does not learn at this step, which a resume may begin at."""
        for block in self.found[: self._first(state.step)]:
            for module in block.modules:
                freeze(module)

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Wake the next block when it is time."""
        before, now = self._first(state.step - 1), self._first(state.step)
        for block in self.found[now:before]:
            for module in block.modules:
                unfreeze(module)
                module.train()

    def _first(self, step: int) -> int:
        """Return the lowest block that learns."""
        return max(0, len(self.found) - 1 - step // self.every)
