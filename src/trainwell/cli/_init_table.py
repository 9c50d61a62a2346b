"""The rows of a report on the start of a network, as a table in the terminal."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from trainwell.diagnose import InitReport, Layer
from trainwell.report import blocks, common_axis, digits, percent

_WIDTH = 12  # characters of a histogram
_ROWS, _BLOCKS = 24, 10  # more layers than these are shown on the page
_NARROW = 100  # columns below which kinds and shapes are left out


def layer_rows(report: InitReport) -> list[dict[str, Any]]:
    """Return the table as values, without histograms."""
    rows = [asdict(row) for row in report.layers]
    return [
        {name: value for name, value in row.items() if name not in ("counts", "edges")}
        for row in rows
    ]


def show_layers(report: InitReport) -> None:
    """Print the table; histograms of one kind share an axis.

    Of a deep network, layers at even distances are shown, the first and the last too.
    """
    console = Console(highlight=False)
    wide = console.width >= _NARROW
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("layer", overflow="fold")
    if wide:
        table.add_column("kind", style="dim", no_wrap=True)
        table.add_column("shape", style="dim", no_wrap=True)
    for name in ("mean", "std", "satur.", "dead", "gradient"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("outputs", no_wrap=True)
    axes = {
        role: common_axis([row for row in report.layers if row.role == role])
        for role in ("weight", "activation")
    }
    shown = _shown(report.layers)
    for row in shown:
        table.add_row(
            escape(row.name),
            *([row.kind, "x".join(map(str, row.shape))] if wide else []),
            digits(row.mean),
            digits(row.std),
            percent(row.saturated),
            percent(row.dead),
            digits(row.gradient_norm),
            blocks(row, axes[row.role], _WIDTH),
            style="" if row.role == "activation" else "dim",
        )
    console.print(table)
    if len(shown) < len(report.layers):
        count = f"{len(shown)} of {len(report.layers)}"
        console.print(f"layers    {count}; the page shows all")


def _shown(layers: Sequence[Layer]) -> list[Layer]:
    """Return all layers of a small network; of a large one some, with activations."""
    if len(layers) <= _ROWS:
        return list(layers)
    blocks: list[list[Layer]] = []
    for row in layers:
        if row.role == "weight" or not blocks:
            blocks.append([])
        blocks[-1].append(row)
    last = len(blocks) - 1
    some = {round(i * last / (_BLOCKS - 1)) for i in range(_BLOCKS)}
    return [row for i in sorted(some) for row in blocks[i]]
