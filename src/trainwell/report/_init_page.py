"""The report on the start of a network: one self-contained page."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # measuring brings torch, showing does not need it
    from trainwell.diagnose import InitReport


@dataclass(frozen=True)
class InitCase:
    """The subject of a report, as text.

    Attributes:
        model: Name of the model.
        start: Modifications and initialisation.
        images: Description of the images.
        command: Command that repeats the measurement.
        environment: Versions and device, by name.

    Example:
        >>> InitCase(model="lenet", start="kaiming_normal", images="64 digits",
        ...          command="trainwell check init lenet", environment={}).model
        'lenet'
    """

    model: str
    start: str
    images: str
    command: str
    environment: dict[str, object]


def write_init_report(report: "InitReport", case: InitCase, path: Path) -> Path:
    """Write one self-contained page.

    Args:
        report: Measurements.
        case: Subject of the measurements.
        path: File to write.

    Example:
        >>> import pathlib, tempfile
        >>> from trainwell.diagnose import init_report
        >>> model = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Tanh())
        >>> case = InitCase("mine", "as it is", "64 vectors", "python mine.py",
        ...                 {"trainwell": tw.__version__})
        >>> path = pathlib.Path(tempfile.mkdtemp(), "init.html")
        >>> page = write_init_report(init_report(model, torch.randn(64, 4)), case, path)
        >>> page.read_text().count("<h1")
        1
    """
    from trainwell.core.files import write_atomically
    from trainwell.report._init_histogram import common_axis, picture
    from trainwell.report._init_panels import init_panels  # brings matplotlib
    from trainwell.report._templates import template

    axes = {
        role: common_axis([row for row in report.layers if row.role == role])
        for role in ("weight", "activation")
    }
    rows = [(row, picture(row, axes[row.role])) for row in report.layers]
    page = template("init.html.j2").render(
        report=report,
        case=case,
        rows=rows,
        axes=axes,
        panels=init_panels(report.layers),
        change=_change(report),
        chance=math.log(report.num_classes),
        dead=_most(report, "dead"),
        saturated=_most(report, "saturated"),
        gradients=_gradients(report),
    )
    write_atomically(path, page.encode("utf-8", "backslashreplace"))
    return path


def _change(report: "InitReport") -> float:
    """Return the deviation behind the last activation over that behind the first."""
    seen = [row for row in report.layers if row.role == "activation"] or report.layers
    return seen[-1].std / seen[0].std if seen[0].std else math.nan


def _most(report: "InitReport", share: str) -> float | None:
    shares = [getattr(row, share) for row in report.layers]
    return max((value for value in shares if value is not None), default=None)


def _gradients(report: "InitReport") -> tuple[float, float] | None:
    """Return the smallest and largest gradient over weight."""
    found = [row.gradient_norm for row in report.layers]
    finite = [value for value in found if value is not None and math.isfinite(value)]
    return (min(finite), max(finite)) if finite else None
