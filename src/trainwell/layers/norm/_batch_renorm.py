"""Batch renormalisation: train with what evaluation will use.

    x_hat = (x - mu_B) / sigma_B r + d,    y = gamma x_hat + beta
    r = clip(sigma_B / sigma, 1 / r_max, r_max)
    d = clip((mu_B - mu) / sigma, -d_max, d_max)

where mu and sigma are the running statistics; r and d carry no gradient. Without the
clipping, y is what evaluation gives. At first r_max = 1 and d_max = 0, which is batch
normalisation; later both grow linearly to their final values.

Use: in place of `batch_norm` for small batches, or batches that are not drawn evenly.
Side effects: training and evaluation agree better; a short run may end in the warm-up
and be plain batch normalisation, so scale the steps to the run.
Source: Ioffe, "Batch Renormalization", 2017, algorithm 1 and section 3.2 (r_max = 1 for
5000 steps, 3 at 40 000; d_max = 5 at 25 000), https://arxiv.org/abs/1702.03275. We
average the unbiased variance, as batch normalisation does, where the paper averages
sigma; so states are exchanged and evaluation can be folded.
"""

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.core.tensors import at_least_float32
from trainwell.layers.norm._types import RunningVarianceNorm


def corrections(
    mean: Float[Tensor, " channels"],
    sigma: Float[Tensor, " channels"],
    running_mean: Float[Tensor, " channels"],
    running_sigma: Float[Tensor, " channels"],
    *,
    max_r: Float[Tensor, ""],
    max_d: Float[Tensor, ""],
) -> tuple[Float[Tensor, " channels"], Float[Tensor, " channels"]]:
    """Return r and d of every channel."""
    r = torch.minimum(torch.maximum(sigma / running_sigma, 1 / max_r), max_r)
    d = (mean - running_mean) / running_sigma
    return r, torch.minimum(torch.maximum(d, -max_d), max_d)


def batch_renorm(  # noqa: PLR0913
    x: Float[Tensor, "batch channels *space"],
    running_mean: Float[Tensor, " channels"],
    running_var: Float[Tensor, " channels"],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    training: bool = False,
    momentum: float = 0.01,
    eps: float = 1e-5,
    *,
    max_r: Tensor | float = 3.0,
    max_d: Tensor | float = 5.0,
) -> Float[Tensor, "batch channels *space"]:
    """Normalise a batch of vectors or images; in evaluation this is batch norm.

    Args:
        x: Any rank from 2, with channels at axis 1.
        running_mean: Means for evaluation; moved in place in training.
        running_var: Variances for evaluation; moved in place in training.
        weight: gamma, one per channel; 1 by default.
        bias: beta, one per channel; 0 by default.
        training: Whether to use the statistics of the batch, corrected by r and d.
        momentum: Fraction of the new batch in the running statistics, in [0, 1].
        eps: Added to the variances.
        max_r: Limit of r, 1 or more.
        max_d: Limit of d, 0 or more.

    Example:
        >>> from trainwell.layers.norm.functional import batch_renorm
        >>> images = 3 * torch.randn(16, 4, 8, 8) + 1
        >>> mean, var = torch.zeros(4), torch.ones(4)
        >>> y = batch_renorm(images, mean, var, training=True, momentum=1.0)
        >>> torch.allclose(mean, images.mean((0, 2, 3)), atol=1e-5)
        True
    """
    if not training:
        return F.batch_norm(x, running_mean, running_var, weight, bias, eps=eps)
    axes = [axis for axis in range(x.ndim) if axis != 1]
    n = x.numel() // x.shape[1]
    with torch.no_grad():
        var, mean = torch.var_mean(at_least_float32(x), dim=axes, correction=0)
        r, d = corrections(
            mean,
            (var + eps).sqrt(),
            running_mean,
            (running_var + eps).sqrt(),
            max_r=torch.as_tensor(max_r, dtype=mean.dtype, device=mean.device),
            max_d=torch.as_tensor(max_d, dtype=mean.dtype, device=mean.device),
        )
        running_mean.lerp_(mean.to(running_mean), momentum)
        running_var.lerp_((var * (n / (n - 1))).to(running_var), momentum)
    scale = r if weight is None else weight * r
    shift = d if weight is None else weight * d
    shift = shift if bias is None else shift + bias
    return F.batch_norm(x, None, None, scale, shift, training=True, eps=eps)


class BatchRenorm2d(RunningVarianceNorm):
    """`batch_renorm` with limits that grow during training; vectors fit, too.

    Args:
        num_features: Channels, at axis 1.
        eps: Added to the variance.
        momentum: Fraction of the new batch in the running statistics, in [0, 1].
        max_r: Final limit of r, 1 or more.
        max_d: Final limit of d, 0 or more.
        warmup_steps: Training batches with r = 1 and d = 0.
        r_steps: Batches after that in which the limit of r grows to `max_r`.
        d_steps: Batches in which the limit of d grows to `max_d`.

    Raises:
        ValueError: If an argument is out of range.

    Example:
        >>> from trainwell.layers.norm import BatchRenorm2d
        >>> images = 3 * torch.randn(16, 4, 8, 8) + 1
        >>> y = BatchRenorm2d(4)(images)
        >>> print(f"{y.mean().abs():.2f} {y.std():.2f}")
        0.00 1.00
    """

    def __init__(  # noqa: PLR0913
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float = 0.01,
        *,
        max_r: float = 3.0,
        max_d: float = 5.0,
        warmup_steps: int = 5000,
        r_steps: int = 35_000,
        d_steps: int = 20_000,
    ) -> None:
        super().__init__(num_features, eps=eps, momentum=momentum)
        checks.between("max_r", max_r, 1, float("inf"))
        checks.between("max_d", max_d, 0, float("inf"))
        for name, steps in [
            ("warmup_steps", warmup_steps),
            ("r_steps", r_steps),
            ("d_steps", d_steps),
        ]:
            checks.between(name, steps, 0, float("inf"))
        self.max_r = max_r
        self.max_d = max_d
        self.warmup_steps = warmup_steps
        self.r_steps = r_steps
        self.d_steps = d_steps

    def limits(self) -> tuple[Tensor, Tensor]:
        """Return r_max and d_max at this step."""
        past = (self.num_batches_tracked - self.warmup_steps).to(self.running_mean)
        r_share = (past / max(self.r_steps, 1)).clamp(0, 1)
        d_share = (past / max(self.d_steps, 1)).clamp(0, 1)
        return 1 + (self.max_r - 1) * r_share, self.max_d * d_share

    def forward(
        self, x: Float[Tensor, "batch channels *space"]
    ) -> Float[Tensor, "batch channels *space"]:
        """Normalise a batch of any rank from 2."""
        max_r, max_d = self.limits()
        if self.training:
            self.num_batches_tracked.add_(1)
        return batch_renorm(
            x,
            self.running_mean,
            self.running_var,
            self.weight,
            self.bias,
            self.training,
            self.momentum,
            self.eps,
            max_r=max_r,
            max_d=max_d,
        )
