"""Precise BatchNorm: statistics of the final weights over many batches.

    mu = sum_b n_b mu_b / n,    var = sum_b n_b (var_b + (mu_b - mu)^2) / n

where n_b counts the values of a channel in batch b (samples times positions). So mu and
var are the mean and variance over the whole population, batches of unequal size
included, and not a moving average that remembers older weights. A norm that
decorrelates gets the whitening of the population's covariance, found in the same way.

Use: after averaging weights, and before evaluating a run with small batches or a large
rate at its end.
Side effects: one more pass over some training images; the weights stay.
Source: Wu & Johnson, "Rethinking 'Batch' in BatchNorm", 2021, section 3,
https://arxiv.org/abs/2105.07576. As there, each layer sees the input that the layers
before it produce with batch statistics, so one pass suffices.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

from trainwell.layers.norm._decorrelated_batch_norm import (
    DecorrelatedBatchNorm2d,
    group_covariance,
)
from trainwell.layers.norm._freeze import is_frozen
from trainwell.layers.norm._types import RunningVarianceNorm

_Layer = _BatchNorm | RunningVarianceNorm | DecorrelatedBatchNorm2d
_LONG_AGO = -(2**40)  # batches before the first: a ramp by the counter has not begun


class _Population:
    """Mean and covariance by groups of all batches seen so far, in float64.

    The groups are single channels, unless the layer decorrelates.
    """

    def __init__(self, layer: _Layer) -> None:
        self.layer = layer
        self.count = 0
        self.size = 1
        if isinstance(layer, DecorrelatedBatchNorm2d):
            self.size = layer.group_size
        groups = layer.num_features // self.size
        self.mean = torch.zeros(groups, self.size, dtype=torch.float64)
        self.squares = torch.zeros(groups, self.size, self.size, dtype=torch.float64)

    def observe(self, layer: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        """Merge the input of one forward pass; a forward pre-hook."""
        x = inputs[0].float().transpose(0, 1).flatten(1)
        n = x.shape[1]
        centre = x.mean(1, keepdim=True)
        covariance = group_covariance(x - centre, size=self.size).double().cpu()
        mean = centre.double().cpu().view(-1, self.size)
        total = self.count + n
        shift = mean - self.mean
        outer = shift[:, :, None] * shift[:, None, :]
        self.squares += n * covariance + outer * (self.count * n / total)
        self.mean += shift * (n / total)
        self.count = total

    def store(self) -> None:
        """Write the statistics into the layer."""
        layer, spread = self.layer, self.squares / self.count
        assert layer.running_mean is not None
        layer.running_mean.copy_(self.mean.flatten())
        if isinstance(layer, DecorrelatedBatchNorm2d):
            layer.running_whitening.copy_(layer.whitening(spread))
        else:
            assert layer.running_var is not None
            layer.running_var.copy_(spread.flatten())


@torch.no_grad()
def precise_bn(model: nn.Module, batches: Iterable[Tensor]) -> None:
    """Re-estimate the running statistics of every norm that has them, in place.

    All other layers run in evaluation mode (dropout is off). Frozen layers and layers
    without running statistics are left alone. Training flags, momenta and batch
    counters are what they were before.

    Args:
        model: Called once with each batch.
        batches: Inputs of the model, of any batch sizes, on its device.

    Raises:
        ValueError: If `batches` is empty.

    Example:
        >>> from trainwell.layers.norm import precise_bn
        >>> model = torch.nn.BatchNorm1d(2)
        >>> images = torch.tensor([[0.0, 1.0], [2.0, 3.0]])
        >>> precise_bn(model, [images])
        >>> model.running_mean
        tensor([1., 2.])
    """
    populations = [
        _Population(layer)
        for layer in model.modules()
        if isinstance(layer, _Layer)
        and layer.running_mean is not None
        and not is_frozen(layer)
    ]
    if not populations:
        return
    empty = True
    with _observed(model, populations):
        for batch in batches:
            model(batch)
            empty = False
    if empty:
        raise ValueError("`batches` must hold at least one batch, got none.")
    for population in populations:
        if population.count:
            population.store()


@contextmanager
def _observed(model: nn.Module, populations: list[_Population]) -> Iterator[None]:
    """Let the layers use and report batch statistics; put all flags back at the end."""
    modes = {module: module.training for module in model.modules()}
    momenta = [p.layer.momentum for p in populations]
    counters = [p.layer.num_batches_tracked for p in populations]
    handles = [p.layer.register_forward_pre_hook(p.observe) for p in populations]
    model.eval()
    for p in populations:
        p.layer.train()
        p.layer.momentum = 0.0  # the pass itself does not move the statistics
        p.layer.num_batches_tracked = torch.tensor(_LONG_AGO)
    try:
        yield
    finally:
        for p, momentum, counter, handle in zip(
            populations, momenta, counters, handles, strict=True
        ):
            p.layer.momentum = momentum
            p.layer.num_batches_tracked = counter
            handle.remove()
        for module, mode in modes.items():
            module.training = mode
