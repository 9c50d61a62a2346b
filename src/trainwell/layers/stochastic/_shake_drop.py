"""ShakeDrop: shake a single residual branch, when stochastic depth would drop it.

    forward:   y_n = x_n + (m_n + a_n - m_n a_n) F(x_n),    a_n ~ U(-1, 1)
    backward:  the same with b_n ~ U(0, 1) in place of a_n
    evaluation: y = x + (1 - p) F(x)

with m_n ~ Bernoulli(1 - p), so a branch is scaled at random where m_n = 0.

Use: in deep residual networks that end each branch with a batch normalisation
(PyramidNet), with p rising linearly with depth to 0.5 (see `survival_probability`).
Side effects: very strong noise: needs hundreds of epochs; outputs of the branch are
scaled by 1 - p in evaluation.
Source: Yamada et al., "ShakeDrop Regularization", 2018, eq. 6 and table 2 (a in
[-1, 1], b in [0, 1]), https://arxiv.org/abs/1802.02375; one draw per image. The paper's
p is the probability of keeping; ours, as elsewhere, of dropping.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.layers.stochastic._types import StochasticLayer


def shake_drop(
    branch: Float[Tensor, "batch ..."],
    kept: Float[Tensor, " batch"],
    alpha: Float[Tensor, " batch"],
    beta: Float[Tensor, " batch"],
) -> Float[Tensor, "batch ..."]:
    """Scale the branch where it is shaken, differently in the two passes.

    Args:
        branch: Output of a residual branch.
        kept: 1 for samples whose branch is kept as it is, 0 for those to shake.
        alpha: Factor in the forward pass where `kept` is 0.
        beta: Factor in the backward pass where `kept` is 0.

    Example:
        >>> from trainwell.layers.stochastic.functional import shake_drop
        >>> kept, beta = torch.tensor([0.0]), torch.tensor([0.9])
        >>> alpha = torch.tensor([-0.5])
        >>> shake_drop(torch.ones(1, 2), kept, alpha, beta)
        tensor([[-0.5000, -0.5000]])
    """
    shape = (-1, *[1] * (branch.ndim - 1))
    forward, backward = (torch.where(kept > 0, 1.0, x) for x in (alpha, beta))
    scaled = backward.view(shape) * branch
    return scaled + (forward.view(shape) * branch - scaled).detach()


class ShakeDrop(StochasticLayer):
    """`shake_drop` with random factors in training, its mean in evaluation.

    Args:
        p: Probability of shaking the branch, in [0, 1]; for a whole network, that of
            the last block (see `survival_probability`).

    Raises:
        ValueError: If `p` is out of range.

    Example:
        >>> from trainwell.layers.stochastic import ShakeDrop
        >>> ShakeDrop(0.5).eval()(torch.ones(1, 2))
        tensor([[0.5000, 0.5000]])
    """

    def __init__(self, p: float = 0.5) -> None:
        super().__init__()
        checks.between("p", p, 0, 1)
        self.p = p

    def forward(self, branch: Float[Tensor, "batch ..."]) -> Float[Tensor, "batch ..."]:
        """Apply to the output of a branch, before it is added."""
        if self.p == 0:
            return branch
        if not self.training:
            return branch * (1 - self.p)
        draws = torch.rand(3, len(branch), device=branch.device, dtype=branch.dtype)
        kept = (draws[0] >= self.p).to(branch.dtype)
        return shake_drop(branch, kept, 2 * draws[1] - 1, draws[2])

    def extra_repr(self) -> str:
        """Show p."""
        return f"p={self.p}"
