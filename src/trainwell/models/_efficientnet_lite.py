"""EfficientNet-Lite 0, 1 and 2: small networks with ImageNet weights at hand.

    conv 3x3, 32, /2 - [inverted residual] x 16 or more - conv 1x1, 1280 - mean
    - dropout - linear
    inverted residual: conv 1x1 (t times wider) - depthwise k x k - conv 1x1 (linear),
    each with a norm, the first two with ReLU6; a shortcut where the shape stays

Convolutions of stride 2 pad as TensorFlow's "SAME" does: the odd pixel lies right and
below. Lite 1 and 2 repeat the inner stages 1.1 and 1.2 times, and Lite 2 is 1.1 times
wider; the first convolution, the last, and the first and last stage stay.

Use: to fine-tune its published weights, above all on a CPU: 75.1 % on ImageNet (Lite 0
at 224 px), 76.7 % (Lite 1, 240 px), 77.6 % (Lite 2, 260 px).
Side effects: its weights expect mean 0.5 and deviation 0.5 in every channel; depthwise
convolutions save multiplications but not as much time.
Source: Tan & Le, "EfficientNet", 2019, table 1, https://arxiv.org/abs/1905.11946; Liu,
"Higher accuracy on vision models with EfficientNet-Lite", 2020 (no squeeze and
excitation, ReLU6, fixed stem and head).
"""

import math

from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.models._efficientnet_parts import Conv, InvertedResidual
from trainwell.models._he import initialise_convolutions
from trainwell.models._width import scaled_width

_STAGES = (  # expansion t, channels c, blocks n, stride s of the first, kernel k
    (1, 16, 1, 1, 3),
    (6, 24, 2, 2, 3),
    (6, 40, 2, 2, 5),
    (6, 80, 3, 2, 3),
    (6, 112, 3, 1, 5),
    (6, 192, 4, 2, 5),
    (6, 320, 1, 1, 3),
)
_STEM, _HEAD = 32, 1280


class EfficientNetLite(nn.Module):
    """See the module's text.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        width: Factor on the channels of the stages.
        depth: Factor on the repeats of the inner stages.
        dropout: Rate before the last layer, in [0, 1].

    Raises:
        ValueError: If `dropout` is out of range.
    """

    def __init__(
        self,
        num_classes: int,
        in_channels: int,
        width: float,
        depth: float,
        dropout: float,
    ) -> None:
        checks.between("dropout", dropout, 0, 1)
        super().__init__()
        self.stem = Conv(in_channels, _STEM, 3, stride=2)
        blocks: list[nn.Module] = []
        inputs = _STEM
        for number, (expansion, channels, count, first_stride, kernel) in enumerate(
            _STAGES
        ):
            inner = 0 < number < len(_STAGES) - 1
            outputs = scaled_width(channels, width)
            for i in range(math.ceil(depth * count) if inner else count):
                stride = first_stride if i == 0 else 1
                blocks.append(
                    InvertedResidual(inputs, outputs, stride, expansion, kernel)
                )
                inputs = outputs
        self.blocks = nn.Sequential(*blocks)
        self.head = Conv(inputs, _HEAD)
        self.dropout = nn.Dropout(dropout)
        self.fc = nn.Linear(_HEAD, num_classes)
        initialise_convolutions(self)

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logits."""
        features = self.head(self.blocks(self.stem(x))).mean((2, 3))
        logits: Tensor = self.fc(self.dropout(features))
        return logits


def efficientnet_lite0(
    num_classes: int = 1000, *, in_channels: int = 3, dropout: float = 0.2
) -> EfficientNetLite:
    """Build EfficientNet-Lite0: 4.7 million parameters for 1000 classes.

    Example:
        >>> from trainwell.models import efficientnet_lite0, num_parameters
        >>> with torch.device("meta"):
        ...     model = efficientnet_lite0(10)
        >>> num_parameters(model)
        3383818
    """
    return EfficientNetLite(num_classes, in_channels, 1.0, 1.0, dropout)


def efficientnet_lite1(
    num_classes: int = 1000, *, in_channels: int = 3, dropout: float = 0.2
) -> EfficientNetLite:
    """Build EfficientNet-Lite1: 5.4 million parameters for 1000 classes.

    Example:
        >>> from trainwell.models import efficientnet_lite1, num_parameters
        >>> with torch.device("meta"):
        ...     model = efficientnet_lite1(10)
        >>> num_parameters(model)
        4148490
    """
    return EfficientNetLite(num_classes, in_channels, 1.0, 1.1, dropout)


def efficientnet_lite2(
    num_classes: int = 1000, *, in_channels: int = 3, dropout: float = 0.3
) -> EfficientNetLite:
    """Build EfficientNet-Lite2: 6.1 million parameters for 1000 classes.

    Example:
        >>> from trainwell.models import efficientnet_lite2, num_parameters
        >>> with torch.device("meta"):
        ...     model = efficientnet_lite2(10)
        >>> num_parameters(model)
        4823882
    """
    return EfficientNetLite(num_classes, in_channels, 1.1, 1.2, dropout)
