"""Two plain networks for small experiments, built from interchangeable parts.

small_cnn: [conv 3x3 - (norm) - activation - max-pool 2x2] per width - linear
deep_mlp:  [linear - (norm) - activation] x depth - linear
"""

from collections.abc import Callable, Sequence

from torch import nn

from trainwell.core import checks
from trainwell.experiments._small_set import Small
from trainwell.init import init_weights_, kaiming_normal_

_WIDTHS = (16, 32, 64)
Part = Callable[..., nn.Module]


def small_cnn(
    images: Small,
    widths: Sequence[int] = _WIDTHS,
    *,
    activation: Part = nn.ReLU,
    norm: Part | None = None,
    norm_last: bool = False,
) -> nn.Sequential:
    """Return a convolutional network for such images, with He's initialisation.

    Args:
        images: Have its channels, size and classes; each side halves at every width.
        widths: Channels of the convolutions.
        activation: Builds an activation.
        norm: Builds a norm from its channels; none by default.
        norm_last: Whether the norm is behind the activation.

    Example:
        >>> from trainwell.experiments import small_set
        >>> digits = small_set("digits", 0, num_train=100, num_test=50)
        >>> small_cnn(digits)(digits.x).shape
        torch.Size([100, 10])
    """
    channels, height, width = images.x.shape[1:]
    layers: list[nn.Module] = []
    for outputs in widths:
        layers.append(nn.Conv2d(channels, outputs, 3, padding=1))
        layers += _parts(outputs, activation, norm, norm_last=norm_last)
        layers.append(nn.MaxPool2d(2))
        channels, height, width = outputs, height // 2, width // 2
    head = nn.Linear(channels * height * width, images.num_classes)
    model = nn.Sequential(*layers, nn.Flatten(), head)
    init_weights_(model, kaiming_normal_)
    return model


def deep_mlp(
    images: Small,
    *,
    width: int,
    depth: int,
    activation: Part = nn.ReLU,
    norm: Part | None = None,
) -> nn.Sequential:
    """Return a network of equal layers for images as vectors, initialised as above.

    Args:
        images: Have its pixels and classes; `Small.flat` makes vectors.
        width: Units of each hidden layer.
        depth: Number of hidden layers.
        activation: Builds an activation.
        norm: Builds a norm from its units; none by default.

    Example:
        >>> from trainwell.experiments import small_set
        >>> digits = small_set("digits", 0, num_train=100, num_test=50).flat()
        >>> len(deep_mlp(digits, width=32, depth=3))
        7
    """
    checks.positive("depth", depth)
    inputs = images.x.shape[1]
    layers: list[nn.Module] = []
    for _ in range(depth):
        layers.append(nn.Linear(inputs, width))
        layers += _parts(width, activation, norm, norm_last=False)
        inputs = width
    model = nn.Sequential(*layers, nn.Linear(width, images.num_classes))
    init_weights_(model, kaiming_normal_)
    return model


def _parts(
    channels: int, activation: Part, norm: Part | None, *, norm_last: bool
) -> list[nn.Module]:
    parts = [activation()] if norm is None else [norm(channels), activation()]
    return parts[::-1] if norm_last else parts
