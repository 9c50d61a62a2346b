"""Patch whitening: filters under which small patches have identity covariance.

    w_i = v_i / sqrt(lambda_i + eps),    patch covariance = sum_i lambda_i v_i v_i^T

Both signs of every filter are returned, so that a rectifier after them loses nothing.

Use: as the first convolution of a small network; it then starts with edges and colours
instead of noise.
Side effects: 2 c k^2 channels in place of c (54 for colour at 3 px),
so the first trained layer is wider; the filters do not train.

Source: Coates et al., "An Analysis of Single-Layer Networks in Unsupervised Feature
Learning", 2011, section 3.2.2; both signs and eps as in Jordan, "94% on CIFAR-10",
2024, section 3.2, https://arxiv.org/abs/2404.00498
"""

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.preprocess._types import Shape, Stage

_MOST_PATCHES = 200_000


@torch.no_grad()
def fit_patch_whitening(
    images: Float[Tensor, "batch channels height width"],
    *,
    patch: int,
    stride: int = 1,
    eps: float = 5e-4,
) -> Float[Tensor, "filters channels patch patch"]:
    """Compute whitening filters, largest eigenvalue first, then their negatives.

    Args:
        images: Normalised training images.
        patch: Side of a patch.
        stride: Distance between patches. Of many images, some evenly spread ones are
            used, with about 200,000 patches.
        eps: Added to the eigenvalues; keeps directions without variance quiet.

    Returns:
        2 * channels * patch * patch filters in the dtype of the images.

    Example:
        >>> from trainwell.preprocess import fit_patch_whitening
        >>> images = torch.rand(200, 1, 4, 4)
        >>> fit_patch_whitening(images, patch=2).shape
        torch.Size([8, 1, 2, 2])
    """
    checks.positive("eps", eps)
    per_image = F.unfold(images[:1], patch, stride=stride).shape[-1]
    every = max(1, len(images) * per_image // _MOST_PATCHES)
    columns = F.unfold(images[::every], patch, stride=stride)
    columns = columns.transpose(1, 2).flatten(0, 1).double()
    values, vectors = torch.linalg.eigh(columns.T @ columns / len(columns))
    filters = (vectors / (values.clamp_min(0) + eps).sqrt()).T.flip(0)
    filters = filters.reshape(-1, images.shape[1], patch, patch).to(images.dtype)
    return torch.cat([filters, -filters])


class PatchWhiten(Stage):
    """A frozen convolution whose filters whiten patches, with both signs.

    Args:
        shape: Channels, height and width of one image.
        patch: Side of a patch, odd, so that height and width stay.
        eps: Added to the variances.

    Raises:
        ValueError: If `patch` is even or not positive, or `eps` not positive.

    Example:
        >>> from trainwell.preprocess import PatchWhiten
        >>> images = torch.rand(200, 1, 4, 4)
        >>> stage = PatchWhiten((1, 4, 4), patch=3)
        >>> stage.fit(images)
        >>> stage(images).shape
        torch.Size([200, 18, 4, 4])
    """

    def __init__(self, shape: Shape, *, patch: int = 3, eps: float = 5e-4) -> None:
        checks.positive("eps", eps)
        if patch < 1 or patch % 2 == 0:
            raise ValueError(f"`patch` must be odd and positive, got {patch}.")
        super().__init__()
        self.out_channels = 2 * shape[0] * patch**2
        self.patch, self.eps = patch, eps
        self.register_buffer(
            "filters", torch.zeros(self.out_channels, shape[0], patch, patch)
        )

    def fit(self, images: Float[Tensor, "batch channels height width"]) -> None:
        """Take the filters from these images' patches."""
        filters = fit_patch_whitening(images, patch=self.patch, eps=self.eps)
        self.get_buffer("filters").copy_(filters)

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch filters height width"]:
        """Filter, keeping height and width."""
        return F.conv2d(x, self.get_buffer("filters"), padding=self.patch // 2)
