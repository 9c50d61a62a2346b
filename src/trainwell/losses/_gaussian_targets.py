"""A discretised Gaussian around a value: the target distribution of an ordinal class.

    q_k = exp(-(k - v)^2 / (2 sigma^2)) / sum_j exp(-(j - v)^2 / (2 sigma^2))

Use: to turn ages, grades or counts into targets whose neighbours are nearly right.
Side effects: near either end the mean of the target lies inside of the value, since
the mass beyond the end is missing.
Source: Geng, "Label Distribution Learning", 2016, section 5, eq. 17,
https://arxiv.org/abs/1408.6027; Gao et al., "Deep Label Distribution Learning", 2017,
eq. 1, https://arxiv.org/abs/1611.01731
"""

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks


def gaussian_targets(
    values: Float[Tensor, " batch"], num_bins: int, *, sigma: float = 1.0
) -> Float[Tensor, "batch bins"]:
    """Return one distribution over the bins 0, 1, ... per value.

    Args:
        values: Centres in units of bins; they need not be whole.
        num_bins: Number of classes.
        sigma: Spread in bins.

    Raises:
        ValueError: If `sigma` or `num_bins` is not positive.

    Example:
        >>> from trainwell.losses import gaussian_targets
        >>> gaussian_targets(torch.tensor([2.0]), 5, sigma=1.0)
        tensor([[0.0545, 0.2442, 0.4026, 0.2442, 0.0545]])
    """
    checks.positive("sigma", sigma)
    checks.positive("num_bins", num_bins)
    bins = torch.arange(num_bins, dtype=values.dtype, device=values.device)
    return (-((bins - values[:, None]) / sigma).square() / 2).softmax(1)
