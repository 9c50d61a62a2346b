"""Draw with matplotlib; get SVG that takes its colours and font from the page.

A picture is painted in the stand-in colours below, which become CSS variables: so it
follows light and dark. Text stays text, and takes the font of the page.
"""

import io
import re
from collections.abc import Callable
from typing import Any

import matplotlib
from cycler import cycler
from markupsafe import Markup, escape
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

INK, MUTED, LINE, ACCENT, SECOND = (f"#01010{i}" for i in range(1, 6))
_MORE = [f"#01011{i}" for i in range(4)]  # of series beyond the second

_VARIABLES = {
    INK: "var(--ink)",
    MUTED: "var(--muted)",
    LINE: "var(--line)",
    ACCENT: "var(--accent)",
    SECOND: "var(--second)",
} | {color: f"var(--series-{i})" for i, color in enumerate(_MORE, 3)}
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "trainwell",
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.facecolor": "none",
    "axes.labelcolor": MUTED,
    "axes.grid": True,
    "axes.prop_cycle": cycler(color=[ACCENT, SECOND, *_MORE]),
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "figure.facecolor": "none",
    "grid.color": LINE,
    "grid.linewidth": 0.8,
    "lines.linewidth": 1.8,
    "xtick.color": LINE,
    "xtick.labelcolor": MUTED,
    "ytick.left": False,
    "ytick.labelcolor": MUTED,
}


def draw(
    paint: Callable[[Figure], None],
    *,
    name: str,
    label: str,
    size: tuple[float, float] = (4.4, 2.7),
) -> Markup:
    """Return what `paint` puts on a figure as inline SVG.

    Args:
        paint: Receives the empty figure.
        name: Unlike that of every other picture on the page: ids begin with it.
        label: What it shows, in words, for who cannot see it.
        size: Width and height in inches; the page scales it to its column.
    """
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        figure = Figure(figsize=size, layout="constrained")
        paint(figure)
        buffer = io.StringIO()
        # unlike savefig, this lays out once
        FigureCanvasSVG(figure).print_svg(buffer)  # type: ignore[no-untyped-call]
    return Markup(_for_page(buffer.getvalue(), name, label))


def _in_page_font(svg: str) -> str:
    """Keep the size of text alone; older matplotlib writes it as `font:`."""
    svg = re.sub(r"font: ([\d.]+px)[^;\"]*", r"font-size: \1", svg)
    return re.sub(r"font-family: [^;\"]*;? ?", "", svg)


def _for_page(svg: str, name: str, label: str) -> str:
    inner = svg[svg.index("<svg") :]
    view_box = re.search(r'viewBox="[^"]*"', inner)
    assert view_box is not None
    inner = inner[inner.index(">") + 1 :]
    inner = re.sub(r"<metadata>.*?</metadata>", "", inner, flags=re.DOTALL)
    inner = re.sub(r"<style.*?</style>", "", inner, flags=re.DOTALL)
    inner = _in_page_font(inner)
    inner = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", inner)
    for color, variable in _VARIABLES.items():
        inner = inner.replace(color, variable)
    head = f'<svg class="plot" role="img" aria-label="{escape(label)}" {view_box[0]}>'
    return head + re.sub(r">\s+<", "><", inner).strip()
