"""What would change an answer, and how far that is from the image.

classes: the runner-up becomes the most probable
labels:  the most probable label crosses its threshold
numbers: the first number rises by a standard deviation of the training data
points:  all points move to the right by a twentieth of the image
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from trainwell.core.errors import ModelError
from trainwell.core.tensors import per_channel
from trainwell.explain import Target, fooling_image
from trainwell.infer import ModelMetadata
from trainwell.tasks import Keypoints, Multilabel

_FIRST, _GROWTH, _MOST = 1e-3, 1.6, 12  # of an image's length; steps up to a half
_MOVED = 0.05  # of the width of an image
_MAYBE = 0.5


Goal = tuple[list[str], Target, Callable[[Tensor], Tensor] | None]
"""What would be said, the score to raise, and when it is reached."""


@dataclass(frozen=True)
class FoolingImage:
    """What fools a network.

    Attributes:
        words: What changes, and how far it is; or that nothing near was found.
        pixels: The image that does it, (height, width, channels); None without one.
    """

    words: str
    pixels: npt.NDArray[np.uint8] | None = None


def fooled(
    network: nn.Module,
    x: Tensor,
    predictions: npt.NDArray[np.float32],
    metadata: ModelMetadata,
) -> list[FoolingImage]:
    """Return what would change the answer of each image; nothing without gradients."""
    statistics = metadata.preprocessing.standardize
    mean, std = (per_channel(v).to(x) for v in (statistics.mean, statistics.std))
    names, target, until = _goal(network, x, predictions, metadata)
    try:
        found = fooling_image(
            network,
            x,
            target,
            until=until,
            bounds=(-mean / std, (1 - mean) / std),
            step=_FIRST * x.flatten(1).norm(dim=1).mean().item(),
            growth=_GROWTH,
            most=_MOST,
        )
    except ModelError:
        return []
    levels = 255 * (found.images * std + mean)
    change = 255 * ((found.images - x) * std).square().mean((1, 2, 3)).sqrt()
    pixels = levels.round().clamp(0, 255).byte().permute(0, 2, 3, 1).cpu().numpy()
    return [
        FoolingImage(
            f"{name} after a change of {float(far):.2g} grey levels (root of the mean "
            "square).",
            shown,
        )
        if bool(done)
        else FoolingImage(f"No change nearby was found: {name}.")
        for name, far, done, shown in zip(
            names, change, found.fooled, pixels, strict=True
        )
    ]


def _goal(
    network: nn.Module,
    x: Tensor,
    predictions: npt.NDArray[np.float32],
    metadata: ModelMetadata,
) -> Goal:
    task, count = metadata.task, len(x)
    if task.linear == "classes":
        second = np.argsort(-predictions, axis=1, kind="stable")[:, :2][:, -1]
        names = [f"“{task.labels[i]}”" for i in second]
        return names, torch.from_numpy(second.copy()).to(x.device), None
    if isinstance(task, Multilabel):
        return _label_goal(task, x, predictions, metadata.temperature)
    with torch.no_grad():
        start = network(x)
    if isinstance(task, Keypoints):
        beside = _MOVED / task.scale

        def right(outputs: Tensor) -> Tensor:
            return outputs[:, 0::2].mean(1)

        names = [f"all points {_MOVED:.0%} of the width further right"] * count
        return names, right, lambda y: right(y) >= right(start) + beside
    names = [f"{task.labels[0]} a standard deviation higher"] * count
    return names, 0, lambda y: y[:, 0] >= start[:, 0] + 1


def _label_goal(
    task: Multilabel,
    x: Tensor,
    predictions: npt.NDArray[np.float32],
    temperature: float,
) -> Goal:
    """Take the most probable label away, or add it where it is below its threshold."""
    best = predictions.argmax(1)
    first = torch.from_numpy(best).to(x.device)
    limits = np.array(task.thresholds or [_MAYBE] * len(task.names))[best]
    there = predictions[np.arange(len(x)), best] >= limits
    limit = torch.from_numpy(limits).to(x).logit() * temperature
    sign = torch.from_numpy(1.0 - 2.0 * there).to(x)

    def logit(outputs: Tensor) -> Tensor:
        return sign * outputs.gather(1, first[:, None])[:, 0]

    names = [
        f"{'no ' if yes else ''}“{task.names[i]}”"
        for i, yes in zip(best, there, strict=True)
    ]
    return names, logit, lambda y: logit(y) > sign * limit
