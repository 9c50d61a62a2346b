"""Measure what the layers of a model put out while it runs.

Source: definition.
"""

from collections import Counter
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.modules.conv import _ConvNd

from trainwell.core.progress import Advance
from trainwell.diagnose._init_types import Layer
from trainwell.diagnose._measure import dead_share, histogram, saturated_share
from trainwell.layers.activations import Maxout, is_activation


def watched_layers(model: nn.Module) -> dict[str, nn.Module]:
    """Return the convolutions, linear maps and activations of a model, by name."""
    return {
        name or type(module).__name__.lower(): module
        for name, module in model.named_modules()
        if is_weighted(module) or _is_activation(module)
    }


class Watch:
    """While open, every call of the layers leaves a row.

    Args:
        layers: By name.
        advance: Called for each layer, once forward and once backward.
    """

    def __init__(self, layers: dict[str, nn.Module], advance: Advance) -> None:
        self._names = {layer: name for name, layer in layers.items()}
        self._advance = advance
        self._calls: Counter[nn.Module] = Counter()
        self._seen: list[tuple[nn.Module, Layer]] = []
        self._depth = 0
        self._last_axis = False

    def __enter__(self) -> "Watch":
        self._handles = [m.register_forward_hook(self._look) for m in self._names]
        return self

    def __exit__(self, *_: object) -> None:
        for handle in self._handles:
            handle.remove()

    def rows(self, gradient_norms: dict[nn.Module, float]) -> tuple[Layer, ...]:
        """Return what was seen, with the norms of the gradients put in."""
        return tuple(
            replace(row, gradient_norm=gradient_norms.get(layer))
            for layer, row in self._seen
        )

    def _look(self, layer: nn.Module, _: object, output: Any) -> None:  # noqa: ANN401
        if not isinstance(output, Tensor):
            return
        weighted = is_weighted(layer)
        if weighted:
            self._depth += 1
            self._last_axis = isinstance(layer, nn.Linear)
        self._calls[layer] += 1
        self._seen.append((layer, self._row(layer, output, weighted=weighted)))
        if self._calls[layer] == 1:
            self._advance(1)
            if output.requires_grad:
                output.register_hook(self._passed)

    def _passed(self, _: Tensor) -> None:
        self._advance(1)

    @torch.no_grad()
    def _row(self, layer: nn.Module, output: Tensor, *, weighted: bool) -> Layer:
        kind, y = type(layer).__name__, output.detach().float()
        axis = -1 if self._last_axis or y.ndim < 2 else 1
        variance, mean = torch.var_mean(y.double(), correction=0)
        counts, edges = histogram(y)
        calls = self._calls[layer]
        return Layer(
            name=self._names[layer] + (f" ({calls})" if calls > 1 else ""),
            kind=kind,
            role="weight" if weighted else "activation",
            depth=self._depth,
            shape=tuple(y.shape[1:]),
            mean=mean.item(),
            std=variance.sqrt().item(),
            saturated=saturated_share(y, kind),
            dead=dead_share(y, kind, axis=axis),
            gradient_norm=None,
            counts=counts,
            edges=edges,
        )


def is_weighted(module: nn.Module) -> bool:
    """Tell whether a module is a convolution or a linear map."""
    return isinstance(module, _ConvNd | nn.Linear)


def _is_activation(module: nn.Module) -> bool:
    return is_activation(module) or isinstance(module, Maxout)
