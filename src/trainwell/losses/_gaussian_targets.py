"""A discretised Gaussian around a value: the target distribution of an ordinal class.

    q_k = exp(-(b_k - v)^2 / (2 sigma^2)) / sum_j exp(-(b_j - v)^2 / (2 sigma^2))

b_k is the value of bin k: k itself, or what the classes stand for. Ages 20, 25 and 60
with sigma 5 give 0.378, 0.622 and 0.000 for 25, and 0.622, 0.378 and 0.000 for 20.

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
    values: Float[Tensor, " batch"],
    bins: int | Float[Tensor, " bins"],
    *,
    sigma: float = 1.0,
) -> Float[Tensor, "batch bins"]:
    """Return one distribution over the bins per value.

    Args:
        values: Centres in units of the bins' values; they need not be among these.
        bins: Value of each bin, or the number of bins 0, 1, ...
        sigma: Spread in the same units.

    Raises:
        ValueError: If `sigma` or a number of bins is not positive.

    Example:
        >>> from trainwell.losses import gaussian_targets
        >>> gaussian_targets(torch.tensor([2.0]), 5, sigma=1.0)
        tensor([[0.0545, 0.2442, 0.4026, 0.2442, 0.0545]])
        >>> ages = torch.tensor([20.0, 25.0, 60.0])
        >>> gaussian_targets(torch.tensor([25.0]), ages, sigma=5.0)[0, :2]
        tensor([0.3775, 0.6225])
    """
    checks.positive("sigma", sigma)
    if isinstance(bins, int):
        checks.positive("bins", bins)
        bins = torch.arange(bins)
    bins = bins.to(values)
    return (-((bins - values[:, None]) / sigma).square() / 2).softmax(1)
