"""The Module form of every loss: a class that holds the arguments of its function.

Use: by the classes of this package.
Side effects: none; a `weight` is a buffer, as in torch, so it moves with the module.
Source: the losses of `torch.nn`.
"""

import inspect
from collections.abc import Callable
from typing import Any, ClassVar

from torch import Tensor, nn

from trainwell.core import checks
from trainwell.losses._types import REDUCTIONS

_PER_CALL = ("outputs", "targets", "visible")


class LossModule(nn.Module):
    """Abstract: stores the arguments of `function`, a loss of (outputs, targets).

    A subclass only names its function; its signature is the function's, without what
    differs from batch to batch.

    Raises:
        TypeError: If the function has no such argument.
        ValueError: If `reduction` is unknown.
    """

    function: ClassVar[Callable[..., Tensor]]
    __signature__: ClassVar[inspect.Signature]

    def __init_subclass__(cls) -> None:
        parameters = inspect.signature(cls.function).parameters.values()
        kept = [p for p in parameters if p.name not in _PER_CALL]
        cls.__signature__ = inspect.Signature(kept)

    def __init__(self, *args: Any, **arguments: Any) -> None:  # noqa: ANN401
        super().__init__()
        bound = self.__signature__.bind(*args, **arguments)
        bound.apply_defaults()
        checks.one_of("reduction", bound.arguments["reduction"], REDUCTIONS)
        for name, value in bound.arguments.items():
            if name == "weight":
                self.register_buffer(name, value)
            else:
                setattr(self, name, value)

    def forward(
        self, outputs: Tensor, targets: Tensor, *, visible: Tensor | None = None
    ) -> Tensor:
        """Return the loss; only losses of points take `visible`."""
        arguments = {n: getattr(self, n) for n in self.__signature__.parameters}
        if visible is not None:
            arguments["visible"] = visible
        return type(self).function(outputs, targets, **arguments)

    def extra_repr(self) -> str:
        """Show the arguments that are no tensors."""
        shown = {name: getattr(self, name) for name in self.__signature__.parameters}
        plain = {k: v for k, v in shown.items() if k != "weight"}
        return ", ".join(f"{name}={value!r}" for name, value in plain.items())
