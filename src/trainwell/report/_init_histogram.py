"""Histograms of many layers, drawn over one axis so that they can be compared.

Source: definition.
"""

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:  # measuring brings torch, showing does not need it
    from trainwell.diagnose import Layer

_REACH = 3.5  # standard deviations about the mean that the axis shows
_BLOCKS = " ▁▂▃▄▅▆▇█"
_WIDTH, _HEIGHT = 132, 30  # of the picture, in its own units


def common_axis(layers: Sequence["Layer"]) -> tuple[float, float]:
    """Return the range that contains nearly all outputs of all layers.

    Example:
        >>> from trainwell.diagnose import init_report
        >>> model = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Tanh())
        >>> layers = init_report(model, torch.randn(64, 4)).layers
        >>> low, high = common_axis(layers)
        >>> low < 0 < high
        True
    """
    known = [row for row in layers if any(row.counts)]
    if not known:
        return -1.0, 1.0
    low = min(max(r.edges[0], r.mean - _REACH * r.std) for r in known)
    high = max(min(r.edges[-1], r.mean + _REACH * r.std) for r in known)
    return (low, high) if low < high else (low - 0.5, high + 0.5)


def heights(layer: "Layer", axis: tuple[float, float], num_bars: int) -> list[float]:
    """Return bars from 0 to 1 over the axis: square roots of the number of outputs.

    Roots, so that a peak at 0 leaves the rest visible.
    """
    import numpy as np

    if not any(layer.counts):
        return [0.0] * num_bars
    below = np.concatenate([[0], np.cumsum(layer.counts)])
    inside = np.diff(np.interp(np.linspace(*axis, num_bars + 1), layer.edges, below))
    scaled: list[float] = np.sqrt(inside / max(inside.max(), 1e-12)).tolist()
    return scaled


def blocks(layer: "Layer", axis: tuple[float, float], width: int) -> str:
    """Return the histogram as a line of text, in which a single output is visible.

    Example:
        >>> from trainwell.diagnose import init_report
        >>> model = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Tanh())
        >>> layers = init_report(model, torch.randn(64, 4)).layers
        >>> len(blocks(layers[0], common_axis(layers), width=12))
        12
    """
    top = len(_BLOCKS) - 1
    return "".join(_BLOCKS[ceil(bar * top)] for bar in heights(layer, axis, width))


def picture(layer: "Layer", axis: tuple[float, float]) -> Markup:
    """Return the histogram as inline SVG, with a mark at zero."""
    bars = heights(layer, axis, _WIDTH // 2)
    top = [f"V{_HEIGHT - (_HEIGHT - 1) * height:.1f}h2" for height in bars]
    low, high = axis
    zero = ""
    if low <= 0 <= high:
        x = _WIDTH * -low / (high - low)
        zero = f'<path class="zero-line" d="M{x:.1f} 0V{_HEIGHT}"/>'
    label = escape(
        f"{layer.name}: outputs from {layer.edges[0]:.3g} to {layer.edges[-1]:.3g}"
    )
    return Markup(
        f'<svg class="histogram {layer.role}" role="img" aria-label="{label}" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}"><title>{label}</title>{zero}'
        f'<path d="M0 {_HEIGHT}{"".join(top)}V{_HEIGHT}Z"/></svg>'
    )
