"""Measure what a pretrained network's features are worth on some training images."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import nn

from trainwell.core.progress import Progress, silent
from trainwell.data import spaced_indices_per_class
from trainwell.recipes import Recipe
from trainwell.training import Batch
from trainwell.transfer import Advice, advise, blocks, features, probe

_IMAGES = 2_000  # probed at most
_DEPTHS = 8  # probed at most, spread from the first block to the last
_BATCH = 100
_RATE = 0.1  # of what is pretrained, to that of the head

Look = Callable[[Any], Batch]
"""From indices to those training images, not augmented."""


def advise_on(
    model: nn.Module,
    targets: np.ndarray,
    look: Look,
    progress: Progress = silent,
) -> Advice:
    """Return which of the lectures' four cases these images are.

    Args:
        model: Pretrained.
        targets: Class of every training image.
        look: Shows some of them.
        progress: Shows the work.
    """
    chosen = spaced_indices_per_class(targets, _IMAGES)
    parts = [chosen[i : i + _BATCH] for i in range(0, len(chosen), _BATCH)]
    found = blocks(model, look(chosen[:2]).images)
    depths = np.unique(np.linspace(0, len(found) - 2, _DEPTHS).astype(int))
    rows: list[list[torch.Tensor]] = [[] for _ in depths]
    probes = []
    with progress("Probing features", len(parts) + len(depths)) as advance:
        for part in parts:
            seen = features(model, found, look(part).images)
            for row, depth in zip(rows, depths, strict=True):
                row.append(seen[depth])
            advance(1)
        for row, depth in zip(rows, depths, strict=True):
            name = found[depth].name
            probes.append(probe(name, torch.cat(row), targets[chosen]))
            advance(1)
    shares = [(int(depth) + 1) / (len(found) - 1) for depth in depths]
    return advise(probes, len(targets) / len(np.unique(targets)), shares)


def follow(recipe: Recipe, advice: Advice) -> Recipe:
    """Return the recipe with what the advice says in place of `transfer=auto`."""
    asked = recipe.transfer
    rate = _RATE if asked.rate is None else asked.rate
    cut = None if advice.cut is None else round(advice.cut, 4)
    settled = {"plan": None, "freeze": advice.freeze, "rate": rate, "cut": cut}
    return recipe.model_copy(update={"transfer": asked.model_copy(update=settled)})
