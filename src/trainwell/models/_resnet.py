"""Residual networks for photographs, with torchvision's names of the weights.

    conv 7x7, 64, /2 - norm - ReLU - max pool 3x3, /2 - [stage] x 4 - mean - linear

Stages have 64, 128, 256, 512 channels (four times that after bottleneck blocks); from
the second on, the first block halves the image. Shortcuts that change shape are 1x1
convolutions (option B).

Use: on photographs, first of all: from published weights, or from scratch with some ten
thousand images; `small_stem` for images of 64 px or less.
Side effects: none beyond those of batch normalisation.
Source: He et al., "Deep Residual Learning for Image Recognition", 2016, table 1,
https://arxiv.org/abs/1512.03385. Bottlenecks halve the image in the 3x3 convolution, as
torchvision's published weights need it ("ResNet v1.5").
"""

from collections.abc import Sequence

from jaxtyping import Float
from torch import Tensor, nn

from trainwell.models._he import initialise_convolutions
from trainwell.models._resnet_blocks import BasicBlock, Block, Bottleneck, stage


class ResNet(nn.Module):
    """See the module's text.

    Args:
        block: Kind of block.
        counts: Blocks in each of the four stages.
        num_classes: Outputs.
        in_channels: Channels of the images.
        small_stem: Begin with a 3x3 convolution of stride 1 and no pooling, for
            images of 64 px or less; weights published for the usual stem do not fit.
    """

    def __init__(
        self,
        block: Block,
        counts: Sequence[int],
        num_classes: int,
        in_channels: int,
        *,
        small_stem: bool,
    ) -> None:
        super().__init__()
        self.conv1 = (
            nn.Conv2d(in_channels, 64, 3, 1, 1, bias=False)
            if small_stem
            else nn.Conv2d(in_channels, 64, 7, 2, 3, bias=False)
        )
        self.bn1 = nn.BatchNorm2d(64)
        self.act1 = nn.ReLU()
        self.maxpool = nn.Identity() if small_stem else nn.MaxPool2d(3, 2, 1)
        widening = block.expansion
        self.layer1 = stage(block, 64, 64, counts[0], 1)
        self.layer2 = stage(block, 64 * widening, 128, counts[1], 2)
        self.layer3 = stage(block, 128 * widening, 256, counts[2], 2)
        self.layer4 = stage(block, 256 * widening, 512, counts[3], 2)
        self.fc = nn.Linear(512 * widening, num_classes)
        initialise_convolutions(self)

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logits."""
        x = self.maxpool(self.act1(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        logits: Tensor = self.fc(x.mean((2, 3)))
        return logits


def resnet18(
    num_classes: int = 1000, *, in_channels: int = 3, small_stem: bool = False
) -> ResNet:
    """Build ResNet-18: 11.7 million parameters for 1000 classes.

    Example:
        >>> from trainwell.models import resnet18, num_parameters
        >>> with torch.device("meta"):
        ...     model = resnet18(10)
        >>> num_parameters(model)
        11181642
    """
    counts = (2, 2, 2, 2)
    return ResNet(BasicBlock, counts, num_classes, in_channels, small_stem=small_stem)


def resnet34(
    num_classes: int = 1000, *, in_channels: int = 3, small_stem: bool = False
) -> ResNet:
    """Build ResNet-34: 21.8 million parameters for 1000 classes.

    Example:
        >>> from trainwell.models import resnet34, num_parameters
        >>> with torch.device("meta"):
        ...     model = resnet34(10)
        >>> num_parameters(model)
        21289802
    """
    counts = (3, 4, 6, 3)
    return ResNet(BasicBlock, counts, num_classes, in_channels, small_stem=small_stem)


def resnet50(
    num_classes: int = 1000, *, in_channels: int = 3, small_stem: bool = False
) -> ResNet:
    """Build ResNet-50: 25.6 million parameters for 1000 classes.

    Example:
        >>> from trainwell.models import resnet50, num_parameters
        >>> with torch.device("meta"):
        ...     model = resnet50(10)
        >>> num_parameters(model)
        23528522
    """
    counts = (3, 4, 6, 3)
    return ResNet(Bottleneck, counts, num_classes, in_channels, small_stem=small_stem)


def resnet101(
    num_classes: int = 1000, *, in_channels: int = 3, small_stem: bool = False
) -> ResNet:
    """Build ResNet-101: 44.5 million parameters for 1000 classes.

    Example:
        >>> from trainwell.models import resnet101, num_parameters
        >>> with torch.device("meta"):
        ...     model = resnet101(10)
        >>> num_parameters(model)
        42520650
    """
    counts = (3, 4, 23, 3)
    return ResNet(Bottleneck, counts, num_classes, in_channels, small_stem=small_stem)


def resnet152(
    num_classes: int = 1000, *, in_channels: int = 3, small_stem: bool = False
) -> ResNet:
    """Build ResNet-152: 60.2 million parameters for 1000 classes.

    Example:
        >>> from trainwell.models import resnet152, num_parameters
        >>> with torch.device("meta"):
        ...     model = resnet152(10)
        >>> num_parameters(model)
        58164298
    """
    counts = (3, 8, 36, 3)
    return ResNet(Bottleneck, counts, num_classes, in_channels, small_stem=small_stem)


def resnet200(
    num_classes: int = 1000, *, in_channels: int = 3, small_stem: bool = False
) -> ResNet:
    """Build ResNet-200: 64.7 million parameters for 1000 classes.

    The layout (3, 24, 36, 3) of He et al., "Identity Mappings in Deep Residual
    Networks", 2016, in the blocks of the smaller ones, which norm after convolutions.

    Example:
        >>> from trainwell.models import resnet200, num_parameters
        >>> with torch.device("meta"):
        ...     model = resnet200(10)
        >>> num_parameters(model)
        62645322
    """
    counts = (3, 24, 36, 3)
    return ResNet(Bottleneck, counts, num_classes, in_channels, small_stem=small_stem)
