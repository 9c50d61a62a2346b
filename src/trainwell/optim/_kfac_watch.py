"""Watch a model while it trains, and sum the factors of each layer's curvature.

Forward hooks remember the inputs of each layer. When the whole model has run, labels
are drawn from its own predictions, the gradients of their log-likelihood go back to the
outputs of every layer, and both factors are added up. Passes without gradients, in
evaluation, or of a copy of the model leave no trace.

Use: through kfac.
Side effects: a second backward pass (without weights); draws from torch's generator.
Source: Martens & Grosse, 2015, section 5, https://arxiv.org/abs/1503.05671, on why
labels must be drawn and not be the true ones.
"""

from collections.abc import Sequence
from typing import Any, Literal

import torch
from torch import Tensor, nn
from torch.autograd.graph import GradientEdge, get_gradient_edge

from trainwell.core.layer_rows import Layer, input_rows, output_rows

Likelihood = Literal["categorical", "gaussian"]


class Watch:
    """Sums the factors of one layer until they are taken."""

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.seen: list[tuple[Tensor, GradientEdge]] = []
        self.clear()
        layer.register_forward_hook(self)

    def __call__(
        self, module: Layer, inputs: tuple[Tensor, ...], output: Tensor
    ) -> None:
        if module is self.layer and module.training and output.requires_grad:
            self.seen.append((inputs[0].detach(), get_gradient_edge(output)))

    def __deepcopy__(self, memo: dict[int, Any]) -> "Watch":
        return self  # so a copied layer has a hook that watches another

    def clear(self) -> None:
        """Forget what was summed."""
        self.a: Tensor | None = None
        self.g: Tensor | None = None
        self.samples, self.rows = 0, 0

    def add(self, x: Tensor, g: Tensor) -> None:
        """Add the inputs, and the gradients of each sample by its outputs."""
        dtype = self.layer.weight.dtype
        inputs = input_rows(self.layer, x.to(dtype), bias=self.biased)
        outputs = output_rows(self.layer, g.to(dtype))
        a, g = inputs.T @ inputs, outputs.T @ outputs
        self.a = a if self.a is None else self.a + a
        self.g = g if self.g is None else self.g + g
        self.samples += len(x)
        self.rows += len(inputs)

    def take(self) -> tuple[Tensor, Tensor] | None:
        """Return the factors of the batch, and forget them; None if nothing came."""
        if self.a is None or self.g is None:
            return None
        factors = self.a / self.samples, self.g / self.rows
        self.clear()
        return factors

    @property
    def biased(self) -> bool:
        """Whether the bias is trained along with the weights."""
        return self.layer.bias is not None and self.layer.bias.requires_grad

    def gradient(self) -> Tensor | None:
        """Return the gradient as a matrix, the bias in its last column."""
        weight = self.layer.weight.grad
        if weight is None:
            return None
        parts = [weight.flatten(1)]
        if self.biased:
            parts.append(_gradient(self.layer.bias)[:, None])
        return torch.cat(parts, 1)

    def set_gradient(self, matrix: Tensor) -> None:
        """Put such a matrix in the place of the gradient."""
        if self.biased:
            _gradient(self.layer.bias).copy_(matrix[:, -1])
            matrix = matrix[:, :-1]
        weight = _gradient(self.layer.weight)
        weight.copy_(matrix.reshape(weight.shape))


class Sampler:
    """Draws labels from the model's predictions, and feeds the watches."""

    def __init__(
        self, model: nn.Module, watches: Sequence[Watch], likelihood: Likelihood
    ) -> None:
        self.model, self.watches, self.likelihood = model, watches, likelihood
        model.register_forward_hook(self)

    def __call__(
        self, module: nn.Module, inputs: tuple[Any, ...], output: Tensor
    ) -> None:
        seen = [(watch, *pass_) for watch in self.watches for pass_ in watch.seen]
        for watch in self.watches:
            watch.seen = []
        if module is not self.model or not seen:
            return
        gradients = torch.autograd.grad(
            output,
            [edge for _, _, edge in seen],
            score(output.detach(), self.likelihood),
            retain_graph=True,
            allow_unused=True,
        )
        with torch.no_grad():
            for (watch, x, _), g in zip(seen, gradients, strict=True):
                if g is not None:
                    watch.add(x, g)

    def __deepcopy__(self, memo: dict[int, Any]) -> "Sampler":
        return self


def score(outputs: Tensor, likelihood: Likelihood) -> Tensor:
    """Return the gradient of -log p(y | outputs) for y drawn from p."""
    if likelihood == "gaussian":
        return torch.randn_like(outputs)
    p = outputs.float().softmax(-1)
    labels = torch.multinomial(p.flatten(0, -2), 1).view(p.shape[:-1])
    return (p - nn.functional.one_hot(labels, p.shape[-1])).to(outputs.dtype)


def _gradient(x: Tensor | None) -> Tensor:
    assert x is not None
    assert x.grad is not None
    return x.grad
