"""Fixup: residual networks that train without normalisation.

    first layers of a branch:  He's normal times L^(-1/(2m - 2))
    last layer of a branch:    0
    classifier:                0
    a scalar bias in front of every layer and activation, a scalar factor per branch

for L branches of m layers each. The size of the output then changes by the rate at each
step, however deep the network is.

Use: where normalisation is not wanted (tiny batches, odd hardware), or to see that it
is not needed for depth.
Side effects: norms are gone, so is their regularisation: add mixup or dropout; scalars
want a tenth of the rate.

Source: Zhang, Dauphin & Ma, "Fixup Initialization: Residual Learning Without
Normalization", 2019, section 4, https://arxiv.org/abs/1901.09321. Shortcuts that
change shape keep a scalar bias where their norm was.
"""

import torch
from torch import Tensor, nn

from trainwell.core.errors import ModelError
from trainwell.core.modes import is_norm
from trainwell.init._branches import residual_branches, weights_of
from trainwell.init._kaiming_normal import kaiming_normal_
from trainwell.init._walk import init_weights_, weighted_layers


class ScalarBias(nn.Module):
    """x + b with one trained number b, 0 at first."""

    def __init__(self) -> None:
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(()))

    def forward(self, x: Tensor) -> Tensor:
        """Shift."""
        return x + self.bias


class ScalarFactor(nn.Module):
    """a x with one trained number a, 1 at first."""

    def __init__(self) -> None:
        super().__init__()
        self.factor = nn.Parameter(torch.ones(()))

    def forward(self, x: Tensor) -> Tensor:
        """Scale."""
        return x * self.factor


def fixup_layers(model: nn.Module) -> list[str]:
    """Replace every norm by a scalar bias, and put the other scalars in, in place.

    Returns:
        One line per change.

    Raises:
        ModelError: If the model has no residual branches, or cannot be traced.

    Example:
        >>> from trainwell import models
        >>> from trainwell.init import fixup_layers
        >>> model = models.cifar_resnet20(10)
        >>> messages = fixup_layers(model)
        >>> sum(isinstance(m, torch.nn.BatchNorm2d) for m in model.modules())
        0
    """
    last = {weights_of(model, branch)[-1] for branch in residual_branches(model)}
    norms = [n for n, m in model.named_modules() if _is_norm(m)]
    for name in norms:
        model.set_submodule(name, ScalarBias())
    layers = weighted_layers(model)
    for name, layer in layers.items():
        parts = [ScalarBias(), layer, *([ScalarFactor()] if name in last else [])]
        model.set_submodule(name, nn.Sequential(*parts))
    return [
        f"{len(norms)} norms became scalar biases; {len(layers)} layers got one in "
        f"front, {len(last)} branches a factor."
    ]


@torch.no_grad()
def fixup_(model: nn.Module) -> None:
    """Draw the weights of a model that `fixup_layers` has changed, in place.

    Raises:
        ModelError: If the model has norms or no residual branches.

    Example:
        >>> from trainwell import models
        >>> from trainwell.init import fixup_, fixup_layers
        >>> model = models.cifar_resnet20(10)
        >>> messages = fixup_layers(model)
        >>> fixup_(model)
        >>> model.eval()(torch.rand(1, 3, 32, 32)).abs().max()
        tensor(0., grad_fn=<MaxBackward1>)
    """
    norm = next((n for n, m in model.named_modules() if _is_norm(m)), None)
    if norm is not None:
        raise ModelError(
            f"`{norm}` is a norm, and fixup does without: call `fixup_layers` first."
        )
    branches = [weights_of(model, branch) for branch in residual_branches(model)]
    init_weights_(model, kaiming_normal_)
    for *first, last in branches:
        if first:
            factor = len(branches) ** (-1 / (2 * (len(first) + 1) - 2))
            for name in first:
                model.get_submodule(name).get_parameter("weight").mul_(factor)
        model.get_submodule(last).get_parameter("weight").zero_()
    linear = [m for m in weighted_layers(model).values() if isinstance(m, nn.Linear)]
    if not linear:
        raise ModelError("fixup needs a linear classifier to start at zero.")
    linear[-1].weight.zero_()


def _is_norm(module: nn.Module) -> bool:
    return is_norm(module) and not any(module.children())
