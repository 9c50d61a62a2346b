"""Record the outputs of the layers of a model while it runs.

Source: definition.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.modules.conv import _ConvNd

from trainwell.core.progress import Advance
from trainwell.diagnose._init_types import Layer
from trainwell.diagnose._measure import dead_fraction, histogram, saturated_fraction
from trainwell.layers.activations import Maxout, is_activation


def measured_layers(model: nn.Module) -> dict[str, nn.Module]:
    """Return the convolutions, linear layers and activations of a model, by name."""
    return {
        name or type(module).__name__.lower(): module
        for name, module in model.named_modules()
        if _is_weighted(module) or _is_activation(module)
    }


@contextmanager
def outputs_observed(
    layers: Iterable[nn.Module], observe: Callable[[nn.Module, Tensor, int], None]
) -> Iterator[None]:
    """While open, call `observe` with every layer, its output and the channel axis."""
    linear = False

    def look(layer: nn.Module, _: object, output: Any) -> None:  # noqa: ANN401
        nonlocal linear
        if isinstance(output, Tensor):
            if _is_weighted(layer):
                linear = isinstance(layer, nn.Linear)
            observe(layer, output, -1 if linear or output.ndim < 2 else 1)

    handles = [layer.register_forward_hook(look) for layer in layers]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


class OutputRecorder:
    """While open, record one row for every call of the layers.

    Args:
        layers: Layers by name.
        advance: Function called for each layer, once forward and once backward.
    """

    def __init__(self, layers: dict[str, nn.Module], advance: Advance) -> None:
        self._names = {layer: name for name, layer in layers.items()}
        self._advance = advance
        self._calls: Counter[nn.Module] = Counter()
        self._rows: list[tuple[nn.Module, Layer]] = []
        self._depth = 0
        self._observing = outputs_observed(self._names, self._record)

    def __enter__(self) -> "OutputRecorder":
        self._observing.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._observing.__exit__(None, None, None)

    def rows(self, gradient_norms: dict[nn.Module, float]) -> tuple[Layer, ...]:
        """Return the rows, with the norms of the gradients."""
        return tuple(
            replace(row, gradient_norm=gradient_norms.get(layer))
            for layer, row in self._rows
        )

    def _record(self, layer: nn.Module, output: Tensor, axis: int) -> None:
        self._depth += _is_weighted(layer)
        self._calls[layer] += 1
        self._rows.append((layer, self._row(layer, output, axis)))
        if self._calls[layer] == 1:
            self._advance(1)
            if output.requires_grad:
                output.register_hook(self._passed)

    def _passed(self, _: Tensor) -> None:
        self._advance(1)

    @torch.no_grad()
    def _row(self, layer: nn.Module, output: Tensor, axis: int) -> Layer:
        kind, y = type(layer).__name__, output.detach().float()
        variance, mean = torch.var_mean(y.double(), correction=0)
        counts, edges = histogram(y)
        calls = self._calls[layer]
        return Layer(
            name=self._names[layer] + (f" ({calls})" if calls > 1 else ""),
            kind=kind,
            role="weight" if _is_weighted(layer) else "activation",
            depth=self._depth,
            shape=tuple(y.shape[1:]),
            mean=mean.item(),
            std=variance.sqrt().item(),
            saturated=saturated_fraction(y, kind),
            dead=dead_fraction(y, kind, axis=axis),
            gradient_norm=None,
            counts=counts,
            edges=edges,
        )


def _is_weighted(module: nn.Module) -> bool:
    return isinstance(module, _ConvNd | nn.Linear)


def _is_activation(module: nn.Module) -> bool:
    return is_activation(module) or isinstance(module, Maxout)
