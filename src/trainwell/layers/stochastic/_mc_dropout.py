"""MC dropout: sample the stochastic layers at test time, too, and average.

    log p(y | x) = log (1 / D) sum_d softmax(f(x, z_d)),    z_d ~ the noise of training

Use: where D forward passes per image are affordable and probabilities must be good, or
to measure how uncertain a network is.
Side effects: evaluation costs D forward passes; training is unchanged. Outputs in
evaluation are log-probabilities, not logits: softmax and argmax of them are right.
Source: Gal & Ghahramani, "Dropout as a Bayesian Approximation", 2016, section 4,
https://arxiv.org/abs/1506.02142; for pooling regions Graham, "Fractional Max-Pooling",
2014, section 4.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.modules.dropout import _DropoutNd

from trainwell.core import checks
from trainwell.core.modes import modes_kept
from trainwell.layers.stochastic._drop_connect import DropConnectLinear
from trainwell.layers.stochastic._types import StochasticLayer

_OTHERS = ("DropPath", "StochasticDepth", "DropBlock2d")  # of timm, torchvision, users


class MCDropout(nn.Module):
    """A classifier whose evaluation averages over samples of its stochastic layers.

    All other layers (normalisation above all) stay in evaluation mode. The samples
    depend on the seed alone, and torch's global generators are left as they were.

    Args:
        model: Returns logits, (batch, classes).
        samples: D, the number of Monte Carlo samples per image.
        seed: The seed of the first sample.

    Raises:
        ValueError: If `samples` is not positive.

    Example:
        >>> from trainwell.layers.stochastic import Dropout, MCDropout
        >>> model = torch.nn.Sequential(Dropout(0.5), torch.nn.Linear(8, 3))
        >>> log_p = MCDropout(model, samples=4).eval()(torch.rand(2, 8))
        >>> torch.allclose(log_p.exp().sum(1), torch.ones(2))
        True
    """

    def __init__(self, model: nn.Module, *, samples: int = 8, seed: int = 0) -> None:
        super().__init__()
        checks.positive("samples", samples)
        self.model = model
        self.samples = samples
        self.seed = seed

    def forward(self, x: Tensor) -> Float[Tensor, "batch classes"]:
        """Return logits in training, log-probabilities in evaluation."""
        if self.training:
            logits: Tensor = self.model(x)
            return logits
        devices = range(torch.cuda.device_count())
        with torch.random.fork_rng(devices), _sampling(self.model):
            drawn = []
            for sample in range(self.samples):
                torch.manual_seed(self.seed + sample)
                drawn.append(self.model(x).float().log_softmax(1))
        return torch.stack(drawn).logsumexp(0) - math.log(self.samples)


@contextmanager
def _sampling(model: nn.Module) -> Iterator[None]:
    """Let stochastic layers work as in training; restore their modes at the end."""
    with modes_kept(model):
        for layer in model.modules():
            if _is_stochastic(layer):
                layer.training = True
        yield


def has_stochastic_layers(model: nn.Module) -> bool:
    """Tell whether a model has a layer that samples at random in training.

    Example:
        >>> from trainwell.layers.stochastic import has_stochastic_layers
        >>> has_stochastic_layers(torch.nn.Dropout(0.1))
        True
    """
    return any(_is_stochastic(layer) for layer in model.modules())


def _is_stochastic(layer: nn.Module) -> bool:
    known = isinstance(layer, (StochasticLayer, DropConnectLinear, _DropoutNd))
    return known or type(layer).__name__ in _OTHERS
