"""Fooling image: an image changed a little, until the network answers otherwise.

    x <- x + step g / |g|,   g = d s_target / d x,   until the answer is the target
    step <- growth step

Use: to see how far an answer is from another: a sure answer may be near.
Side effects: a forward and a backward pass per step.
Source: Szegedy et al., "Intriguing properties of neural networks", 2014,
https://arxiv.org/abs/1312.6199; the ascent as in Stanford's CS231n.
"""

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.explain._reading import reading
from trainwell.explain._scores import check_images, gradient, scores
from trainwell.explain._types import Target


class Fooled(NamedTuple):
    """Images that fool a network, and how far they are.

    Attributes:
        images: Of the shape of those given.
        distances: Length of the way from each to its image, (n,): the root of the sum
            of squared changes.
        steps: Steps that each took, (n,).
        fooled: Whether the answer became another, (n,).

    Example:
        >>> net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(4, 2))
        >>> found = fooling_image(net, torch.rand(1, 1, 2, 2), target=1)
        >>> bool(found.fooled), found.images.shape
        (True, torch.Size([1, 1, 2, 2]))
    """

    images: Tensor
    distances: Tensor
    steps: Tensor
    fooled: Tensor


def fooling_image(  # noqa: PLR0913
    network: nn.Module,
    images: Tensor,
    target: Target,
    *,
    until: Callable[[Tensor], Tensor] | None = None,
    bounds: tuple[Tensor, Tensor] | None = None,
    step: float | None = None,
    growth: float = 1.0,
    most: int = 200,
) -> Fooled:
    """Return images for which the network answers with the target.

    Args:
        network: From images to outputs; it is left as it was.
        images: Standardised, (n, channels, height, width).
        target: Output to raise: an index, one per image, or a score of the outputs.
        until: From outputs to whether each answer is the wanted one; by default, the
            largest output is the target.
        bounds: Least and largest values of a pixel, such as of black and white.
        step: Length of a step; by default, a thousandth of the images' mean length.
        growth: How many times as long each step is as the one before: above 1, it
            takes fewer steps, and the last may go further than needed.
        most: Steps at most.

    Raises:
        ValueError: If an argument cannot be used, or there is no target to reach.
        ModelError: If the network has no gradient.

    Example:
        >>> net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(4, 2))
        >>> found = fooling_image(net, torch.rand(3, 1, 2, 2), target=1, step=0.1)
        >>> net(found.images).argmax(1)
        tensor([1, 1, 1])
    """
    check_images(images)
    if until is None and (target is None or _is_score(target)):
        raise ValueError(
            "`target` must be an output to reach, or give `until` as well."
        )
    x = images.detach().clone()
    length = x.flatten(1).norm(dim=1).mean().item()
    step = max(length, 1e-3) / 1000 if step is None else step
    checks.positive("step", step)
    checks.positive("growth", growth)
    checks.positive("most", most)
    taken = torch.zeros(len(x), dtype=torch.long, device=x.device)
    with reading(network):
        for _ in range(most + 1):
            x.requires_grad_()
            outputs = network(x.clone())
            done = _reached(outputs.detach(), target, until)
            if bool((done | (taken >= most)).all()):
                break
            (g,) = gradient(scores(outputs, target), x)
            size = g.flatten(1).norm(dim=1).clamp_min(1e-20)[:, None, None, None]
            moving = (~done)[:, None, None, None]
            x = (x + moving * step * g / size).detach()
            x = x if bounds is None else x.clamp(*bounds)
            taken, step = taken + ~done, step * growth
    x = x.detach()
    return Fooled(x, (x - images).flatten(1).norm(dim=1), taken, done)


def _is_score(target: Target) -> bool:
    return callable(target) and not isinstance(target, Tensor)


def _reached(
    outputs: Tensor, target: Target, until: Callable[[Tensor], Tensor] | None
) -> Tensor:
    if until is not None:
        return until(outputs)
    goal = torch.as_tensor(target, device=outputs.device)
    return outputs.reshape(len(outputs), -1).argmax(1) == goal
