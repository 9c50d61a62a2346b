"""Draw originals beside their looks, as a picture."""

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from trainwell.core.errors import UserError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from trainwell.runs import PreviewImage

_INCHES, _LETTERS = 1.55, 28  # of one image, and below it in one line
_SHARP = 160  # pixels up to which they are shown as squares


def check_out(out: Path) -> None:
    """Refuse a file that no picture can be written to, before any work.

    Raises:
        UserError: If its kind is not known, or its folder does not exist.
    """
    from matplotlib.backend_bases import FigureCanvasBase

    kinds = sorted(FigureCanvasBase.get_supported_filetypes())
    if out.suffix.removeprefix(".").lower() not in kinds:
        raise UserError(f"{out} must end in one of .{', .'.join(kinds)}.")
    if not out.parent.is_dir() or out.is_dir():
        raise UserError(f"{out} cannot be written: its folder does not exist.")


def save(rows: list[list["PreviewImage"]], out: Path) -> None:
    """Write the picture: a row per image, the original first."""
    from matplotlib.figure import Figure

    lines = max(len(_caption(seen)) for row in rows for seen in row)
    shapes = [seen.image.shape for row in rows for seen in row]
    tallest = min(1.0, max(height / width for height, width, _ in shapes))
    size = (_INCHES * len(rows[0]), (_INCHES * tallest + 0.13 * lines) * len(rows))
    figure = Figure(figsize=size, dpi=200)
    figure.set_layout_engine("constrained", h_pad=0.08)
    grid = figure.subplots(len(rows), len(rows[0]), squeeze=False)
    for axes_row, row in zip(grid, rows, strict=True):
        for number, (axes, seen) in enumerate(zip(axes_row, row, strict=True)):
            _draw(axes, seen)
            axes.set_xlabel(
                "\n".join(_caption(seen)),
                fontsize=6.5,
                fontweight="bold" if number == 0 else "normal",
                linespacing=1.2,
            )
    figure.savefig(out)


def _caption(seen: "PreviewImage") -> list[str]:
    return [line for words in seen.captions for line in textwrap.wrap(words, _LETTERS)]


def _draw(axes: "Axes", seen: "PreviewImage") -> None:
    import numpy as np

    height, width, channels = seen.image.shape
    axes.imshow(
        seen.image[..., :3] if channels >= 3 else seen.image[..., 0],
        cmap="gray",
        vmin=0,
        vmax=255,
        extent=(0, width, height, 0),
        interpolation="nearest" if max(height, width) <= _SHARP else "antialiased",
    )
    if seen.mask is not None and 0 < np.count_nonzero(seen.mask) < seen.mask.size:
        down, across = (np.arange(n) + 0.5 for n in seen.mask.shape)
        for colour, line in (("black", 1.6), ("yellow", 0.8)):
            axes.contour(
                across, down, seen.mask > 0, [0.5], colors=colour, linewidths=line
            )
    x, y = seen.points.T
    axes.scatter(x, y, s=7, c="red", edgecolors="white", linewidths=0.5)
    axes.set(xlim=(0, width), ylim=(height, 0), xticks=[], yticks=[])
    for side in axes.spines.values():
        side.set_visible(False)
