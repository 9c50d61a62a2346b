"""Class visualisation: an image that raises the score of a class.

    x <- x + rate g / rms(g),    g = d (s_y - penalty |x|^2) / d x

from faint noise; each step on the image shifted by a few pixels (jitter), and blurred
every few steps, which keep what is smooth and found at any place.

Use: to see what a network takes a class for.
Side effects: a forward and a backward pass per step. What it shows need not look like
the class.
Source: Simonyan, Vedaldi & Zisserman, "Deep Inside Convolutional Networks", 2014,
section 2; jitter: Mordvintsev, Olah & Tyka, "Inceptionism", 2015; blur: Yosinski et
al., "Understanding Neural Networks Through Deep Visualization", 2015, section 3.1.
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.explain._reading import reading
from trainwell.explain._scores import gradient, scores

_FAINT = 0.01  # standard deviation of the noise at the start


def class_visualization(  # noqa: PLR0913
    network: nn.Module,
    target: Sequence[int],
    shape: tuple[int, int, int],
    *,
    steps: int = 200,
    rate: float = 0.05,
    penalty: float = 1e-3,
    jitter: int = 4,
    blur_every: int = 4,
    seed: int = 0,
) -> Tensor:
    """Return one image per target, (n, channels, height, width), standardised.

    Args:
        network: From images to outputs; it is left as it was.
        target: Outputs to raise.
        shape: Channels, height and width.
        steps: Steps of ascent.
        rate: Root mean square of a step.
        penalty: Weight of the squared norm of the image.
        jitter: Pixels by which each step is shifted at most, in each direction.
        blur_every: Steps from one blur to the next; 0 for none.
        seed: Of the noise and the shifts.

    Raises:
        ValueError: If an argument cannot be used.
        ModelError: If the network has no gradient.

    Example:
        >>> net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(64, 3))
        >>> images = class_visualization(net, [0, 2], (1, 8, 8), jitter=0)
        >>> net(images).argmax(1)
        tensor([0, 2])
    """
    for name, value in {"steps": steps, "rate": rate}.items():
        checks.positive(name, value)
    for name, value in {"penalty": penalty, "jitter": jitter}.items():
        checks.between(name, value, 0, float("inf"))
    random = torch.Generator().manual_seed(seed)
    like = next(iter(network.parameters()), torch.zeros(()))
    x = (_FAINT * torch.randn(1, *shape, generator=random)).to(like)
    x = x.detach().repeat(len(target), 1, 1, 1)
    goals = torch.as_tensor(target, device=x.device)
    with reading(network):
        for step in range(1, steps + 1):
            drawn = torch.randint(-jitter, jitter + 1, (2,), generator=random)
            shift = [int(d) for d in drawn]
            x = x.detach().roll(shift, (2, 3)).requires_grad_()
            score = scores(network(x.clone()), goals)
            (g,) = gradient(score - penalty * x.square().sum((1, 2, 3)), x)
            rms = g.square().mean((1, 2, 3), keepdim=True).sqrt().clamp_min(1e-12)
            x = (x + rate * g / rms).detach().roll([-s for s in shift], (2, 3))
            if blur_every and step % blur_every == 0:
                x = _blurred(x)
    return x.detach()


def _blurred(x: Tensor) -> Tensor:
    """Return images blurred by (1, 2, 1) / 4 in both directions."""
    line = x.new_tensor([1.0, 2.0, 1.0]) / 4
    kernel = torch.outer(line, line).expand(x.shape[1], 1, 3, 3)
    padded = F.pad(x, (1, 1, 1, 1), mode="replicate")
    return F.conv2d(padded, kernel, groups=x.shape[1])
