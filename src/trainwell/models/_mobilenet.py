"""MobileNetV2, with torchvision's names of the weights.

    conv 3x3, 32, /2 - [inverted residual] x 17 - conv 1x1, 1280 - mean - dropout
    - linear
    inverted residual: conv 1x1 (t times wider) - depthwise 3x3 - conv 1x1 (linear),
    each with a norm, the first two with ReLU6; a shortcut where the shape stays

Use: where the network must be small or quick, and to fine-tune its published weights.
Side effects: depthwise convolutions save multiplications but not as much time; trained
from scratch it needs many epochs and little weight decay.
Source: Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", 2018,
table 2, https://arxiv.org/abs/1801.04381
"""

from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.models._he import initialise_convolutions
from trainwell.models._residual import ResidualBlock
from trainwell.models._width import scaled_width

_STAGES = (  # expansion t, channels c, blocks n, stride s of the first
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)


def _conv(
    inputs: int, outputs: int, kernel: int, *, stride: int = 1, groups: int = 1
) -> nn.Sequential:
    """Convolution that keeps the size at stride 1, norm, ReLU6."""
    padding = kernel // 2
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU6(inplace=True),
    )


class _InvertedResidual(ResidualBlock):
    def __init__(self, inputs: int, outputs: int, stride: int, expansion: int) -> None:
        super().__init__(residual=stride == 1 and inputs == outputs)
        width = inputs * expansion
        widen = [] if expansion == 1 else [_conv(inputs, width, 1)]
        self.conv = nn.Sequential(
            *widen,
            _conv(width, width, 3, stride=stride, groups=width),
            nn.Conv2d(width, outputs, 1, bias=False),
            nn.BatchNorm2d(outputs),
        )

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.conv(x)
        return x + self.branch_noise(y) if self.residual else y


class MobileNetV2(nn.Module):
    """See the module's text.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        width: Factor on the channels of every layer.
        dropout: Rate before the last layer, in [0, 1].

    Raises:
        ValueError: If `width` or `dropout` is out of range.
    """

    def __init__(
        self, num_classes: int, in_channels: int, width: float, dropout: float
    ) -> None:
        checks.positive("width", width)
        checks.between("dropout", dropout, 0, 1)
        super().__init__()
        inputs = scaled_width(32, width)
        features: list[nn.Module] = [_conv(in_channels, inputs, 3, stride=2)]
        for expansion, channels, count, first_stride in _STAGES:
            outputs = scaled_width(channels, width)
            for i in range(count):
                stride = first_stride if i == 0 else 1
                features.append(_InvertedResidual(inputs, outputs, stride, expansion))
                inputs = outputs
        last = scaled_width(1280, max(1.0, width))
        self.features = nn.Sequential(*features, _conv(inputs, last, 1))
        self.classifier = nn.Sequential(
            nn.Dropout(dropout), nn.Linear(last, num_classes)
        )
        initialise_convolutions(self)

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logits."""
        logits: Tensor = self.classifier(self.features(x).mean((2, 3)))
        return logits


def mobilenet_v2(
    num_classes: int = 1000,
    *,
    in_channels: int = 3,
    width: float = 1.0,
    dropout: float = 0.2,
) -> MobileNetV2:
    """Build MobileNetV2: 3.5 million parameters for 1000 classes at width 1.

    Example:
        >>> from trainwell.models import mobilenet_v2, num_parameters
        >>> with torch.device("meta"):
        ...     model = mobilenet_v2(10)
        >>> num_parameters(model)
        2236682
    """
    return MobileNetV2(num_classes, in_channels, width, dropout)
