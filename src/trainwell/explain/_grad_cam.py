"""Grad-CAM: where the maps of a layer speak for the score.

    a_k = mean over places of d s_y / d A_k,    M = ReLU(sum_k a_k A_k)

enlarged to the size of the image.

Use: to see which part of an image an answer rests on; coarse, but it points.
Side effects: one forward pass, and a backward pass down to the layer. Not for scores to
which a shift of a whole map adds nothing, as points of a soft argmax: see `hires_cam`.
Source: Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via
Gradient-based Localization", 2017, equations 1 and 2, https://arxiv.org/abs/1610.02391
"""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from trainwell.explain._layer_maps import Layer, last_maps, layer_gradient, named_layer
from trainwell.explain._reading import reading
from trainwell.explain._scores import chunks
from trainwell.explain._types import Target


def grad_cam(
    network: nn.Module,
    images: Tensor,
    target: Target = None,
    *,
    layer: Layer = None,
    absolute: bool = False,
    chunk: int = 32,
) -> Tensor:
    """Return maps (n, height, width), at least 0.

    Args:
        network: From images to outputs; it is left as it was.
        images: Standardised, (n, channels, height, width).
        target: Output to explain; the largest of each image by default.
        layer: Layer or its name; the last that puts out maps by default.
        absolute: Show also what speaks against the score, as fits a number that may be
            too high as well as too low.
        chunk: Images at a time.

    Raises:
        ValueError: If an argument cannot be used.
        ModelError: If the layer puts out no maps, or no layer does.

    Example:
        >>> net = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 1), torch.nn.ReLU(),
        ...     torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten())
        >>> images = torch.rand(3, 1, 8, 8)
        >>> torch.allclose(grad_cam(net, images, 0), net[:2](images)[:, 0] / 64)
        True
    """
    return combined_maps(
        network,
        images,
        target,
        lambda maps, slopes: slopes.mean((2, 3), keepdim=True) * maps,
        layer=layer,
        absolute=absolute,
        chunk=chunk,
    )


def combined_maps(  # noqa: PLR0913
    network: nn.Module,
    images: Tensor,
    target: Target,
    combine: Callable[[Tensor, Tensor], Tensor],
    *,
    layer: Layer,
    absolute: bool,
    chunk: int,
) -> Tensor:
    """Return the sum over channels of maps and their slopes combined, (n, h, w).

    As large as the images, without negative parts; see `grad_cam`.
    """
    with reading(network):
        found = []
        chosen = None if layer is None else named_layer(network, layer)
        for x, y in chunks(images, target, chunk):
            chosen = last_maps(network, x, y) if chosen is None else chosen
            maps = combine(*layer_gradient(network, x, y, chosen)).sum(1)
            kept = maps.abs() if absolute else maps.relu()
            found.append(F.interpolate(kept[:, None], x.shape[2:], mode="bilinear"))
    return torch.cat(found)[:, 0]
