"""What the norms share."""

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _NormBase

from trainwell.core import checks

_WITH_ACTIVATION = ("timm.layers.norm_act.BatchNormAct2d",)


class RunningNorm(nn.Module):
    """Abstract: a norm of ours that evaluates with statistics met in training.

    Attributes are named as torch's BatchNorm names them, so that states are
    exchanged.

    Args:
        num_features: Channels, at axis 1.
        eps: Added to a variance.
        momentum: Fraction of the new batch in the running statistics, in [0, 1].
    """

    weight: nn.Parameter
    bias: nn.Parameter
    running_mean: Tensor
    num_batches_tracked: Tensor

    def __init__(self, num_features: int, *, eps: float, momentum: float) -> None:
        super().__init__()
        checks.positive("num_features", num_features)
        checks.positive("eps", eps)
        checks.between("momentum", momentum, 0, 1)
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("num_batches_tracked", torch.tensor(0))

    def extra_repr(self) -> str:
        """Show the channels and the constants."""
        return f"{self.num_features}, eps={self.eps}, momentum={self.momentum}"


class RunningVarianceNorm(RunningNorm):
    """Abstract: a `RunningNorm` that evaluates exactly as BatchNorm does."""

    running_var: Tensor

    def __init__(self, num_features: int, *, eps: float, momentum: float) -> None:
        super().__init__(num_features, eps=eps, momentum=momentum)
        self.register_buffer("running_var", torch.ones(num_features))

    def evaluated(self, x: Tensor) -> Tensor:
        """Normalise with the running statistics."""
        return nn.functional.batch_norm(
            x, self.running_mean, self.running_var, self.weight, self.bias, eps=self.eps
        )

    @torch.no_grad()
    def follow(self, mean: Tensor, var: Tensor) -> None:
        """Move the running statistics towards those of a batch; var is unbiased."""
        self.running_mean.lerp_(mean.to(self.running_mean), self.momentum)
        self.running_var.lerp_(var.to(self.running_var), self.momentum)


def has_statistics(layer: nn.Module) -> bool:
    """Tell whether a layer is a norm with running statistics, of torch or ours."""
    if isinstance(layer, _NormBase):
        return layer.running_mean is not None
    return isinstance(layer, RunningNorm)


def holds_activation(module: nn.Module) -> bool:
    """Tell timm's norms that hold the dropout and activation after them."""
    return f"{type(module).__module__}.{type(module).__name__}" in _WITH_ACTIVATION


def what_follows(norm: nn.Module) -> nn.Module:
    """Return what stays when the norm itself goes: the activation it holds, if any."""
    held = list(norm.children())
    left = nn.Sequential(*held) if held else nn.Identity()
    return left.train(norm.training)


def largest_divisor(number: int, limit: int) -> int:
    """Return the largest divisor of `number` that is not above `limit`."""
    return next(k for k in range(min(limit, number), 0, -1) if number % k == 0)
