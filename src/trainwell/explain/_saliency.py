"""Saliency: how much the score changes with each pixel.

    M = max over channels of |d s_y / d x|

Use: as a first look at any network that is differentiable.
Side effects: one forward and one backward pass. Maps are noisy; see `smooth_grad`.
Source: Simonyan, Vedaldi & Zisserman, "Deep Inside Convolutional Networks: Visualising
Image Classification Models and Saliency Maps", 2014, section 3.1,
https://arxiv.org/abs/1312.6034
"""

import torch
from torch import Tensor, nn

from trainwell.explain._reading import reading
from trainwell.explain._scores import chunks, input_gradient
from trainwell.explain._types import Target


def saliency(
    network: nn.Module, images: Tensor, target: Target = None, *, chunk: int = 32
) -> Tensor:
    """Return maps (n, height, width): the steepest slope of the score at each pixel.

    Args:
        network: From images to outputs; it is left as it was.
        images: Standardised, (n, channels, height, width).
        target: Output to explain; the largest of each image by default.
        chunk: Images at a time.

    Raises:
        ValueError: If the images or the target cannot be used.
        ModelError: If the network has no gradient.

    Example:
        >>> net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(4, 2))
        >>> _ = torch.nn.init.constant_(net[1].weight, -0.5)
        >>> saliency(net, torch.rand(1, 1, 2, 2), target=1)
        tensor([[[0.5000, 0.5000],
                 [0.5000, 0.5000]]])
    """
    with reading(network):
        found = [
            input_gradient(network, x, y).abs().amax(1)
            for x, y in chunks(images, target, chunk)
        ]
    return torch.cat(found)
