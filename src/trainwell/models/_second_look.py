"""A second look at points: turn the image so that they lie where they usually do.

    p = network(x)                      points, as they are seen first
    a, b = argmin |a p + b - canonical| a turn with a scale, and a shift
    q = head(features of the image so turned),    answer: (q - b) / a

What differs most between faces in images is where they are, how large and how turned.
Once this is taken out, a linear map of the same features is right more closely.

Use: `transfer.looks=2`, with points and a head that reads cells of the image.
Side effects: every image passes twice through the network.
Source: Cao et al., "Face Alignment by Explicit Shape Regression", 2012 (normalising
each stage of a cascade); Jaderberg et al., "Spatial Transformer Networks", 2015.
"""

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core.errors import ModelError
from trainwell.models._modify_all_depths import AllDepths, Standardized

FILL = 0.75
"""Share of the image that the canonical shape spans."""


class SecondLook(nn.Module):
    """A network of points that looks twice.

    Args:
        network: Ends in a head on all depths; its outputs are points in deviations
            from the mean shape: x0, y0, x1, ...

    Example:
        >>> from trainwell.models import create, read_all_depths
        >>> net = create("resnet18", num_classes=6, image_size=32).model.eval()
        >>> _ = read_all_depths(net, torch.rand(2, 3, 32, 32), blocks=["layer2"])
        >>> SecondLook(net).eval()(torch.rand(2, 3, 32, 32)).shape
        torch.Size([2, 6])
    """

    mean: Tensor
    scale: Tensor
    canonical: Tensor

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        heads = [m for m in network.modules() if isinstance(m, AllDepths)]
        if not heads or heads[0].linear.out_features % 2:
            raise ModelError("a second look needs a head on all depths, and points.")
        count, width = heads[0].linear.out_features, len(heads[0].standardized.mean)
        self.network = network
        self.standardized = Standardized(width)
        self.linear = nn.Linear(width, count)
        self.register_buffer("mean", torch.zeros(count))
        self.register_buffer("scale", torch.ones(()))
        self.register_buffer("canonical", torch.zeros(count))

    def set_shape(self, mean: Tensor, scale: float) -> None:
        """Set the mean shape, in fractions of the image, and its deviation.

        The canonical shape is the mean shape, in the middle, as large as `FILL`.
        """
        points = mean.reshape(-1, 2)
        low, high = points.amin(0), points.amax(0)
        centred = (points - (low + high) / 2) / (high - low).max() * FILL + 0.5
        self.mean.copy_(mean)
        self.scale.fill_(scale)
        self.canonical.copy_(centred.reshape(-1))

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch outputs"]:
        """Return the points of the second look, in deviations from the mean shape."""
        sides = sides_of(x)
        first = (self.network(x) * self.scale + self.mean).unflatten(1, (-1, 2))
        turn = similarity(first * sides, self.canonical.reshape(-1, 2) * sides)
        numbers = self.read(turned(x, turn))
        found = self.linear(self.standardized(numbers)) * self.scale + self.canonical
        back = returned(found.unflatten(1, (-1, 2)) * sides, turn) / sides
        answer: Tensor = (back.flatten(1) - self.mean) / self.scale
        return answer

    def read(self, x: Tensor) -> Tensor:
        """Return the numbers that the head reads of images."""
        head = next(m for m in self.network.modules() if isinstance(m, AllDepths))
        with head.outputs.as_numbers():
            numbers: Tensor = self.network(x)
        return numbers


Turn = tuple[Tensor, Tensor, Tensor]
"""Real and imaginary part of what centred points are multiplied by, (n, 1, 2) as
(cosine, sine) with the scale; the centre before, and after it."""


def similarity(points: Tensor, target: Tensor) -> Turn:
    """Return the turn, scale and shift that bring points (n, k, 2) closest to others.

    Args:
        points: In pixels.
        target: Shape (k, 2), or one per sample.

    Example:
        >>> square = torch.tensor([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
        >>> turn = similarity(3 * square[None] + 5, square)
        >>> placed(3 * square[None] + 5, turn)[0, 2].tolist()
        [1.0, 1.0]
    """
    before, after = points.mean(1, keepdim=True), target.mean(-2, keepdim=True)
    z, c = points - before, target - after
    power = z.square().sum((1, 2)).clamp_min(1e-12)
    cosine = (z * c).sum((1, 2)) / power
    sine = (z[..., 0] * c[..., 1] - z[..., 1] * c[..., 0]).sum(1) / power
    after = after if after.ndim == 3 else after[None]
    return torch.stack([cosine, sine], 1)[:, None], before, after


def placed(points: Tensor, turn: Turn) -> Tensor:
    """Return points where a turn brings them."""
    by, before, after = turn
    return _multiplied(points - before, by) + after


def returned(points: Tensor, turn: Turn) -> Tensor:
    """Return points where they were before a turn."""
    by, before, after = turn
    size = by.square().sum(-1, keepdim=True).clamp_min(1e-12)
    inverse = torch.cat([by[..., :1], -by[..., 1:]], -1) / size
    return _multiplied(points - after, inverse) + before


def turned(x: Tensor, turn: Turn) -> Tensor:
    """Return images turned; what is beyond their edges repeats these."""
    height, width = x.shape[2:]
    across = torch.arange(width, device=x.device, dtype=x.dtype) + 0.5
    down = torch.arange(height, device=x.device, dtype=x.dtype) + 0.5
    grid = torch.stack(torch.meshgrid(across, down, indexing="xy"), -1).reshape(-1, 2)
    source = returned(grid[None], turn) / sides_of(x) * 2 - 1
    grid = source.unflatten(1, (height, width))
    return F.grid_sample(x, grid, padding_mode="border", align_corners=False)


def _multiplied(points: Tensor, by: Tensor) -> Tensor:
    x, y, cosine, sine = points[..., 0], points[..., 1], by[..., 0], by[..., 1]
    return torch.stack([x * cosine - y * sine, x * sine + y * cosine], -1)


def sides_of(x: Tensor) -> Tensor:
    """Return width and height of images."""
    return torch.tensor([float(x.shape[3]), float(x.shape[2])], device=x.device)
