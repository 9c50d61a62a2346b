"""The parts of EfficientNet-Lite, and the names of its published weights."""

import re

from torch import Tensor, nn

from trainwell.layers.convolution import SameConv2d
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
        if stride > 1:
            self.conv: nn.Conv2d = SameConv2d(
                inputs, outputs, kernel, stride, groups=groups, bias=False
            )
        else:
            middle = kernel // 2
            self.conv = nn.Conv2d(
                inputs, outputs, kernel, padding=middle, groups=groups, bias=False
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
