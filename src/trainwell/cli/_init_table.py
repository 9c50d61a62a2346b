"""The rows of a report on the start of a network, as a table in the terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from trainwell.diagnose import InitReport
from trainwell.report import blocks, common_axis, digits, percent

_WIDTH = 12  # characters of a histogram
_NARROW = 100  # columns below which kinds and shapes are left out


def show_layers(report: InitReport) -> None:
    """Print the table; histograms of one kind share an axis."""
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
    for row in report.layers:
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
