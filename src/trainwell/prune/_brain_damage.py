"""Optimal brain damage: the weights go whose removal costs the loss least.

    s_q = h_qq w_q^2 / 2,    h = the diagonal of the Gauss-Newton matrix

A small weight that the loss hangs on stays, a large one that it does not goes.

Use: for high sparsity, and where layers differ in scale; magnitude takes the curvature
to be the same everywhere.
Side effects: the gradients of some images, one by one, whenever weights are removed;
weights are judged one at a time, as if the others stayed.

Source: LeCun, Denker & Solla, "Optimal Brain Damage", 1990, eq. 5; the diagonal is that
of the Gauss-Newton matrix, which for cross-entropy is Fisher's.
"""

from collections.abc import Mapping

import torch
from torch import Tensor


@torch.no_grad()
def damage_saliency(
    weights: Mapping[str, Tensor], curvature: Mapping[str, Tensor]
) -> dict[str, Tensor]:
    """Return by how much the loss is expected to rise without each weight.

    Args:
        weights: Tensors by name.
        curvature: The second derivatives of the loss by each of their values.

    Raises:
        KeyError: If a weight has no curvature.

    Example:
        >>> from trainwell.prune import damage_saliency
        >>> weights = {"w": torch.tensor([2.0, -1.0])}
        >>> damage_saliency(weights, {"w": torch.tensor([0.1, 3.0])})
        {'w': tensor([0.2000, 1.5000])}
    """
    return {name: w.square() * curvature[name] / 2 for name, w in weights.items()}
