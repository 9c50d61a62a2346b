"""The two-layer network: one hidden layer between pixels and classes.

    f(x) = W_2 max(0, W_1 x + b_1) + b_2

Use: as the smallest network with a hidden layer, to learn on and to compare with
`softmax`; `mlp` has any number of them.
Side effects: tied to one image size; most of its weights are in the first layer.
Source: Cybenko, "Approximation by Superpositions of a Sigmoidal Function", 1989, on
what one layer can do; with ReLU as in `mlp`.
"""

from torch import nn

from trainwell.core.image_size import ImageSize
from trainwell.models._mlp import mlp


def two_layer(
    num_classes: int = 10,
    *,
    in_channels: int = 3,
    image_size: ImageSize = 28,
    width: int = 512,
) -> nn.Module:
    """Build the network for images of one size.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        image_size: Side of square images in pixels, or (height, width).
        width: Units of the hidden layer.

    Raises:
        ValueError: If `width` is not positive.

    Example:
        >>> from trainwell.models import two_layer, num_parameters
        >>> with torch.device("meta"):
        ...     model = two_layer(10)
        >>> num_parameters(model)
        1209866
    """
    return mlp(
        num_classes, in_channels=in_channels, image_size=image_size, hidden=(width,)
    )
