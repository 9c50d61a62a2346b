"""PyramidNet: residual networks that widen a little in every block.

    conv 3x3, 16 - norm - [stage of n blocks] x 3 - norm - ReLU - mean - linear
    width of block k of N: floor(16 + k alpha / N)
    basic block: norm - conv 3x3 - norm - ReLU - conv 3x3 - norm - (+ shortcut)
    bottleneck:  norm - conv 1x1 - norm - ReLU - conv 3x3 - norm - ReLU
                 - conv 1x1, four times wider - norm - (+ shortcut)

The first blocks of the second and third stage halve the image. Shortcuts have no
parameters: the mean of 2x2 pixels where the image is halved, and zero channels added.

Use: on small images with the `shake_drop` noise, which it was made for, and hundreds of
epochs: the best of the lectures' networks.
Side effects: widths are no powers of two, so it runs slower than its size; 272 layers
need much memory.
Source: Han, Kim & Kim, "Deep Pyramidal Residual Networks", 2017, eq. 2, section 3.3 and
table 4, https://arxiv.org/abs/1610.02915. Widths follow eq. 2, whose parameter counts
are the paper's; the authors' code rounds them instead.
"""

import math

import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.models._he import initialise_convolutions
from trainwell.models._residual import ResidualBlock


def _basic(inputs: int, width: int, stride: int) -> nn.Sequential:
    return nn.Sequential(
        nn.BatchNorm2d(inputs),
        nn.Conv2d(inputs, width, 3, stride, 1, bias=False),
        nn.BatchNorm2d(width),
        nn.ReLU(),
        nn.Conv2d(width, width, 3, 1, 1, bias=False),
        nn.BatchNorm2d(width),
    )


def _bottleneck(inputs: int, width: int, stride: int) -> nn.Sequential:
    return nn.Sequential(
        nn.BatchNorm2d(inputs),
        nn.Conv2d(inputs, width, 1, bias=False),
        nn.BatchNorm2d(width),
        nn.ReLU(),
        nn.Conv2d(width, width, 3, stride, 1, bias=False),
        nn.BatchNorm2d(width),
        nn.ReLU(),
        nn.Conv2d(width, 4 * width, 1, bias=False),
        nn.BatchNorm2d(4 * width),
    )


class _Block(ResidualBlock):
    """A branch, and a shortcut that adds zero channels."""

    def __init__(
        self, inputs: int, width: int, stride: int, *, bottleneck: bool
    ) -> None:
        super().__init__()
        build = _bottleneck if bottleneck else _basic
        self.branch = build(inputs, width, stride)
        self.stride = stride
        self.added = (4 * width if bottleneck else width) - inputs

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.branch_noise(self.branch(x))
        if self.stride > 1:
            x = F.avg_pool2d(x, self.stride, ceil_mode=True)
        return y + F.pad(x, (0, 0, 0, 0, 0, self.added))


class PyramidNet(nn.Module):
    """See the module's text.

    Args:
        count: Blocks in each of the three stages.
        alpha: By how much the width grows from the first to the last block.
        num_classes: Outputs.
        in_channels: Channels of the images.
        bottleneck: Kind of block.

    Raises:
        ValueError: If `alpha` is not positive.
    """

    def __init__(
        self,
        count: int,
        alpha: float,
        num_classes: int,
        in_channels: int,
        *,
        bottleneck: bool,
    ) -> None:
        checks.positive("alpha", alpha)
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        blocks = []
        inputs = 16
        for k in range(1, 3 * count + 1):
            width = math.floor(16 + k * alpha / (3 * count))
            stride = 2 if k in (count + 1, 2 * count + 1) else 1
            blocks.append(_Block(inputs, width, stride, bottleneck=bottleneck))
            inputs = 4 * width if bottleneck else width
        self.blocks = nn.Sequential(*blocks)
        self.bn = nn.BatchNorm2d(inputs)
        self.act = nn.ReLU()
        self.fc = nn.Linear(inputs, num_classes)
        initialise_convolutions(self)

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logits."""
        x = self.blocks(self.bn1(self.conv1(x)))
        logits: Tensor = self.fc(self.act(self.bn(x)).mean((2, 3)))
        return logits


def pyramidnet110(
    num_classes: int = 10, *, in_channels: int = 3, alpha: float = 48.0
) -> PyramidNet:
    """Build PyramidNet-110 of basic blocks: 1.7 million parameters.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        alpha: Growth of the width; 84 gives 3.9 million parameters, 270 gives 28.5.

    Raises:
        ValueError: If `alpha` is not positive.

    Example:
        >>> from trainwell.models import pyramidnet110, num_parameters
        >>> with torch.device("meta"):
        ...     model = pyramidnet110(10)
        >>> num_parameters(model)
        1739730
    """
    return PyramidNet(18, alpha, num_classes, in_channels, bottleneck=False)


def pyramidnet272(
    num_classes: int = 10, *, in_channels: int = 3, alpha: float = 200.0
) -> PyramidNet:
    """Build PyramidNet-272 of bottleneck blocks: 26 million parameters.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        alpha: Growth of the width.

    Raises:
        ValueError: If `alpha` is not positive.

    Example:
        >>> from trainwell.models import pyramidnet272, num_parameters
        >>> with torch.device("meta"):
        ...     model = pyramidnet272(10)
        >>> num_parameters(model)
        26049562
    """
    return PyramidNet(30, alpha, num_classes, in_channels, bottleneck=True)
