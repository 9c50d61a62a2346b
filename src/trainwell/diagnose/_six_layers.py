"""Six hidden layers of 4096 units: the network on which the lectures compare starts.

    x_0 = the image, flattened;    x_i = f(W_i x_{i-1}),    i = 1 ... 6

Use: with `init_report`, to see what a start does to deep activations.
Side effects: none; it has 100 million weights, 0.4 GB.
Source: Li, Karpathy & Johnson, CS231n "Training Neural Networks I", 2020, slides
"Weight Initialization: Activation statistics". A linear head follows here, so that
there is a loss and there are gradients; an image of 64 x 64 grey pixels has 4096.
"""

from itertools import pairwise

from torch import nn

from trainwell.core import checks
from trainwell.core.techniques import builders

_BUILDERS = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "swish")


def six_layers(  # noqa: PLR0913
    num_classes: int = 10,
    *,
    in_channels: int = 1,
    image_size: int = 64,
    activation: str = "tanh",
    width: int = 4096,
    norm: bool = False,
) -> nn.Module:
    """Build the network, with torch's own start.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        image_size: Their height and width in pixels.
        activation: Follows each hidden layer.
        width: Units of each hidden layer.
        norm: Put batch norm between each hidden layer and its activation; the layers
            have no biases then.

    Raises:
        ValueError: If there is no such activation, or `width` is not positive.
    """
    checks.one_of("activation", activation, _BUILDERS)
    checks.positive("width", width)
    layers: list[nn.Module] = [nn.Flatten()]
    for inputs, outputs in pairwise([in_channels * image_size**2, *[width] * 6]):
        layers.append(nn.Linear(inputs, outputs, bias=not norm))
        if norm:
            layers.append(nn.BatchNorm1d(outputs))
        layers.append(builders("activation")[activation]())
    return nn.Sequential(*layers, nn.Linear(width, num_classes))
