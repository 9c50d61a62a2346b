"""DropConnect: zero each weight of a linear layer with probability p, per example.

    u_n = ((M_n * W) x_n + m_n * b) / (1 - p),    M, m ~ Bernoulli(1 - p)

At test time either the mean, u = W x + b, or the paper's moment matching: u is taken
for a Gaussian with this mean and the variance p / (1 - p) ((W * W) (x * x) + b * b),
and the activation a that follows is averaged, E[a(u)].

Use: in wide fully connected layers, like `dropout`; a little stronger.
Side effects: one mask of the weight's size per example: batch times the memory and time
of the layer in training. None in evaluation with test="mean".
Source: Wan et al., "Regularization of Neural Networks using DropConnect", 2013,
algorithms 1 and 2, https://proceedings.mlr.press/v28/wan13.html. We divide by 1 - p in
training, where the paper multiplies at test time, so evaluation by the mean is the
plain layer; and E[a(u)] is over quantiles, not random draws, so it is repeatable.
"""

import statistics
from typing import Literal

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks


def drop_connect_linear(
    x: Float[Tensor, "batch inputs"],
    weight: Float[Tensor, "outputs inputs"],
    bias: Float[Tensor, " outputs"] | None,
    kept: Float[Tensor, "batch outputs inputs"],
    kept_bias: Float[Tensor, "batch outputs"],
    *,
    p: float,
) -> Float[Tensor, "batch outputs"]:
    """Apply a linear map in which each example keeps its own weights.

    Args:
        x: One vector per example.
        weight: Shared by all examples.
        bias: Shared by all examples, or None.
        kept: 1 where an example keeps a weight, 0 where it is dropped.
        kept_bias: 1 where an example keeps a bias, 0 where it is dropped.
        p: The probability with which the masks dropped, in [0, 1).

    Example:
        >>> from trainwell.layers.stochastic.functional import drop_connect_linear
        >>> x, weight = torch.ones(1, 2), torch.tensor([[3.0, 5.0]])
        >>> kept = torch.tensor([[[1.0, 0.0]]])
        >>> drop_connect_linear(x, weight, None, kept, torch.ones(1, 1), p=0.5)
        tensor([[6.]])
    """
    u: Tensor = torch.einsum("noi,oi,ni->no", kept, weight, x)
    if bias is not None:
        u = u + kept_bias * bias
    return u / (1 - p)


def moments(
    x: Float[Tensor, "... inputs"],
    weight: Float[Tensor, "outputs inputs"],
    bias: Float[Tensor, " outputs"] | None,
    *,
    p: float,
) -> tuple[Float[Tensor, "... outputs"], Float[Tensor, "... outputs"]]:
    """Return mean and variance of `drop_connect_linear` over the masks."""
    square = None if bias is None else bias.square()
    var = F.linear(x.square(), weight.square(), square) * (p / (1 - p))
    return F.linear(x, weight, bias), var


class DropConnectLinear(nn.Linear):
    """`drop_connect_linear` in training; the mean or the moments in evaluation.

    Args:
        in_features: Size of the last axis.
        out_features: Size of the last axis of the output.
        bias: Whether there is a bias.
        p: Probability of zeroing a weight, in [0, 1).
        activation: Applied to the output; what test="gaussian" averages.
        test: The rule of evaluation. Without an activation both are the same.
        samples: Quantiles of the Gaussian to average over.

    Example:
        >>> from trainwell.layers.stochastic import DropConnectLinear
        >>> layer = DropConnectLinear(8, 4, p=0.5).eval()
        >>> x = torch.rand(2, 8)
        >>> plain = torch.nn.functional.linear(x, layer.weight, layer.bias)
        >>> torch.equal(layer(x), plain)
        True
    """

    quantiles: Tensor

    def __init__(
        self,
        in_features: int,
        out_features: int,
        bias: bool = True,
        *,
        p: float = 0.5,
        activation: nn.Module | None = None,
        test: Literal["mean", "gaussian"] = "mean",
        samples: int = 64,
    ) -> None:
        if not 0 <= p < 1:
            raise ValueError(f"`p` must be in [0, 1), got {p!r}.")
        checks.one_of("test", test, ["mean", "gaussian"])
        checks.positive("samples", samples)
        super().__init__(in_features, out_features, bias)
        self.p = p
        self.activation = nn.Identity() if activation is None else activation
        self.test = test
        normal = statistics.NormalDist()
        points = [normal.inv_cdf((i + 0.5) / samples) for i in range(samples)]
        self.register_buffer("quantiles", torch.tensor(points), persistent=False)

    def forward(self, input: Float[Tensor, "... inputs"]) -> Tensor:  # noqa: A002
        """Apply to a batch of any rank; every row has its own mask in training."""
        if self.training and self.p > 0:
            rows = input.flatten(0, -2)
            shape = (len(rows), *self.weight.shape)
            kept = torch.rand(shape, device=rows.device) >= self.p
            kept_bias = torch.rand(shape[:2], device=rows.device) >= self.p
            u = drop_connect_linear(
                rows,
                self.weight,
                self.bias,
                kept.to(self.weight.dtype),
                kept_bias.to(self.weight.dtype),
                p=self.p,
            )
            y: Tensor = self.activation(u.view(*input.shape[:-1], -1))
            return y
        if self.training or self.test == "mean":
            plain: Tensor = self.activation(F.linear(input, self.weight, self.bias))
            return plain
        return self._matched(input)

    def _matched(self, x: Tensor) -> Tensor:
        """Average the activation over the Gaussian of the same moments."""
        mean, var = moments(x, self.weight, self.bias, p=self.p)
        points = self.quantiles.to(mean.dtype).view(-1, *[1] * mean.ndim)
        averaged: Tensor = self.activation(mean + var.sqrt() * points).mean(0)
        return averaged

    def extra_repr(self) -> str:
        """Show the sizes, p and the rule."""
        return f"{super().extra_repr()}, p={self.p}, test={self.test!r}"


def drop_connect_layer(
    linear: nn.Linear,
    activation: nn.Module | None = None,
    *,
    p: float = 0.5,
    test: Literal["mean", "gaussian"] = "mean",
    samples: int = 64,
) -> DropConnectLinear:
    """Return a layer in place of `linear`, with the same parameters and state names.

    Args:
        linear: Its weight and bias are shared, not copied.
        activation: What follows, if it is to move into the layer for test="gaussian".
        p: Probability of zeroing a weight, in [0, 1).
        test: The rule of evaluation. Without an activation both are the same.
        samples: Quantiles of the Gaussian to average over.

    Raises:
        ValueError: If an argument is out of range.
    """
    layer = DropConnectLinear(
        linear.in_features,
        linear.out_features,
        bias=linear.bias is not None,
        p=p,
        activation=activation,
        test=test,
        samples=samples,
    )
    layer.weight = linear.weight
    layer.bias = linear.bias
    layer.to(linear.weight.device)
    return layer.train(linear.training)
