"""Check the outputs of a network before its first step: do they follow the images?

constant:  max |z_i - z_1| / max |z| < 1e-6, and no weight has a gradient
rectified: no output is negative, and 5 % or more are exactly 0

A last layer that starts at 0 gives constant outputs and is fine: its weights have a
gradient.

Source: none; the thresholds are ours.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from trainwell.diagnose._finding import Finding
from trainwell.diagnose._loop import LossFunction

_BLIND = 1e-6
_RECTIFIED = 0.05


def check_spread(
    model: nn.Module, images: Tensor, targets: Tensor, loss_fn: LossFunction
) -> Finding:
    """Check that outputs follow the images, or can learn to; change nothing.

    Args:
        model: Network, in the mode in which it is looked at.
        images: Images that differ.
        targets: Their targets.
        loss_fn: (outputs, targets) -> a mean, or one value per sample.

    Example:
        >>> model = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.ReLU())
        >>> images, targets = torch.randn(64, 4), torch.arange(64) % 3
        >>> loss = torch.nn.functional.cross_entropy
        >>> check_spread(model, images, targets, loss).name
        'outputs never negative'
    """
    weights = [p for p in model.parameters() if p.requires_grad and p.ndim >= 2]
    if not weights:
        return Finding.untested("spread", "The network has no weights to learn.")
    with torch.no_grad():
        x = model(images).float()
    size = x.abs().max().item()
    spread = (x - x[:1]).abs().max().item() / size if size > 0 else 0.0
    zeros = (x == 0).float().mean().item()
    numbers = {"spread": spread, "zeros": zeros}
    if spread < _BLIND and not _learns(model, images, targets, loss_fn, weights):
        return Finding.fail(
            "outputs constant",
            f"All {len(x)} images get the same outputs, and no weight can change that: "
            "none has a gradient.",
            numbers,
            "look for a factor of 0, a dead layer or a lost input",
        )
    if spread >= _BLIND and (x >= 0).all() and zeros >= _RECTIFIED:
        return Finding.warn(
            "outputs never negative",
            f"No output is negative, and {zeros:.0%} are exactly 0: the network ends "
            "in a ReLU, and an output that it cuts off learns nothing.",
            numbers,
            "end the network in a linear layer",
        )
    return Finding.passed("spread", "Outputs follow the images.", numbers)


def _learns(
    model: nn.Module,
    images: Tensor,
    targets: Tensor,
    loss_fn: LossFunction,
    weights: Sequence[Tensor],
) -> bool:
    with torch.enable_grad():
        loss = loss_fn(model(images), targets).mean()
        if not loss.requires_grad:
            return False
        found = torch.autograd.grad(loss, weights, allow_unused=True)
    return any(gradient is not None and gradient.any() for gradient in found)
