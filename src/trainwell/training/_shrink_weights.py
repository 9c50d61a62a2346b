"""The proximal step of an L1 penalty, after each update: exact zeros."""

from collections.abc import Callable, Iterable

from torch import Tensor, nn

from trainwell.training._batch import Batch
from trainwell.training._hook import Hook
from trainwell.training._state import TrainState


class ShrinkWeights(Hook):
    """Call `shrink(weights, lr * amount)`, such as `penalties.soft_threshold_`.

    Args:
        shrink: Changes weights in place.
        weights: Model -> the weights that the penalty applies to.
        amount: Weight of the penalty; the rate of the step multiplies it.
    """

    def __init__(
        self,
        shrink: Callable[[Iterable[Tensor], float], None],
        weights: Callable[[nn.Module], Iterable[Tensor]],
        amount: float,
    ) -> None:
        self.shrink = shrink
        self.weights = weights
        self.amount = amount

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Shrink by what this step's rate asks for."""
        rate = state.optimizer.param_groups[0]["lr"]
        self.shrink(self.weights(state.model), rate * self.amount)
