"""Draw a schedule in the terminal, or as a picture."""

from collections.abc import Callable
from pathlib import Path

_WIDTH, _HEIGHT = 64, 12
_BLOCKS = " ▁▂▃▄▅▆▇█"


def plot(schedule: Callable[[float], float]) -> str:
    """Return the curve as rows of text, with both axes labelled."""
    values = [schedule(i / (_WIDTH - 1)) for i in range(_WIDTH)]
    top = max(max(values), 1e-12)
    rows = []
    for row in range(_HEIGHT, 0, -1):
        cells = [_cell(value / top * _HEIGHT - (row - 1)) for value in values]
        label = f"{top:8.3g} " if row == _HEIGHT else " " * 9
        rows.append(f"{label}┤{''.join(cells)}")
    rows.append(f"{0:8.3g} └{'─' * _WIDTH}")
    rows.append(f"{'':10}0{'progress':^{_WIDTH - 2}}1")
    return "\n".join(rows)


def _cell(filled: float) -> str:
    return _BLOCKS[round(min(max(filled, 0.0), 1.0) * 8)]


def points(schedule: Callable[[float], float]) -> list[dict[str, float]]:
    """Return the factor at 101 points of the run."""
    return [{"progress": i / 100, "factor": schedule(i / 100)} for i in range(101)]


def save(curves: dict[str, Callable[[float], float]], path: Path) -> None:
    """Write a picture of some schedules; its format follows from the name."""
    import numpy as np
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.add_subplot()
    progress = np.linspace(0, 1, 500)
    for name, schedule in curves.items():
        axes.plot(progress, [schedule(float(p)) for p in progress], label=name)
    axes.set(xlabel="progress", ylabel="factor on the rate", xlim=(0, 1))
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    axes.legend(frameon=False)
    figure.savefig(path)
