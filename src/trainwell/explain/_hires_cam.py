"""HiResCAM: which places of a layer's maps the score rests on.

    M = ReLU(sum_k d s_y / d A_k * A_k)

enlarged to the size of the image. Unlike Grad-CAM, slopes are not averaged over places.

Use: for points, whose slopes cancel in the mean over places, and wherever the layers
above keep places apart.
Side effects: those of `grad_cam`.
Source: Draelos & Carin, "Use HiResCAM instead of Grad-CAM for faithful explanations of
convolutional neural networks", 2020, equation 3, https://arxiv.org/abs/2011.08891
"""

from operator import mul

from torch import Tensor, nn

from trainwell.explain._grad_cam import combined_maps
from trainwell.explain._layer_maps import Layer
from trainwell.explain._types import Target


def hires_cam(
    network: nn.Module,
    images: Tensor,
    target: Target = None,
    *,
    layer: Layer = None,
    absolute: bool = False,
    chunk: int = 32,
) -> Tensor:
    """Return maps (n, height, width), at least 0; arguments are those of `grad_cam`.

    Example:
        >>> net = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 1), torch.nn.ReLU(),
        ...     torch.nn.Flatten(), torch.nn.Linear(2 * 64, 3))
        >>> hires_cam(net, torch.rand(3, 1, 8, 8), layer="1").shape
        torch.Size([3, 8, 8])
    """
    return combined_maps(
        network, images, target, mul, layer=layer, absolute=absolute, chunk=chunk
    )
