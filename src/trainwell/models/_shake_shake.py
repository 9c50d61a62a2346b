"""Shake-Shake: a residual network of two branches per block, mixed at random.

    conv 3x3, 16 - norm - [stage of 4 blocks] x 3 (w, 2w, 4w channels) - ReLU - mean
    - linear
    block: y = shortcut(x) + mix(branch_1(x), branch_2(x))
    branch: ReLU - conv 3x3 - norm - ReLU - conv 3x3 - norm

The first block of a stage changes the shape; its shortcut is, after a ReLU, the norm
of two 1x1 convolutions side by side, one of every second pixel, the other of the pixels
one further up and left. How branches are mixed: `layers.stochastic.ShakeShake`.

Use: on small images, for the last percent, with hundreds of epochs and a cosine
schedule; the lectures' best network without a policy search.
Side effects: the mixing is very strong noise: the training loss stays high, and short
runs end worse than without it.
Source: Gastaldi, "Shake-Shake regularization", 2017, section 2 and table 1,
https://arxiv.org/abs/1705.07485; shortcuts as in the author's code.
"""

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.layers.stochastic import ShakeShake
from trainwell.models._he import initialise_convolutions
from trainwell.models._residual import ResidualBlock


def _branch(inputs: int, outputs: int, stride: int) -> nn.Sequential:
    return nn.Sequential(
        nn.ReLU(),
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
        nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False),
        nn.BatchNorm2d(outputs),
    )


class _TwoPaths(nn.Module):
    """The shortcut that changes the shape."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.stride = stride
        self.act = nn.ReLU()
        self.conv1 = nn.Conv2d(inputs, outputs // 2, 1, bias=False)
        self.conv2 = nn.Conv2d(inputs, outputs // 2, 1, bias=False)
        self.bn = nn.BatchNorm2d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        x = self.act(x)
        shifted = F.pad(x, (1, -1, 1, -1))
        every = slice(None, None, self.stride)
        first = self.conv1(x[:, :, every, every])
        second = self.conv2(shifted[:, :, every, every])
        y: Tensor = self.bn(torch.cat([first, second], 1))
        return y


class _Block(ResidualBlock):
    """Two branches between the same ends."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.branch1 = _branch(inputs, outputs, stride)
        self.branch2 = _branch(inputs, outputs, stride)
        self.mix = ShakeShake()
        self.shortcut = (
            None if inputs == outputs else _TwoPaths(inputs, outputs, stride)
        )

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.branch_noise(self.mix(self.branch1(x), self.branch2(x)))
        return y + (x if self.shortcut is None else self.shortcut(x))


class ShakeShakeNet(nn.Module):
    """See the module's text.

    Args:
        depth: Number of layers with weights along one branch, 6n + 2.
        width: Channels of the first stage, w.
        num_classes: Outputs.
        in_channels: Channels of the images.

    Raises:
        ValueError: If `depth` is not 6n + 2 or `width` not even and positive.
    """

    def __init__(
        self, depth: int, width: int, num_classes: int, in_channels: int
    ) -> None:
        if depth < 8 or depth % 6 != 2:
            raise ValueError(f"`depth` must be 6n + 2, got {depth}.")
        checks.positive("width", width)
        if width % 2:
            raise ValueError(f"`width` must be even, got {width}.")
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        blocks = []
        inputs = 16
        for stage, outputs in enumerate((width, 2 * width, 4 * width)):
            for i in range((depth - 2) // 6):
                stride = 2 if stage > 0 and i == 0 else 1
                blocks.append(_Block(inputs, outputs, stride))
                inputs = outputs
        self.blocks = nn.Sequential(*blocks)
        self.act = nn.ReLU()
        self.fc = nn.Linear(inputs, num_classes)
        nn.init.zeros_(self.fc.bias)
        initialise_convolutions(self)

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logits."""
        x = self.act(self.blocks(self.bn1(self.conv1(x))))
        logits: Tensor = self.fc(x.mean((2, 3)))
        return logits


def shake_shake26(
    num_classes: int = 10, *, in_channels: int = 3, width: int = 32
) -> ShakeShakeNet:
    """Build Shake-Shake 26 2x(width)d: 2.9 million parameters at 32, 26.2 at 96.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        width: Channels of the first stage, even; 32, 64 and 96 in the paper.

    Raises:
        ValueError: If `width` is not even and positive.

    Example:
        >>> from trainwell.models import shake_shake26, num_parameters
        >>> with torch.device("meta"):
        ...     model = shake_shake26(10)
        >>> num_parameters(model)
        2923162
    """
    return ShakeShakeNet(26, width, num_classes, in_channels)
