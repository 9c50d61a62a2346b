"""Plain and residual networks for 32 px images, of depth 6n + 2.

    conv 3x3, 16 - [stage of n blocks] x 3 (16, 32, 64 channels) - mean - linear
    block: conv - norm - ReLU - conv - norm - (+ shortcut) - ReLU

A residual network's shortcut has no parameters (option A): where the shape changes, it
takes every second pixel and adds zero channels. A plain network has no shortcuts.

Use: on images of 32 px; the plain ones to see that depth without shortcuts hurts, the
residual ones as a small, well-known baseline.
Side effects: none beyond those of batch normalisation; 110 layers want a warm-up.
Source: He et al., "Deep Residual Learning for Image Recognition", 2016, section 4.2,
https://arxiv.org/abs/1512.03385
"""

import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.models._he import initialise_convolutions
from trainwell.models._residual import ResidualBlock


class _Block(ResidualBlock):
    """Two convolutions; the first may halve the image and widen it."""

    def __init__(self, inputs: int, outputs: int, *, residual: bool) -> None:
        super().__init__(residual=residual)
        self.stride = 1 if inputs == outputs else 2
        self.added = outputs - inputs
        self.conv1 = nn.Conv2d(inputs, outputs, 3, self.stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.act1 = nn.ReLU()
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.act2 = nn.ReLU()

    def forward(self, x: Tensor) -> Tensor:
        y = self.bn2(self.conv2(self.act1(self.bn1(self.conv1(x)))))
        if self.residual:
            y = self.branch_noise(y) + self._shortcut(x)
        activated: Tensor = self.act2(y)
        return activated

    def _shortcut(self, x: Tensor) -> Tensor:
        if self.added == 0:
            return x
        x = x[:, :, :: self.stride, :: self.stride]
        return F.pad(x, (0, 0, 0, 0, 0, self.added))


class CifarResNet(nn.Module):
    """See the module's text.

    Args:
        depth: Number of layers with weights, 6n + 2.
        num_classes: Outputs.
        in_channels: Channels of the images.
        residual: Whether blocks have shortcuts.

    Raises:
        ValueError: If `depth` is not 6n + 2.
    """

    def __init__(
        self, depth: int, num_classes: int, in_channels: int, *, residual: bool
    ) -> None:
        if depth < 8 or depth % 6 != 2:
            raise ValueError(f"`depth` must be 6n + 2, got {depth}.")
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.act1 = nn.ReLU()
        count = (depth - 2) // 6
        widths = [16] * (count + 1) + [32] * count + [64] * count
        self.blocks = nn.Sequential(
            *(
                _Block(inputs, outputs, residual=residual)
                for inputs, outputs in zip(widths, widths[1:], strict=False)
            )
        )
        self.fc = nn.Linear(64, num_classes)
        initialise_convolutions(self)

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logits."""
        x = self.blocks(self.act1(self.bn1(self.conv1(x))))
        logits: Tensor = self.fc(x.mean((2, 3)))
        return logits


def cifar_resnet20(num_classes: int = 10, *, in_channels: int = 3) -> CifarResNet:
    """Build the residual network of 20 layers.

    Example:
        >>> tw.models.num_parameters(tw.models.cifar_resnet20(10))
        269722
    """
    return CifarResNet(20, num_classes, in_channels, residual=True)


def cifar_resnet32(num_classes: int = 10, *, in_channels: int = 3) -> CifarResNet:
    """Build the residual network of 32 layers.

    Example:
        >>> tw.models.num_parameters(tw.models.cifar_resnet32(10))
        464154
    """
    return CifarResNet(32, num_classes, in_channels, residual=True)


def cifar_resnet44(num_classes: int = 10, *, in_channels: int = 3) -> CifarResNet:
    """Build the residual network of 44 layers.

    Example:
        >>> tw.models.num_parameters(tw.models.cifar_resnet44(10))
        658586
    """
    return CifarResNet(44, num_classes, in_channels, residual=True)


def cifar_resnet56(num_classes: int = 10, *, in_channels: int = 3) -> CifarResNet:
    """Build the residual network of 56 layers.

    Example:
        >>> tw.models.num_parameters(tw.models.cifar_resnet56(10))
        853018
    """
    return CifarResNet(56, num_classes, in_channels, residual=True)


def cifar_resnet110(num_classes: int = 10, *, in_channels: int = 3) -> CifarResNet:
    """Build the residual network of 110 layers.

    Example:
        >>> tw.models.num_parameters(tw.models.cifar_resnet110(10))
        1727962
    """
    return CifarResNet(110, num_classes, in_channels, residual=True)


def plain20(num_classes: int = 10, *, in_channels: int = 3) -> CifarResNet:
    """Build the network of 20 layers without shortcuts.

    Example:
        >>> tw.models.num_parameters(tw.models.plain20(10))
        269722
    """
    return CifarResNet(20, num_classes, in_channels, residual=False)


def plain32(num_classes: int = 10, *, in_channels: int = 3) -> CifarResNet:
    """Build the network of 32 layers without shortcuts.

    Example:
        >>> tw.models.num_parameters(tw.models.plain32(10))
        464154
    """
    return CifarResNet(32, num_classes, in_channels, residual=False)


def plain44(num_classes: int = 10, *, in_channels: int = 3) -> CifarResNet:
    """Build the network of 44 layers without shortcuts.

    Example:
        >>> tw.models.num_parameters(tw.models.plain44(10))
        658586
    """
    return CifarResNet(44, num_classes, in_channels, residual=False)


def plain56(num_classes: int = 10, *, in_channels: int = 3) -> CifarResNet:
    """Build the network of 56 layers without shortcuts.

    Example:
        >>> tw.models.num_parameters(tw.models.plain56(10))
        853018
    """
    return CifarResNet(56, num_classes, in_channels, residual=False)


def plain110(num_classes: int = 10, *, in_channels: int = 3) -> CifarResNet:
    """Build the network of 110 layers without shortcuts.

    Example:
        >>> tw.models.num_parameters(tw.models.plain110(10))
        1727962
    """
    return CifarResNet(110, num_classes, in_channels, residual=False)
