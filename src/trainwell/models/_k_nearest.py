"""k nearest neighbours: the training images nearest to an image vote on its class.

    votes_c = sum of q_c over the k images with the smallest ||x - x_i||
    f_c(x) = t log( (votes_c + 1 / K) / (votes + 1) )

with the targets q (one-hot for a class index) and K classes: the logarithm of the share
of votes, with one vote more spread evenly. The factor t is all that trains, 1 at first;
it sharpens or flattens the probabilities.

Use: as a baseline that needs no training, and to see whether pixels tell classes apart.
Side effects: keeps the images it has seen in its weights; an evaluation costs as many
comparisons. In training, images equal to the one asked about have no vote, so accuracy
in training is leave-one-out; augmented images are not recognised as what they were.
Source: Cover & Hart, "Nearest Neighbor Pattern Classification", 1967. Distances are
computed in float64; images of more than 32 px are averaged down first.
"""

import torch
import torch.nn.functional as F
from jaxtyping import Bool, Float
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.core.image_size import ImageSize, height_and_width
from trainwell.models._data_init import DataInitialised, Targets

_LARGEST = 32  # pixels of a kept image
_CHUNK = 1024  # images compared at once
_SAME = 1e-10  # squared distance, relative to the squared lengths, of equal images


def k_nearest(
    num_classes: int = 10,
    *,
    in_channels: int = 3,
    image_size: ImageSize = 28,
    neighbours: int = 5,
    kept: int = 5000,
) -> "KNearest":
    """Build the classifier; it knows nothing before `init_from_data`.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        image_size: Side of square images in pixels, or (height, width).
        neighbours: Images that vote, k.
        kept: Most training images it keeps; of more, some evenly spread ones.

    Raises:
        ValueError: If `neighbours` or `kept` is not positive, or there are more
            neighbours than images.

    Example:
        >>> from trainwell.models import k_nearest
        >>> images = torch.tensor([[[[0.0]]], [[[1.0]]]])
        >>> model = k_nearest(2, in_channels=1, image_size=1, neighbours=1)
        >>> model.init_from_data(images, torch.tensor([0, 1]))
        >>> model(torch.tensor([[[[0.9]]]])).argmax(1)
        tensor([1])
    """
    checks.positive("kept", kept)
    checks.between("neighbours", neighbours, 1, kept)
    shape = (in_channels, *height_and_width(image_size))
    return KNearest(num_classes, shape, neighbours, kept)


class KNearest(DataInitialised):
    """See the module's text; `k_nearest` checks the arguments.

    Args:
        num_classes: Outputs.
        shape: Channels, height and width of the images.
        neighbours: Images that vote, k.
        kept: Most training images it keeps.
    """

    def __init__(
        self,
        num_classes: int,
        shape: tuple[int, int, int],
        neighbours: int,
        kept: int,
    ) -> None:
        super().__init__()
        channels, height, width = shape
        self.neighbours = neighbours
        self.factor = min(-(-max(height, width) // _LARGEST), height, width)
        features = channels * (height // self.factor) * (width // self.factor)
        self.register_buffer("images", torch.zeros(kept, features))
        self.register_buffer("targets", torch.zeros(kept, num_classes))
        self.sharpness = nn.Parameter(torch.ones(()))

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logarithms of the shares of votes, times the sharpness."""
        with torch.no_grad():
            votes = self._votes(self._vectors(x))
            classes = votes.shape[1]
            share = (votes + 1 / classes) / (votes.sum(1, keepdim=True) + 1)
        return self.sharpness * share.log()

    @torch.no_grad()
    def init_from_data(
        self,
        images: Float[Tensor, "batch channels height width"],
        targets: Targets | None = None,
    ) -> None:
        """Keep these images and their targets.

        Raises:
            ValueError: If there are no targets.
        """
        if targets is None:
            raise ValueError("`targets` must be given: k_nearest keeps them.")
        kept, known = self.get_buffer("images"), self.get_buffer("targets")
        count = min(len(images), len(kept))
        chosen = torch.linspace(0, len(images) - 1, count).long().to(images.device)
        if not targets.is_floating_point():
            targets = F.one_hot(targets.long(), known.shape[1])
        kept.zero_()
        known.zero_()
        kept[:count] = self._vectors(images[chosen]).to(kept)
        known[:count] = targets[chosen].to(known)

    def _vectors(self, x: Tensor) -> Tensor:
        return F.avg_pool2d(x, self.factor).flatten(1)

    def _votes(self, x: Tensor) -> Tensor:
        """Return how many neighbours each class has."""
        images, targets = self.get_buffer("images"), self.get_buffer("targets")
        occupied = targets.sum(1) > 0
        found, labels = [], []
        for start in range(0, len(images), _CHUNK):
            part = slice(start, start + _CHUNK)
            distances = self._distances(x, images[part], occupied[part])
            nearest, index = _nearest(distances, self.neighbours)
            found.append(nearest)
            labels.append(targets[part][index])
        nearest, index = _nearest(torch.cat(found, 1), self.neighbours)
        votes = torch.cat(labels, 1)
        votes = votes.gather(1, index[:, :, None].expand(-1, -1, votes.shape[2]))
        return (votes * nearest.isfinite()[:, :, None]).sum(1)

    def _distances(
        self,
        x: Float[Tensor, "batch features"],
        images: Float[Tensor, "kept features"],
        occupied: Bool[Tensor, " kept"],
    ) -> Float[Tensor, "batch kept"]:
        """Return squared distances; infinity to those that must not vote."""
        x, images = x.double(), images.double()
        lengths = x.square().sum(1)[:, None] + images.square().sum(1)
        squared = lengths - 2 * x @ images.T
        if self.training:
            occupied = occupied & (squared > _SAME * lengths)
        return squared.masked_fill(~occupied, torch.inf)


def _nearest(distances: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Return the smallest distances in each row, and where they are."""
    nearest, index = distances.topk(min(count, distances.shape[1]), largest=False)
    return nearest, index
