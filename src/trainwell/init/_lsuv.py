"""LSUV: layer-sequential unit variance, measured on data.

    W <- orthonormal;  then, layer by layer:  W <- W / std(output)
    until |var(output) - 1| < tolerance

Use: for any network without a formula of its own: odd activations, pooling, maxout.
Side effects: a few forward passes per layer over one batch.

Source: Mishkin & Matas, "All you need is a good init", 2016, algorithm 1,
https://arxiv.org/abs/1511.06422. Norms use the batch's statistics meanwhile, noise is
off.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.core.modes import batch_statistics
from trainwell.init._calibrate import (
    layers_in_order,
    output_of,
    parameters_of,
)
from trainwell.init._orthogonal import orthogonal_
from trainwell.init._walk import init_weights_


@torch.no_grad()
def lsuv_(
    model: nn.Module,
    images: Float[Tensor, "batch ..."],
    *,
    tolerance: float = 0.05,
    attempts: int = 10,
) -> tuple[float, ...]:
    """Initialise every convolution and linear map, in place.

    Args:
        model: Any.
        images: A training batch of the model's inputs; 32 or more are enough.
        tolerance: Largest distance of a variance from 1.
        attempts: Most divisions per layer; one is enough for a linear layer.

    Returns:
        The variance reached by each layer, in the order in which they are called.

    Raises:
        ValueError: If `tolerance` or `attempts` is not positive.

    Example:
        >>> from trainwell.init import lsuv_
        >>> model = torch.nn.Sequential(torch.nn.Linear(8, 4), torch.nn.Linear(4, 2))
        >>> variances = lsuv_(model, torch.randn(64, 8), tolerance=0.05)
        >>> [round(variance, 1) for variance in variances]
        [1.0, 1.0]
    """
    checks.positive("tolerance", tolerance)
    checks.positive("attempts", attempts)
    init_weights_(model, lambda weight: orthogonal_(weight, gain=1.0))
    reached = []
    with batch_statistics(model):
        for layer in layers_in_order(model, images):
            weight, _ = parameters_of(layer)
            variance = output_of(model, layer, images).var().item()
            for _ in range(attempts):
                if abs(variance - 1) < tolerance or variance == 0:
                    break
                weight.div_(variance**0.5)
                variance = output_of(model, layer, images).var().item()
            reached.append(variance)
    return tuple(reached)
