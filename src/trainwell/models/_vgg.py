"""VGG networks, with torchvision's names of the weights.

    [[conv 3x3 - ReLU] x n_i - max pool, /2] x 5, then mean to 7x7
    - [linear 4096 - ReLU - dropout] x 2 - linear

with 64, 128, 256, 512, 512 channels; n = 2, 2, 3, 3, 3 gives 16 layers with weights,
n = 2, 2, 4, 4, 4 gives 19. `batch_norm` puts a norm after every convolution.

Use: as a plain deep network to compare with, or for its features (style, perceptual
losses); residual networks train better at a fifth of the cost.
Side effects: 124 million of its parameters are in the linear maps, a checkpoint takes
0.5 GB; without norms it needs small rates (0.01).
Source: Simonyan & Zisserman, "Very Deep Convolutional Networks for Large-Scale Image
Recognition", 2015, table 1 (D and E), https://arxiv.org/abs/1409.1556. Weights start as
in torchvision's code. The mean to 7x7 is ours to have, so that other sizes work; at
224 px it does nothing.
"""

from collections.abc import Sequence

from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.core.image_size import ImageSize, height_and_width
from trainwell.models._he import initialise_convolutions

_WIDTHS = (64, 128, 256, 512, 512)
_SMALLEST = 32  # pixels, halved five times


def _stages(in_channels: int, counts: Sequence[int], *, norms: bool) -> nn.Sequential:
    layers: list[nn.Module] = []
    inputs = in_channels
    for outputs, count in zip(_WIDTHS, counts, strict=True):
        for _ in range(count):
            layers.append(nn.Conv2d(inputs, outputs, 3, padding=1))
            layers += [nn.BatchNorm2d(outputs)] if norms else []
            layers.append(nn.ReLU(inplace=True))
            inputs = outputs
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers)


class VGG(nn.Module):
    """See the module's text; `vgg16` and `vgg19` check the arguments.

    Args:
        counts: Convolutions in each of the five stages.
        num_classes: Outputs.
        in_channels: Channels of the images.
        norms: Whether a norm follows every convolution.
        dropout: Dropout probability after the first two linear maps.
    """

    def __init__(
        self,
        counts: Sequence[int],
        num_classes: int,
        in_channels: int,
        *,
        norms: bool,
        dropout: float,
    ) -> None:
        super().__init__()
        self.features = _stages(in_channels, counts, norms=norms)
        self.avgpool = nn.AdaptiveAvgPool2d(7)
        self.classifier = nn.Sequential(
            nn.Linear(512 * 7 * 7, 4096),
            nn.ReLU(inplace=True),
            nn.Dropout(dropout),
            nn.Linear(4096, 4096),
            nn.ReLU(inplace=True),
            nn.Dropout(dropout),
            nn.Linear(4096, num_classes),
        )
        initialise_convolutions(self)
        for layer in self.classifier:
            if isinstance(layer, nn.Linear):
                nn.init.normal_(layer.weight, 0, 0.01)
                nn.init.zeros_(layer.bias)

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logits."""
        logits: Tensor = self.classifier(self.avgpool(self.features(x)).flatten(1))
        return logits


def _check(name: str, image_size: ImageSize, dropout: float) -> None:
    checks.between("dropout", dropout, 0, 1)
    if min(height_and_width(image_size)) < _SMALLEST:
        raise ValueError(
            f"`image_size` must be {_SMALLEST} or more for {name}, got {image_size}."
        )


def vgg16(
    num_classes: int = 1000,
    *,
    in_channels: int = 3,
    image_size: ImageSize = 224,
    batch_norm: bool = False,
    dropout: float = 0.5,
) -> VGG:
    """Build VGG-16: 138.4 million parameters for 1000 classes.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        image_size: Side of square images in pixels, or (height, width), 32 or more.
        batch_norm: Whether a norm follows every convolution, as in `vgg16_bn`.
        dropout: Dropout probability after the first two linear maps, in [0, 1].

    Raises:
        ValueError: If `image_size` is too small or `dropout` out of range.

    Example:
        >>> from trainwell.models import vgg16, num_parameters
        >>> with torch.device("meta"):
        ...     model = vgg16(10)
        >>> num_parameters(model)
        134301514
    """
    _check("vgg16", image_size, dropout)
    counts = (2, 2, 3, 3, 3)
    return VGG(counts, num_classes, in_channels, norms=batch_norm, dropout=dropout)


def vgg19(
    num_classes: int = 1000,
    *,
    in_channels: int = 3,
    image_size: ImageSize = 224,
    batch_norm: bool = False,
    dropout: float = 0.5,
) -> VGG:
    """Build VGG-19: 143.7 million parameters for 1000 classes.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        image_size: Side of square images in pixels, or (height, width), 32 or more.
        batch_norm: Whether a norm follows every convolution, as in `vgg19_bn`.
        dropout: Dropout probability after the first two linear maps, in [0, 1].

    Raises:
        ValueError: If `image_size` is too small or `dropout` out of range.

    Example:
        >>> from trainwell.models import vgg19, num_parameters
        >>> with torch.device("meta"):
        ...     model = vgg19(10)
        >>> num_parameters(model)
        139611210
    """
    _check("vgg19", image_size, dropout)
    counts = (2, 2, 4, 4, 4)
    return VGG(counts, num_classes, in_channels, norms=batch_norm, dropout=dropout)
