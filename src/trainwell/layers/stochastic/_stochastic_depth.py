"""Stochastic depth: drop the branch of a residual block for whole images.

    y_n = x_n + m_n F(x_n) / (1 - p),    m_n ~ Bernoulli(1 - p)
    1 - p_l = 1 - l / L (1 - p_last),    l = 1 ... L

so that the fraction of images that keep block l falls linearly with the depth.

Use: in residual networks of 50 layers and more, or trained for long.
Side effects: slower convergence at first; statistics of a batch normalisation after it
vary more; the identity in evaluation. Saves no time here, as the branch is computed.
Source: Huang et al., "Deep Networks with Stochastic Depth", 2016, eq. 2 and 4,
https://arxiv.org/abs/1603.09382. The paper drops a branch for the whole batch and
scales at test time; we draw per image and scale in training.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.layers.stochastic._types import StochasticLayer


def survival_probability(index: int, count: int, *, last: float = 0.5) -> float:
    """Return the probability that a branch is kept, by the linear rule.

    Args:
        index: Index of the block, from 0.
        count: Number of blocks.
        last: The probability for the last block, in [0, 1].

    Raises:
        ValueError: If an argument is out of range.

    Example:
        >>> from trainwell.layers.stochastic import survival_probability
        >>> [survival_probability(block, 4, last=0.5) for block in range(4)]
        [0.875, 0.75, 0.625, 0.5]
    """
    checks.positive("count", count)
    checks.between("index", index, 0, count - 1)
    checks.between("last", last, 0, 1)
    return 1 - (index + 1) / count * (1 - last)


def stochastic_depth(
    branch: Float[Tensor, "batch ..."], kept: Float[Tensor, " batch"], *, p: float
) -> Float[Tensor, "batch ..."]:
    """Zero the branch of some samples, and scale those that are kept.

    Args:
        branch: Output of a residual branch.
        kept: 1 for samples that keep the branch, 0 for the others.
        p: The probability of dropping; kept branches are divided by 1 - p.

    Raises:
        ValueError: If `p` is not in [0, 1].

    Example:
        >>> from trainwell.layers.stochastic.functional import stochastic_depth
        >>> stochastic_depth(torch.ones(2, 2), torch.tensor([1.0, 0.0]), p=0.5)
        tensor([[2., 2.],
                [0., 0.]])
    """
    checks.between("p", p, 0, 1)
    if p == 1:
        return torch.zeros_like(branch)
    return branch * (kept / (1 - p)).view(-1, *[1] * (branch.ndim - 1))


class StochasticDepth(StochasticLayer):
    """`stochastic_depth` with a random mask in training, the identity in evaluation.

    Args:
        p: Probability of dropping the branch, in [0, 1]; for a whole network, that of
            the last block (see `survival_probability`).

    Raises:
        ValueError: If `p` is out of range.

    Example:
        >>> from trainwell.layers.stochastic import StochasticDepth
        >>> StochasticDepth(1.0)(torch.ones(1, 2))
        tensor([[0., 0.]])
    """

    def __init__(self, p: float = 0.5) -> None:
        super().__init__()
        checks.between("p", p, 0, 1)
        self.p = p

    def forward(self, branch: Float[Tensor, "batch ..."]) -> Float[Tensor, "batch ..."]:
        """Apply to the output of a branch, before it is added."""
        if not self.training or self.p == 0:
            return branch
        draws = torch.rand(len(branch), device=branch.device)
        return stochastic_depth(branch, (draws >= self.p).to(branch.dtype), p=self.p)

    def extra_repr(self) -> str:
        """Show p."""
        return f"p={self.p}"
