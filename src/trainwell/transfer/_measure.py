"""Measure the value of a pretrained network's features on some training images.

The images are passed through the network once; a linear classifier is trained on the
features of every probed depth.

Use: before fine-tuning, to choose what to freeze.
Side effects: none; the network stays as it is.
Source: the lectures' four cases of transfer learning, measured.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from trainwell.core.progress import Progress, silent
from trainwell.data import (
    evenly_spaced_indices,
    near_image_groups,
    spaced_indices_per_class,
)
from trainwell.training import Batch
from trainwell.transfer._advise import Advice, advise, judged
from trainwell.transfer._blocks import Block, blocks
from trainwell.transfer._features import features
from trainwell.transfer._probe import held_out_accuracy, probe

_IMAGES = 2_000  # probed at most
_DEPTHS = 8  # probed at most, spread from the first block to the last
_BATCH = 100
_JUDGED = 500  # validation images at most
_SMALL = 32  # pixels

Fetch = Callable[[Any], Batch]
"""Function from indices to these training images, not augmented."""


Labelled = tuple[npt.NDArray[np.int64], Fetch]
"""Class of every image of a split, and the function that fetches them."""


def measure_transfer(
    model: nn.Module,
    targets: np.ndarray,
    fetch: Fetch,
    progress: Progress = silent,
    validation: Labelled | None = None,
) -> Advice:
    """Return which of the lectures' four cases these images are.

    Args:
        model: Pretrained network.
        targets: Class of every training image, shape (n,).
        fetch: Function from indices to a batch of these training images.
        progress: Progress bar over the batches and blocks.
        validation: Class of every validation image, and the function that fetches
            these; the classifier on the best features is judged by them, too.

    Example:
        >>> from trainwell.training import Batch
        >>> net = torch.nn.Sequential(
        ...     torch.nn.Linear(4, 3), torch.nn.ReLU(), torch.nn.Linear(3, 2))
        >>> images, y = torch.randn(40, 4), np.arange(40) % 2
        >>> def fetch(indices):
        ...     return Batch(images[indices], torch.tensor(y[indices]), indices)
        >>> measure_transfer(net, y, fetch).per_class
        20.0
    """
    chosen = spaced_indices_per_class(targets, _IMAGES)
    found = blocks(model, fetch(chosen[:2]).images)
    depths = np.unique(np.linspace(0, len(found) - 2, _DEPTHS).astype(int))
    parts = -(-len(chosen) // _BATCH)
    with progress("Probing features", parts + len(depths)) as advance:
        seen, small = _features(model, found, depths, (chosen, fetch), advance)
        groups, probes = near_image_groups(small), []
        for number, depth in enumerate(depths):
            name = found[depth].name
            probes.append(probe(name, seen[number], targets[chosen], groups=groups))
            advance(1)
    shares = [(int(depth) + 1) / (len(found) - 1) for depth in depths]
    advice = advise(probes, len(targets) / len(np.unique(targets)), shares)
    if validation is None or not len(validation[0]):
        return advice
    some = evenly_spaced_indices(len(validation[0]), _JUDGED)
    depth = depths[advice.best : advice.best + 1]
    others, _ = _features(model, found, depth, (some, validation[1]))
    truth = validation[0][some]
    reached = held_out_accuracy(
        (seen[advice.best], targets[chosen]), (others[0], truth)
    )
    return judged(advice, reached, (len(chosen), len(some)))


def _features(
    model: nn.Module,
    found: Sequence[Block],
    depths: npt.NDArray[np.int64],
    wanted: Labelled,
    advance: Callable[[int], object] = lambda _: None,
) -> tuple[list[Tensor], Tensor]:
    """Return the features at these depths, and the images, small."""
    chosen, fetch = wanted
    rows: list[list[Tensor]] = [[] for _ in depths]
    small: list[Tensor] = []
    for part in (chosen[i : i + _BATCH] for i in range(0, len(chosen), _BATCH)):
        images = fetch(part).images
        small.append(_small(images))
        seen = features(model, found, images)
        for row, depth in zip(rows, depths, strict=True):
            row.append(seen[depth])
        advance(1)
    return [torch.cat(row) for row in rows], torch.cat(small)


def _small(images: Tensor) -> Tensor:
    """Return images of at most 32 px, enough to see near copies."""
    if images.ndim != 4:
        return images
    height, width = images.shape[2:]
    return F.adaptive_avg_pool2d(images, (min(_SMALL, height), min(_SMALL, width)))
