"""The score that is explained: one number per image, from the outputs of a network.

Source: Simonyan, Vedaldi & Zisserman, "Deep Inside Convolutional Networks", 2014,
section 2: the unnormalised score of a class, not its probability.
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.core.errors import ModelError
from trainwell.explain._types import Target

_IMAGE_AXES = 4


def check_images(images: Tensor) -> None:
    """Raise ValueError unless images are (n, channels, height, width), floating."""
    if images.ndim != _IMAGE_AXES or not images.is_floating_point() or not len(images):
        raise ValueError(
            "`images` must be floating-point numbers of shape (n, channels, height, "
            f"width) with n > 0, got {images.dtype} of shape {tuple(images.shape)}."
        )


def chunks(
    images: Tensor, target: Target, size: int
) -> Iterator[tuple[Tensor, Target]]:
    """Yield so many images at a time, with their targets.

    Raises:
        ValueError: If the images, the targets or the size cannot be used.
    """
    check_images(images)
    checks.positive("chunk", size)
    if not (target is None or isinstance(target, int) or callable(target)):
        target = torch.as_tensor(target, device=images.device)
        if target.shape != (len(images),) or target.is_floating_point():
            raise ValueError(
                f"`target` must be one whole number per image, {len(images)} of them, "
                f"got {target.dtype} of shape {tuple(target.shape)}."
            )
    for start in range(0, len(images), size):
        one = isinstance(target, Tensor)
        yield (
            images[start : start + size],
            _part(target, start, size) if one else target,
        )


def _part(target: Target, start: int, size: int) -> Tensor:
    assert isinstance(target, Tensor)
    return target[start : start + size]


def scores(outputs: Tensor, target: Target) -> Tensor:
    """Return the score of each image, (n,).

    Raises:
        ValueError: If there is no such output.
    """
    if callable(target) and not isinstance(target, Tensor):
        return target(outputs)
    flat = outputs.reshape(len(outputs), -1)
    count = flat.shape[1]
    if target is None:
        return flat.amax(1)
    index = torch.as_tensor(target, device=outputs.device).expand(len(outputs))
    if not ((index >= 0) & (index < count)).all():
        raise ValueError(f"`target` must be from 0 to {count - 1}, got {target!r}.")
    return flat.gather(1, index.long()[:, None])[:, 0]


def fixed_target(network: nn.Module, images: Tensor, target: Target) -> Target:
    """Return the target, or the outputs that are largest for these very images."""
    if target is not None:
        return target
    with torch.no_grad():
        best: Tensor = network(images).reshape(len(images), -1).argmax(1)
    return best


def gradient(score: Tensor, *inputs: Tensor) -> tuple[Tensor, ...]:
    """Return the gradients of scores by inputs; parameters get none.

    Raises:
        ModelError: If the scores have none.
    """
    if score.requires_grad:
        found = torch.autograd.grad(score.sum(), inputs, allow_unused=True)
        return tuple(
            torch.zeros_like(x) if g is None else g
            for x, g in zip(inputs, found, strict=True)
        )
    raise ModelError(
        "the answers of this network have no gradient by its input; `occlusion` needs "
        "none."
    )


def input_gradient(network: nn.Module, images: Tensor, target: Target) -> Tensor:
    """Return the gradient of the scores by the images, of their shape."""
    x = images.detach().clone().requires_grad_()
    # a copy goes in: the first layer may work in place
    return gradient(scores(network(x.clone()), target), x)[0]
