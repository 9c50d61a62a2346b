"""Optimal brain surgeon: remove weights, and let the others make up for them.

    s_q = w_q^2 / (2 [H^-1]_qq)
    w_K <- w_K + H_KK^-1 H_KQ w_Q,   w_Q <- 0       Q removed, K kept

s_q is the rise of a quadratic loss when q alone goes and the others follow. Weights go
one by one, the cheapest first, and s is that of the row as it then is; the step is the
best one for all of Q at once, which is where the single ones lead.

Use: for high sparsity without training afterwards; after it, the gain over brain damage
is small.
Side effects: H and its inverse for every row of a layer's weights; the other weights
change, too.

Source: Hassibi & Stork, "Second Order Derivatives for Network Pruning: Optimal Brain
Surgeon", 1993, eq. 5; row by row, ordered over all rows by what each removal costs:
Frantar & Alistarh, "Optimal Brain Compression", 2022, section 4,
https://arxiv.org/abs/2208.11580
"""

import torch
from jaxtyping import Bool, Float
from torch import Tensor


@torch.no_grad()
def surgeon_saliency(
    weights: Float[Tensor, "rows n"], hessian: Float[Tensor, "n n"]
) -> Float[Tensor, "rows n"]:
    """Return by how much the loss rises when each weight goes and its row follows.

    Args:
        weights: Rows that share the curvature.
        hessian: Second derivatives of the loss within a row; positive definite.

    Raises:
        LinAlgError: If `hessian` is not positive definite.

    Example:
        >>> from trainwell.prune import surgeon_saliency
        >>> hessian = torch.tensor([[2.0, 1.0], [1.0, 2.0]])
        >>> surgeon_saliency(torch.tensor([[1.0, 2.0]]), hessian)
        tensor([[0.7500, 3.0000]])
    """
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(hessian))
    return weights.square() / (2 * inverse.diagonal())


@torch.no_grad()
def surgeon_scores(
    weights: Float[Tensor, "rows n"], hessian: Float[Tensor, "n n"]
) -> Float[Tensor, "rows n"]:
    """Return what each weight's removal costs when a row loses one after the other.

    The cheapest goes first, and the others follow. A score is at least as high as those
    before it, so the lowest scores of a row are the ones that went first.

    Args:
        weights: Rows that share the curvature; zeros go first, at no cost.
        hessian: Second derivatives of the loss within a row; positive definite.

    Raises:
        LinAlgError: If `hessian` is not positive definite.

    Example:
        >>> from trainwell.prune import surgeon_scores
        >>> hessian = torch.tensor([[2.0, 1.0], [1.0, 2.0]])
        >>> surgeon_scores(torch.tensor([[1.0, 2.0]]), hessian)
        tensor([[0.7500, 6.2500]])
    """
    kind, w = weights.dtype, weights.double().clone()
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(hessian.double()))
    inverse = inverse.repeat(len(w), 1, 1)
    rows, cost = torch.arange(len(w), device=w.device), w.new_zeros(len(w))
    scores, gone = torch.zeros_like(w), torch.zeros_like(w, dtype=torch.bool)
    for _ in range(w.shape[1]):
        saliency = w.square() / (2 * inverse.diagonal(dim1=1, dim2=2))
        least, q = saliency.masked_fill(gone, torch.inf).min(1)
        cost = torch.maximum(cost, least)
        scores[rows, q], gone[rows, q] = cost, True
        column, own = inverse[rows, :, q], inverse[rows, q, q]
        w -= column * (w[rows, q] / own)[:, None]
        inverse -= column[:, :, None] * (column / own[:, None])[:, None, :]
        inverse[rows, q, q] = 1.0  # of what is gone
        w[rows, q] = 0.0
    return scores.to(kind)


@torch.no_grad()
def surgeon_update(
    weights: Float[Tensor, "rows n"],
    hessian: Float[Tensor, "n n"],
    kept: Bool[Tensor, "rows n"],
) -> Float[Tensor, "rows n"]:
    """Return the weights without those that go, the others moved to make up for them.

    Args:
        weights: Rows that share the curvature.
        hessian: Second derivatives of the loss within a row; positive definite.
        kept: Which weights stay.

    Raises:
        LinAlgError: If `hessian` is not positive definite.

    Example:
        >>> from trainwell.prune import surgeon_update
        >>> hessian = torch.tensor([[2.0, 1.0], [1.0, 2.0]])
        >>> kept = torch.tensor([[False, True]])
        >>> surgeon_update(torch.tensor([[1.0, 2.0]]), hessian, kept)
        tensor([[0.0000, 2.5000]])
    """
    found = torch.zeros_like(weights)
    for row, stays, out in zip(weights, kept, found, strict=True):
        if not stays.any():
            continue
        owed = hessian[stays] @ torch.where(stays, 0, row)
        factor = torch.linalg.cholesky(hessian[stays][:, stays])
        out[stays] = row[stays] + torch.cholesky_solve(owed[:, None], factor)[:, 0]
    return found
