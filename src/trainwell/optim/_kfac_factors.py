"""The two Kronecker factors of a layer's curvature, and their damped inverses.

    A = sum_n sum_t a_nt a_nt^T / N         G = sum_n sum_t g_nt g_nt^T / (N T)

where a are the inputs of the layer (with a 1 for the bias), g the gradients of each
sample's loss by its outputs, n the samples and t the positions (patches of a
convolution; one for a vector). The curvature is about A (x) G.

Use: through kfac.
Side effects: an extra matrix product per layer, forward and backward.
Source: Martens & Grosse, "Optimizing Neural Networks with Kronecker-factored
Approximate Curvature", 2015, section 3 and 6.3, https://arxiv.org/abs/1503.05671;
Grosse & Martens, "A Kronecker-factored approximate Fisher matrix for convolution
layers", 2016, theorem 1, https://arxiv.org/abs/1602.01407
"""

import torch
from jaxtyping import Float
from torch import Tensor


def damped_inverses(
    a: Float[Tensor, "i i"], g: Float[Tensor, "o o"], *, damping: float
) -> tuple[Float[Tensor, "i i"], Float[Tensor, "o o"]]:
    """Return (A + pi sqrt(damping) I)^-1 and (G + sqrt(damping) / pi I)^-1.

    pi^2 is the mean eigenvalue of A over that of G, so that the damping falls evenly.
    """
    mean_a, mean_g = (m.trace().clamp(min=1e-12) / len(m) for m in (a, g))
    pi = (mean_a / mean_g).sqrt()
    root = damping**0.5
    return _inverse(a, pi * root), _inverse(g, root / pi)


def _inverse(matrix: Tensor, added: Tensor) -> Tensor:
    shifted = matrix + torch.diag(added.expand(len(matrix)))
    inverse: Tensor = torch.cholesky_inverse(torch.linalg.cholesky(shifted))
    return inverse.contiguous()  # a checkpoint keeps values, not strides
