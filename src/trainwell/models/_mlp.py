"""Multilayer perceptron on flattened images.

    flatten - [linear - ReLU] x hidden - linear

Use: on vectors and very small images, or to see what convolutions are worth.
Side effects: tied to one image size; parameters grow with the number of pixels.
Source: Rumelhart, Hinton & Williams, "Learning representations by back-propagating
errors", 1986; with ReLU, Glorot, Bordes & Bengio, "Deep Sparse Rectifier Neural
Networks", 2011.
"""

from collections.abc import Sequence
from itertools import pairwise

from torch import nn

from trainwell.core import checks
from trainwell.core.image_size import ImageSize, height_and_width


def mlp(
    num_classes: int = 10,
    *,
    in_channels: int = 3,
    image_size: ImageSize,
    hidden: Sequence[int] = (512, 512),
) -> nn.Module:
    """Build a perceptron for images of one size.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        image_size: Side of square images in pixels, or (height, width).
        hidden: Width of each hidden layer; none gives a linear classifier.

    Raises:
        ValueError: If a width is not positive.

    Example:
        >>> from trainwell.models import mlp, num_parameters
        >>> model = mlp(10, image_size=8, hidden=[64])
        >>> num_parameters(model)
        13002
    """
    for units in hidden:
        checks.positive("hidden", units)
    height, width = height_and_width(image_size)
    widths = [in_channels * height * width, *hidden]
    layers: list[nn.Module] = [nn.Flatten()]
    for inputs, outputs in pairwise(widths):
        linear = nn.Linear(inputs, outputs)
        nn.init.kaiming_normal_(linear.weight, nonlinearity="relu")
        nn.init.zeros_(linear.bias)
        layers += [linear, nn.ReLU(inplace=True)]
    return nn.Sequential(*layers, nn.Linear(widths[-1], num_classes))
