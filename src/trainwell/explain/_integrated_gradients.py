"""Integrated gradients: what each pixel contributes to the score.

    M = sum over channels of (x - b) integral_0^1 d s_y / d x (b + a (x - b)) da

Completeness: the values of a map sum to s_y(x) - s_y(b). The integral is computed by
Gauss-Legendre quadrature.

Use: where contributions must add up, and may be negative.
Side effects: as many passes as steps. A pixel as dark as the baseline contributes
nothing whatever it means.
Source: Sundararajan, Taly & Yan, "Axiomatic Attribution for Deep Networks", 2017,
section 3, https://arxiv.org/abs/1703.01365
"""

import numpy as np
import torch
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.explain._reading import reading
from trainwell.explain._scores import chunks, fixed_target, input_gradient
from trainwell.explain._types import Target


def integrated_gradients(
    network: nn.Module,
    images: Tensor,
    target: Target = None,
    *,
    baseline: float | Tensor = 0.0,
    steps: int = 32,
    chunk: int = 32,
) -> Tensor:
    """Return maps (n, height, width) of contributions, positive and negative.

    Args:
        network: From images to outputs; it is left as it was.
        images: Standardised, (n, channels, height, width).
        target: Output to explain; the largest of each image by default.
        baseline: Image without what is explained, (channels, height, width), or one
            value: 0 is the mean colour of standardised images.
        steps: Points at which gradients are taken.
        chunk: Images at a time.

    Raises:
        ValueError: If an argument cannot be used.
        ModelError: If the network has no gradient.

    Example:
        >>> net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(4, 2))
        >>> images = torch.rand(3, 1, 2, 2)
        >>> maps = integrated_gradients(net, images, target=0)
        >>> gain = net(images)[:, 0] - net(torch.zeros(1, 1, 2, 2))[:, 0]
        >>> torch.allclose(maps.sum((1, 2)), gain, atol=1e-6)
        True
    """
    checks.positive("steps", steps)
    places, weights = np.polynomial.legendre.leggauss(steps)
    start = torch.as_tensor(baseline).to(images)
    with reading(network):
        found = []
        for x, y in chunks(images, target, chunk):
            fixed, way = fixed_target(network, x, y), x - start
            total = torch.zeros_like(x)
            for place, weight in zip((places + 1) / 2, weights / 2, strict=True):
                at = start + float(place) * way
                total += float(weight) * input_gradient(network, at, fixed)
            found.append((way * total).sum(1))
    return torch.cat(found)
