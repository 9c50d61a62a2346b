"""Gradient treatment before each update: clipping or normalisation."""

from collections.abc import Callable, Iterable
from typing import Any

from torch import Tensor

from trainwell.training._batch import Batch
from trainwell.training._hook import Hook
from trainwell.training._state import TrainState


class TreatGradients(Hook):
    """Call a function of the trained parameters, such as `optim.gradients.clip_norm`.

    Args:
        treat: Function of the parameters that changes their gradients in place.

    Example:
        >>> hook = TreatGradients(torch.nn.utils.clip_grad_value_)
        >>> isinstance(hook, Hook)
        True
    """

    def __init__(self, treat: Callable[[Iterable[Tensor]], Any]) -> None:
        self.treat = treat

    def before_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Change the gradients in place."""
        groups = state.optimizer.param_groups
        self.treat([x for group in groups for x in group["params"]])
