"""The parts of EfficientNet-Lite, and the names of its published weights."""

import math
import re

import torch
import torch.fx
import torch.nn.functional as F
from torch import Tensor, nn

from trainwell.models._residual import ResidualBlock
from trainwell.models._types import State

_NAMES = {  # of the published weights, and ours
    r"^_conv_stem\.": "stem.conv.",
    r"^_bn0\.": "stem.norm.",
    r"^_conv_head\.": "head.conv.",
    r"^_bn1\.": "head.norm.",
    r"^_fc\.": "fc.",
    r"^_blocks\.(\d+)\._expand_conv\.": r"blocks.\1.expand.conv.",
    r"^_blocks\.(\d+)\._bn0\.": r"blocks.\1.expand.norm.",
    r"^_blocks\.(\d+)\._depthwise_conv\.": r"blocks.\1.depthwise.conv.",
    r"^_blocks\.(\d+)\._bn1\.": r"blocks.\1.depthwise.norm.",
    r"^_blocks\.(\d+)\._project_conv\.": r"blocks.\1.project.conv.",
    r"^_blocks\.(\d+)\._bn2\.": r"blocks.\1.project.norm.",
}


@torch.fx.wrap
def same_padded(x: Tensor, kernel: tuple[int, ...], stride: tuple[int, ...]) -> Tensor:
    """Pad with zeros as TensorFlow's "SAME" does; one step to those who trace."""
    pads = [
        max((math.ceil(size / step) - 1) * step + side - size, 0)
        for size, side, step in zip(x.shape[2:], kernel, stride, strict=True)
    ]
    down, right = pads
    return F.pad(x, (right // 2, right - right // 2, down // 2, down - down // 2))


class SameConv2d(nn.Conv2d):
    """A convolution whose output has ceil(size / stride) pixels a side."""

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002 - torch's name
        return super().forward(same_padded(input, self.kernel_size, self.stride))


class Conv(nn.Module):
    """Convolution, norm, and ReLU6 unless it is linear."""

    def __init__(  # noqa: PLR0913
        self,
        inputs: int,
        outputs: int,
        kernel: int = 1,
        *,
        stride: int = 1,
        groups: int = 1,
        linear: bool = False,
    ) -> None:
        super().__init__()
        kind = SameConv2d if stride > 1 else nn.Conv2d
        padding = 0 if stride > 1 else kernel // 2
        self.conv = kind(
            inputs, outputs, kernel, stride, padding, groups=groups, bias=False
        )
        self.norm = nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.01)
        self.relu = nn.Identity() if linear else nn.ReLU6(inplace=True)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.relu(self.norm(self.conv(x)))
        return y


class InvertedResidual(ResidualBlock):
    def __init__(
        self, inputs: int, outputs: int, stride: int, expansion: int, kernel: int
    ) -> None:
        super().__init__(residual=stride == 1 and inputs == outputs)
        width = inputs * expansion
        self.expand = nn.Identity() if expansion == 1 else Conv(inputs, width)
        self.depthwise = Conv(width, width, kernel, stride=stride, groups=width)
        self.project = Conv(width, outputs, linear=True)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.project(self.depthwise(self.expand(x)))
        return x + self.branch_noise(y) if self.residual else y


def own_names(state: State) -> State:
    """Return published weights under our names; others stay as they are."""
    if "_conv_stem.weight" not in state:
        return state
    found = {}
    for name, tensor in state.items():
        for pattern, own in _NAMES.items():
            renamed, count = re.subn(pattern, own, name)
            if count:
                name = renamed
                break
        found[name] = tensor
    return found
