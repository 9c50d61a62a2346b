"""What a report shows of points: how many err how far, where, and the worst."""

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from markupsafe import Markup
from matplotlib.figure import Figure

from trainwell.core.plural import plural
from trainwell.report._run_files import RunFiles
from trainwell.report._svg import ACCENT, MUTED, SECOND, draw
from trainwell.tasks import ERROR_LIMIT, Keypoints, from_image, normalised_errors

_SHOWN = 12
_FARTHEST = 0.2  # of a curve; errors beyond say nothing more
_LISTED = 20  # points of a table


@dataclass(frozen=True)
class PointImage:
    """An image with its points and the predicted ones, in parts of its side.

    Attributes:
        uri: The image as the network saw it.
        name: Its file, or its place in an array.
        error: Its normalised error.
        ratio: Height over width.
        pairs: True x and y, predicted x and y of every visible point, 0 to 100.
    """

    uri: str
    name: str
    error: float
    ratio: float
    pairs: list[tuple[float, float, float, float]]

    @property
    def words(self) -> str:
        """What it shows, for who cannot see it."""
        return f"{self.name}: normalised error {self.error:.3f}"


def content(files: RunFiles) -> dict[str, Any]:
    """Return the values of the template."""
    task, targets = cast(Keypoints, files.metadata.task), files.targets
    predictions = files.probabilities
    errors = normalised_errors(predictions, targets)
    known = errors[~np.isnan(errors)]
    failed = int((known > ERROR_LIMIT).sum())
    rows = task.breakdown(predictions, targets)
    order = sorted(rows, key=lambda row: -float(row["error_in_pixels"]))
    return {
        "note": (
            f"{failed:,} of {len(known):,} {plural(len(known), 'image')} have an error "
            f"above {ERROR_LIMIT:g}, the median is {np.median(known):.4f}. The mean "
            f"shape would give {task.mean_error:.3f}."
        ),
        "rows": order[:_LISTED],
        "num_points": len(rows),
        "error_curve": _curve(known),
        "mean_shape": _mean_shape(files),
        "far": _worst(files, errors),
    }


def _curve(errors: npt.NDArray[np.float64]) -> Markup:
    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        steps = np.sort(errors)
        shares = np.arange(1, len(steps) + 1) / len(steps)
        axes.step([0, *steps], [0, *shares], where="post", color=ACCENT)
        axes.axvline(ERROR_LIMIT, color=MUTED, linewidth=1, linestyle="--")
        axes.set(
            xlim=(0, _FARTHEST),
            ylim=(0, 1.02),
            xlabel="normalised error",
            ylabel="share of images below",
        )

    share = float((errors <= ERROR_LIMIT).mean())
    label = f"Share of images below an error; {share:.3f} are at {ERROR_LIMIT:g}."
    return draw(paint, name="error-curve", label=label, size=(4.4, 3.6))


def _mean_shape(files: RunFiles) -> Markup:
    """Return the mean shape with a circle per point, as large as its error."""
    task = cast(Keypoints, files.metadata.task)
    shape = np.array(task.mean).reshape(-1, 2)
    units = normalised_errors_of_points(files)

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        largest = max(float(np.nanmax(units)), 1e-9)
        sizes = 12 + 260 * (units / largest) ** 2
        axes.scatter(shape[:, 0], shape[:, 1], sizes, color=SECOND, alpha=0.45)
        axes.plot(*shape.T, ".", color=ACCENT, markersize=3)
        axes.set_aspect("equal")
        axes.invert_yaxis()
        axes.set_axis_off()

    label = "The mean shape; the larger a circle, the larger the error of its point."
    return draw(paint, name="mean-shape", label=label, size=(4.4, 3.6))


def normalised_errors_of_points(files: RunFiles) -> npt.NDArray[np.float64]:
    """Return the mean error of every point in units of the image, (points,)."""
    targets = files.targets
    distances = np.linalg.norm(
        files.probabilities.reshape(targets.shape) - targets, axis=2
    )
    means = np.nanmean(distances, axis=1)
    errors = normalised_errors(files.probabilities, targets)
    units = np.where(errors > 0, means / np.where(errors > 0, errors, 1), 1)
    return np.asarray(np.nanmean(distances / units[:, None], axis=0))


def _worst(files: RunFiles, errors: npt.NDArray[np.float64]) -> list[PointImage]:
    of_shown = np.nan_to_num(errors[files.indices], nan=-1.0)
    size = files.images.shape[1:3]
    found = []
    for row in np.argsort(-of_shown, kind="stable")[:_SHOWN].tolist():
        index = int(files.indices[row])
        frame = files.frames[row : row + 1]
        true = from_image(files.targets[index][None], frame, size)[0]
        said = files.probabilities[index].reshape(1, -1, 2)
        said = from_image(said, frame, size)[0]
        scale = 100 / np.array(size[::-1])
        pairs = np.concatenate([true * scale, said * scale], 1)
        pairs = pairs[~np.isnan(pairs).any(1)]
        uri, _, name = files.pictured(row)
        found.append(
            PointImage(
                uri,
                name,
                error=float(errors[index]),
                ratio=size[0] / size[1],
                pairs=[tuple(x) for x in pairs.round(1).tolist()],
            )
        )
    return found
