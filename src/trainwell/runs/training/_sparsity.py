"""The exact zeros among the weights of a finished run, layer by layer."""

from typing import Any

from torch import nn

from trainwell import prune
from trainwell.recipes import Recipe, prunable


def sparsity_summary(recipe: Recipe, model: nn.Module) -> dict[str, Any] | None:
    """Return the share of zeros, of all weights and of each layer's.

    None for a recipe that makes no zeros: without pruning and proximal penalty.
    """
    weights = prunable(model)
    if not weights or (recipe.prune.name is None and not recipe.penalty.proximal):
        return None
    found = prune.sparsity(weights)
    layers = [
        {
            "name": name,
            "num_weights": weights[name].numel(),
            "num_zeros": round(share * weights[name].numel()),
            "zeros": round(share, 6),
        }
        for name, share in found.layers.items()
    ]
    return {"zeros": round(found.share, 6), "layers": layers}
