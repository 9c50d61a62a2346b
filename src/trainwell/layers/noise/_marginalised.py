"""Marginalisation: train with noise, average it out at test time.

    log p(y | x) = log (1 / D) sum_d softmax(f(x, z_d)),    z_d ~ the noise of training

Use: where several passes per image are affordable and probabilities must be good, or to
measure how uncertain a network is.
Side effects: evaluation costs D passes; training is unchanged. Outputs in evaluation
are log-probabilities, not logits: softmax and argmax of them are right.
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
from trainwell.layers.noise._drop_connect import DropConnectLinear
from trainwell.layers.noise._types import NoiseLayer

_OTHERS = ("DropPath", "StochasticDepth", "DropBlock2d")  # of timm, torchvision, users


class Marginalised(nn.Module):
    """A classifier whose evaluation averages over draws of its noise layers.

    All other layers (normalisation above all) stay in evaluation mode. The draws depend
    on the seed alone, and torch's global generators are left as they were.

    Args:
        model: Returns logits, (batch, classes).
        draws: D.
        seed: Of the first draw.

    Raises:
        ValueError: If `draws` is not positive.
    """

    def __init__(self, model: nn.Module, *, draws: int = 8, seed: int = 0) -> None:
        super().__init__()
        checks.positive("draws", draws)
        self.model = model
        self.draws = draws
        self.seed = seed

    def forward(self, x: Tensor) -> Float[Tensor, "batch classes"]:
        """Return logits in training, log-probabilities in evaluation."""
        if self.training:
            logits: Tensor = self.model(x)
            return logits
        devices = range(torch.cuda.device_count())
        with torch.random.fork_rng(devices), _noisy(self.model):
            drawn = []
            for draw in range(self.draws):
                torch.manual_seed(self.seed + draw)
                drawn.append(self.model(x).float().log_softmax(1))
        return torch.stack(drawn).logsumexp(0) - math.log(self.draws)


@contextmanager
def _noisy(model: nn.Module) -> Iterator[None]:
    """Let noise layers work as in training; put their modes back at the end."""
    with modes_kept(model):
        for layer in model.modules():
            if _draws(layer):
                layer.training = True
        yield


def _draws(layer: nn.Module) -> bool:
    known = isinstance(layer, (NoiseLayer, DropConnectLinear, _DropoutNd))
    return known or type(layer).__name__ in _OTHERS
