"""Measure the value of a pretrained network's features on some training images.

The images are passed through the network once; a linear classifier is trained on the
features of every probed depth.

Use: before fine-tuning, to choose what to freeze.
Side effects: none; the network stays as it is.
Source: the lectures' four cases of transfer learning, measured.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import nn

from trainwell.core.progress import Progress, silent
from trainwell.data import spaced_indices_per_class
from trainwell.training import Batch
from trainwell.transfer._advise import Advice, advise
from trainwell.transfer._blocks import blocks
from trainwell.transfer._features import features
from trainwell.transfer._probe import probe

_IMAGES = 2_000  # probed at most
_DEPTHS = 8  # probed at most, spread from the first block to the last
_BATCH = 100

Fetch = Callable[[Any], Batch]
"""Function from indices to these training images, not augmented."""


def measure_transfer(
    model: nn.Module,
    targets: np.ndarray,
    fetch: Fetch,
    progress: Progress = silent,
) -> Advice:
    """Return which of the lectures' four cases these images are.

    Args:
        model: Pretrained network.
        targets: Class of every training image, shape (n,).
        fetch: Function from indices to a batch of these training images.
        progress: Progress bar over the batches and blocks.

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
    parts = [chosen[i : i + _BATCH] for i in range(0, len(chosen), _BATCH)]
    found = blocks(model, fetch(chosen[:2]).images)
    depths = np.unique(np.linspace(0, len(found) - 2, _DEPTHS).astype(int))
    rows: list[list[torch.Tensor]] = [[] for _ in depths]
    probes = []
    with progress("Probing features", len(parts) + len(depths)) as advance:
        for part in parts:
            seen = features(model, found, fetch(part).images)
            for row, depth in zip(rows, depths, strict=True):
                row.append(seen[depth])
            advance(1)
        for row, depth in zip(rows, depths, strict=True):
            name = found[depth].name
            probes.append(probe(name, torch.cat(row), targets[chosen]))
            advance(1)
    shares = [(int(depth) + 1) / (len(found) - 1) for depth in depths]
    return advise(probes, len(targets) / len(np.unique(targets)), shares)
