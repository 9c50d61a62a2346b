"""The proximal step of an L1 penalty, after each update: exact zeros."""

from collections.abc import Callable, Iterable

from torch import Tensor, nn

from trainwell.training._batch import Batch
from trainwell.training._hook import Hook
from trainwell.training._state import TrainState


class ShrinkWeights(Hook):
    """Call `shrink(weights, lr * amount)`, such as `penalties.soft_threshold_`.

    Args:
        shrink: Function that changes weights in place.
        weights: Function from a model to the weights under the penalty.
        amount: Weight of the penalty; the learning rate multiplies it.

    Example:
        >>> from trainwell.losses.penalties import soft_threshold_
        >>> ShrinkWeights(soft_threshold_, lambda m: m.parameters(), 1e-4).amount
        0.0001
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
        """Shrink by the learning rate of this step times the amount."""
        rate = state.optimizer.param_groups[0]["lr"]
        self.shrink(self.weights(state.model), rate * self.amount)
