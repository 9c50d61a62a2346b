"""Patch whitening: filters under which small patches have identity covariance.

    w_i = v_i / sqrt(lambda_i + eps),    patch covariance = sum_i lambda_i v_i v_i^T

Both signs of every filter are returned, so that a rectifier behind them loses nothing.

Source: Coates et al., "An Analysis of Single-Layer Networks in Unsupervised Feature
Learning", 2011, section 3.2.2; both signs and eps as in Jordan, "94% on CIFAR-10",
2024, section 3.2, https://arxiv.org/abs/2404.00498
"""

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks

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
