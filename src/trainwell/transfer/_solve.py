"""Solve for the head: the best linear classifier of features that do not change.

    W, b = argmin  mean_i cross_entropy(W z_i + b, smoothed y_i) + penalty ||W||^2
    z = (features - mean) / std, clipped at 5, of the training images

It is convex: L-BFGS finds it in seconds where small steps take epochs, and fine-tuning
starts from features that fit the head.

Use: `transfer.solve=true`, before fine-tuning or in its place.
Side effects: none.
Source: Kumar et al., "Fine-tuning can distort pretrained features", 2022,
https://arxiv.org/abs/2202.10054
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from jaxtyping import Float, Int
from torch import Tensor

from trainwell.core import checks
from trainwell.core.tensors import clipped_scores, in_any_part

_PENALTY = 0.2  # divided by the number of classes
_LABEL_PENALTY = 0.05
_SMOOTHING = 0.1
_STEPS = 40
_FLAT = 1e-3  # added to deviations: a feature that never moves says nothing


@dataclass(frozen=True)
class LinearHead:
    """A linear classifier of standardised features, or a regression on them.

    Attributes:
        mean: Of every feature, (d,).
        std: Of every feature, (d,).
        weight: (classes, d); (columns, d) where these are numbers.
        bias: (classes,).

    Example:
        >>> zeros, ones = torch.zeros(2), torch.ones(2)
        >>> head = LinearHead(zeros, ones, torch.eye(2), zeros)
        >>> head.logits(torch.tensor([[2.0, 9.0]]))
        tensor([[2., 5.]])
    """

    mean: Float[Tensor, " features"]
    std: Float[Tensor, " features"]
    weight: Float[Tensor, "classes features"]
    bias: Float[Tensor, " classes"]

    def logits(
        self, features: Float[Tensor, "batch *parts features"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logits of some features."""
        z = clipped_scores(features, self.mean, self.std)
        return in_any_part(F.linear(z, self.weight, self.bias))


def standardization(
    features: Float[Tensor, "images *parts features"],
) -> tuple[Float[Tensor, " features"], Float[Tensor, " features"]]:
    """Return the means and deviations that a head subtracts and divides by."""
    rows = features.flatten(0, -2)
    return rows.mean(0), rows.std(0, correction=0) + _FLAT


def solve_head(
    features: Float[Tensor, "images features"],
    targets: Int[Tensor, " images"],
    num_classes: int,
    *,
    penalty: float | None = None,
    label_smoothing: float = _SMOOTHING,
    steps: int = _STEPS,
) -> LinearHead:
    """Return the linear classifier of these features.

    Args:
        features: One row per image.
        targets: Class indices.
        num_classes: Classes; one without images gets low scores.
        penalty: Weight of the squared weights; 0.2 / `num_classes` by default.
        label_smoothing: Share of the target that is spread over all classes.
        steps: Iterations of L-BFGS at most.

    Raises:
        ValueError: If `penalty` or `steps` is not positive, or `label_smoothing` not in
            [0, 1].

    Example:
        >>> y = torch.arange(40) % 2
        >>> x = y[:, None] + 0.1 * torch.randn(40, 3)
        >>> (solve_head(x, y, 2).logits(x).argmax(1) == y).all().item()
        True
    """
    penalty = _PENALTY / num_classes if penalty is None else penalty
    checks.positive("penalty", penalty)
    checks.positive("steps", steps)
    checks.between("label_smoothing", label_smoothing, 0, 1)

    def loss(logits: Tensor) -> Tensor:
        return F.cross_entropy(logits, targets, label_smoothing=label_smoothing)

    return _solved(features, num_classes, loss, penalty, steps)


def solve_label_head(
    features: Float[Tensor, "images *parts features"],
    targets: Float[Tensor, "images labels"],
    *,
    penalty: float = _LABEL_PENALTY,
    steps: int = _STEPS,
) -> LinearHead:
    """Return a logistic regression of each of several labels.

    Args:
        features: One row per image, or one per part of it: a label is there if any part
            shows it.
        targets: 1 for every label that is there, else 0.
        penalty: Weight of the squared weights of each.
        steps: Iterations of L-BFGS at most.

    Raises:
        ValueError: If `penalty` or `steps` is not positive.

    Example:
        >>> y = (torch.arange(40)[:, None] % torch.tensor([2, 3]) == 0).float()
        >>> x = y + 0.1 * torch.randn(40, 2)
        >>> ((solve_label_head(x, y).logits(x) > 0) == y.bool()).all().item()
        True
    """
    checks.positive("penalty", penalty)
    checks.positive("steps", steps)

    def loss(logits: Tensor) -> Tensor:
        each = F.binary_cross_entropy_with_logits(
            logits, targets.to(logits.dtype), reduction="none"
        )
        return each.sum(1).mean()

    return _solved(features, targets.shape[1], loss, penalty, steps)


def _solved(
    features: Tensor,
    count: int,
    loss_fn: Callable[[Tensor], Tensor],
    penalty: float,
    steps: int,
) -> LinearHead:
    """Return the linear map of standardised features with the lowest loss."""
    mean, std = standardization(features)
    z = clipped_scores(features, mean, std)
    weight = torch.zeros(count, z.shape[-1], dtype=z.dtype, device=z.device)
    bias = weight.new_zeros(count)
    parameters = [weight.requires_grad_(), bias.requires_grad_()]
    optimizer = torch.optim.LBFGS(
        parameters, max_iter=steps, line_search_fn="strong_wolfe"
    )

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = loss_fn(in_any_part(F.linear(z, weight, bias)))
        loss = loss + penalty * weight.square().sum()
        loss.backward()
        return loss

    with torch.enable_grad():
        optimizer.step(closure)
    return LinearHead(mean, std, weight.detach(), bias.detach())
