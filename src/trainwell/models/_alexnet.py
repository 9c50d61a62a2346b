"""AlexNet in one column, with torchvision's names of the weights.

    conv 11x11, 64, /4 - pool - conv 5x5, 192 - pool - conv 3x3, 384 - conv 3x3, 256
    - conv 3x3, 256 - pool - mean to 6x6 - [dropout - linear 4096] x 2 - linear

with ReLU after every layer but the last; pooling is the maximum of 3x3, /2. Images of
less than 63 px do not survive the first stride, so they get stride 1 and padding 5; the
weights have the same shapes.

Use: to repeat history, or to fine-tune its published weights; newer networks do better
with a tenth of the parameters.
Side effects: 58 of its 61 million parameters are in the linear maps, which overfit
small data sets; without norms it needs small rates (0.01).
Source: Krizhevsky, "One weird trick for parallelizing convolutional neural networks",
2014, section 5, https://arxiv.org/abs/1404.5997, as torchvision has it: 61.1 million
parameters. The network of 2012 (Krizhevsky, Sutskever & Hinton) has 60 million: more
filters in two groups, and response normalisation. Here, He's initialisation.
"""

from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.core.image_size import ImageSize, height_and_width
from trainwell.models._he import initialise_convolutions

_SMALLEST_WITH_STRIDE = 63  # pixels
_SMALLEST = 15


class AlexNet(nn.Module):
    """See the module's text; `alexnet` checks the arguments.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        small: Whether the first convolution keeps the resolution.
        dropout: Rate before the first two linear maps.
    """

    def __init__(
        self, num_classes: int, in_channels: int, *, small: bool, dropout: float
    ) -> None:
        super().__init__()
        stride, padding = (1, 5) if small else (4, 2)
        self.features = nn.Sequential(
            nn.Conv2d(in_channels, 64, 11, stride, padding),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(3, 2),
            nn.Conv2d(64, 192, 5, padding=2),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(3, 2),
            nn.Conv2d(192, 384, 3, padding=1),
            nn.ReLU(inplace=True),
            nn.Conv2d(384, 256, 3, padding=1),
            nn.ReLU(inplace=True),
            nn.Conv2d(256, 256, 3, padding=1),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(3, 2),
        )
        self.avgpool = nn.AdaptiveAvgPool2d(6)
        self.classifier = nn.Sequential(
            nn.Dropout(dropout),
            nn.Linear(256 * 6 * 6, 4096),
            nn.ReLU(inplace=True),
            nn.Dropout(dropout),
            nn.Linear(4096, 4096),
            nn.ReLU(inplace=True),
            nn.Linear(4096, num_classes),
        )
        initialise_convolutions(self)
        for layer in self.classifier:
            if isinstance(layer, nn.Linear):
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
                nn.init.zeros_(layer.bias)

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logits."""
        logits: Tensor = self.classifier(self.avgpool(self.features(x)).flatten(1))
        return logits


def alexnet(
    num_classes: int = 1000,
    *,
    in_channels: int = 3,
    image_size: ImageSize = 224,
    dropout: float = 0.5,
) -> AlexNet:
    """Build AlexNet: 61.1 million parameters for 1000 classes.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        image_size: Side of square images in pixels, or (height, width), 15 or more.
        dropout: Rate before the first two linear maps, in [0, 1].

    Raises:
        ValueError: If `image_size` is too small or `dropout` out of range.

    Example:
        >>> from trainwell.models import alexnet, num_parameters
        >>> with torch.device("meta"):
        ...     model = alexnet(10)
        >>> num_parameters(model)
        57044810
    """
    checks.between("dropout", dropout, 0, 1)
    shorter = min(height_and_width(image_size))
    if shorter < _SMALLEST:
        raise ValueError(
            f"`image_size` must be {_SMALLEST} or more for alexnet, got {image_size}."
        )
    small = shorter < _SMALLEST_WITH_STRIDE
    return AlexNet(num_classes, in_channels, small=small, dropout=dropout)
