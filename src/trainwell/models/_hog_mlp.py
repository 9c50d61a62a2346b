"""A network on features made by hand: histograms of gradients and of colours.

    f(x) = W2 relu(W1 z + b1) + b2,    z = (h(x) - mean) / std,    h as in `hog_linear`

Use: to see how far features that are not learned carry a network, between `hog_linear`
and a small convolutional one.
Side effects: as `hog_linear`: the features do not train; there are 26,244 at 224 px.
Source: the course CS231n, "Image features exercise", https://cs231n.github.io; Dalal &
Triggs, "Histograms of Oriented Gradients for Human Detection", 2005.
"""

from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.core.image_size import ImageSize
from trainwell.models._hog_linear import HogLinear, hog_cells


def hog_mlp(
    num_classes: int = 10,
    *,
    in_channels: int = 3,
    image_size: ImageSize = 32,
    hidden: int = 500,
) -> "HogMLP":
    """Build the network for images of one size.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        image_size: Side of square images in pixels, or (height, width), 8 or more.
        hidden: Units of the hidden layer.

    Raises:
        ValueError: If the images are smaller than 8 px, or there are no units.

    Example:
        >>> from trainwell.models import hog_mlp
        >>> hog_mlp(10, image_size=32)(torch.rand(2, 3, 32, 32)).shape
        torch.Size([2, 10])
    """
    checks.positive("hidden", hidden)
    cell, blocks = hog_cells(image_size, "hog_mlp")
    return HogMLP(num_classes, in_channels, cell, blocks, hidden)


class HogMLP(HogLinear):
    """See the module's text; `hog_mlp` chooses the numbers.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        cell: Side of a cell in pixels.
        blocks: Number of blocks in an image.
        hidden: Units of the hidden layer.
    """

    def __init__(
        self, num_classes: int, in_channels: int, cell: int, blocks: int, hidden: int
    ) -> None:
        super().__init__(hidden, in_channels, cell, blocks)
        self.hidden = self.fc
        del self.fc  # the head is the last linear layer
        nn.init.kaiming_normal_(self.hidden.weight, nonlinearity="relu")
        self.relu = nn.ReLU()
        self.fc = nn.Linear(hidden, num_classes)
        nn.init.zeros_(self.fc.bias)

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logits."""
        logits: Tensor = self.fc(self.relu(self.hidden(self.standardised(x))))
        return logits
