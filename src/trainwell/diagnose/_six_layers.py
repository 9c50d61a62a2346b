"""Six hidden layers of 4096 units: the network on which the lectures compare starts.

    x_0 = the image, flattened;    x_i = f(W_i x_{i-1}),    i = 1 ... 6

Use: with `init_report`, to see the effect of an initialisation on deep activations.
Side effects: none; it has 100 million weights, 0.4 GB.
Source: Li, Karpathy & Johnson, CS231n "Training Neural Networks I", 2020, slides
"Weight Initialization: Activation statistics". A linear head follows here, so that
there is a loss and there are gradients; an image of 64 x 64 grey pixels has 4096.
"""

import math
from itertools import pairwise

from torch import nn

from trainwell.core import checks
from trainwell.core.image_size import ImageSize, height_and_width
from trainwell.core.techniques import builders

_BUILDERS = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "swish")


def six_layers(  # noqa: PLR0913
    num_classes: int = 10,
    *,
    in_channels: int = 1,
    image_size: ImageSize = 64,
    activation: str = "tanh",
    width: int = 4096,
    norm: bool = False,
) -> nn.Module:
    """Build the network, with torch's own initialisation.

    Args:
        num_classes: Number of outputs.
        in_channels: Number of channels of the images.
        image_size: Side of square images in pixels, or (height, width).
        activation: Activation after each hidden layer.
        width: Number of units of each hidden layer.
        norm: Whether to put batch norm between each hidden layer and its activation;
            the layers have no biases then.

    Raises:
        ValueError: If there is no such activation, or `width` is not positive.

    Example:
        >>> model = six_layers(image_size=8, width=32)
        >>> model(torch.randn(2, 1, 8, 8)).shape
        torch.Size([2, 10])
    """
    checks.one_of("activation", activation, _BUILDERS)
    checks.positive("width", width)
    layers: list[nn.Module] = [nn.Flatten()]
    pixels = math.prod(height_and_width(image_size))
    for inputs, outputs in pairwise([in_channels * pixels, *[width] * 6]):
        layers.append(nn.Linear(inputs, outputs, bias=not norm))
        if norm:
            layers.append(nn.BatchNorm1d(outputs))
        layers.append(builders("activation")[activation]())
    return nn.Sequential(*layers, nn.Linear(width, num_classes))
