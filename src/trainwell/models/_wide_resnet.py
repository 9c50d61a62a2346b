"""Wide residual networks for 32 px images, of depth 6n + 4.

    conv 3x3, 16 - [stage of n blocks] x 3 (16k, 32k, 64k channels) - norm - ReLU
    - mean - linear
    block: norm - ReLU - conv - norm - ReLU - dropout - conv - (+ shortcut)

Where the shape changes, the shortcut is a 1x1 convolution of the activated input.

Use: on images of 32 px, as the usual network of papers on regularisation and
augmentation; 16-4 and 28-2 for a first look, 28-10 for the best result.
Side effects: 28-10 costs 5 billion multiplications an image, as much as 130 times
cifar_resnet20.
Source: Zagoruyko & Komodakis, "Wide Residual Networks", 2016, table 1 and section 2.4,
https://arxiv.org/abs/1605.07146
"""

from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.models._he import initialise_convolutions
from trainwell.models._residual import ResidualBlock


class _Block(ResidualBlock):
    """Two pre-activated convolutions; the first may change the shape."""

    def __init__(self, inputs: int, outputs: int, stride: int, dropout: float) -> None:
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.act1 = nn.ReLU()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.act2 = nn.ReLU()
        self.dropout = nn.Dropout(dropout)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.shortcut = (
            None
            if inputs == outputs
            else nn.Conv2d(inputs, outputs, 1, stride, bias=False)
        )

    def forward(self, x: Tensor) -> Tensor:
        activated: Tensor = self.act1(self.bn1(x))
        y: Tensor = self.dropout(self.act2(self.bn2(self.conv1(activated))))
        y = self.branch_noise(self.conv2(y))
        return y + (x if self.shortcut is None else self.shortcut(activated))


class WideResNet(nn.Module):
    """See the module's text.

    Args:
        depth: Number of layers with weights, 6n + 4.
        factor: The widening factor k.
        num_classes: Outputs.
        in_channels: Channels of the images.
        dropout: Rate of dropout between the convolutions of a block, in [0, 1].

    Raises:
        ValueError: If `depth` is not 6n + 4 or `dropout` not in [0, 1].
    """

    def __init__(
        self,
        depth: int,
        factor: int,
        num_classes: int,
        in_channels: int,
        dropout: float,
    ) -> None:
        if depth < 10 or depth % 6 != 4:
            raise ValueError(f"`depth` must be 6n + 4, got {depth}.")
        checks.between("dropout", dropout, 0, 1)
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, 1, 1, bias=False)
        blocks = []
        inputs = 16
        for stage, outputs in enumerate((16 * factor, 32 * factor, 64 * factor)):
            for i in range((depth - 4) // 6):
                stride = 2 if stage > 0 and i == 0 else 1
                blocks.append(_Block(inputs, outputs, stride, dropout))
                inputs = outputs
        self.blocks = nn.Sequential(*blocks)
        self.bn = nn.BatchNorm2d(inputs)
        self.act = nn.ReLU()
        self.fc = nn.Linear(inputs, num_classes)
        initialise_convolutions(self)

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logits."""
        x = self.act(self.bn(self.blocks(self.conv1(x))))
        logits: Tensor = self.fc(x.mean((2, 3)))
        return logits


def wide_resnet16_4(
    num_classes: int = 10, *, in_channels: int = 3, dropout: float = 0.0
) -> WideResNet:
    """Build WRN-16-4: 2.7 million parameters.

    Example:
        >>> from trainwell.models import wide_resnet16_4, num_parameters
        >>> with torch.device("meta"):
        ...     model = wide_resnet16_4(10)
        >>> num_parameters(model)
        2748890
    """
    return WideResNet(16, 4, num_classes, in_channels, dropout)


def wide_resnet28_10(
    num_classes: int = 10, *, in_channels: int = 3, dropout: float = 0.0
) -> WideResNet:
    """Build WRN-28-10: 36.5 million parameters.

    Example:
        >>> from trainwell.models import wide_resnet28_10, num_parameters
        >>> with torch.device("meta"):
        ...     model = wide_resnet28_10(10)
        >>> num_parameters(model)
        36479194
    """
    return WideResNet(28, 10, num_classes, in_channels, dropout)


def wide_resnet40_2(
    num_classes: int = 10, *, in_channels: int = 3, dropout: float = 0.0
) -> WideResNet:
    """Build WRN-40-2: 2.2 million parameters.

    Example:
        >>> from trainwell.models import wide_resnet40_2, num_parameters
        >>> with torch.device("meta"):
        ...     model = wide_resnet40_2(10)
        >>> num_parameters(model)
        2243546
    """
    return WideResNet(40, 2, num_classes, in_channels, dropout)


def wide_resnet28_2(
    num_classes: int = 10, *, in_channels: int = 3, dropout: float = 0.0
) -> WideResNet:
    """Build WRN-28-2: 1.5 million parameters.

    Example:
        >>> from trainwell.models import wide_resnet28_2, num_parameters
        >>> with torch.device("meta"):
        ...     model = wide_resnet28_2(10)
        >>> num_parameters(model)
        1467610
    """
    return WideResNet(28, 2, num_classes, in_channels, dropout)
