"""Read what a run kept: the files that its report is made of."""

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import RunError
from trainwell.core.files import open_regular, read_regular
from trainwell.infer import ModelMetadata, read_metadata
from trainwell.report._image import data_uri, is_tiny
from trainwell.report._inside_file import read_inside
from trainwell.report._run_json import Audit, Environment, Origin, read_run_json
from trainwell.tasks import Task
from trainwell.training import read_metrics


@dataclass(frozen=True)
class RunFiles:
    """The content of a finished run's files.

    Attributes:
        recipe: The resolved recipe, as YAML.
        lines: Of metrics.jsonl, in order.
        environment: The machine and the software.
        origin: Data source, fingerprint, and why these defaults were chosen.
        audit: What was found in the data.
        metadata: What the model is and expects.
        split: `test`, or `val` where there is no test split.
        probabilities: Of that split, (n, classes).
        targets: Targets of that split, (n,) or (n, ...).
        names: A readable name per image, (n,).
        images: The telling ones, (m, height, width, channels).
        indices: Which images of the split they are, (m,).
        frames: Where whole images lie in what is shown, (m, 4).
        inside: What was kept of the inside of the network; perhaps nothing.
    """

    recipe: str
    lines: list[dict[str, Any]]
    environment: dict[str, Any]
    origin: dict[str, Any]
    audit: dict[str, Any]
    metadata: ModelMetadata
    split: str
    probabilities: npt.NDArray[np.float32]
    targets: npt.NDArray[Any]
    names: npt.NDArray[np.str_]
    images: npt.NDArray[np.uint8]
    indices: npt.NDArray[np.int64]
    frames: npt.NDArray[np.float64]
    inside: dict[str, npt.NDArray[Any]] = field(default_factory=dict)

    def pictured(self, row: int) -> tuple[str, bool, str]:
        """Return a telling image: address, whether it is tiny, and its name."""
        name = str(self.names[int(self.indices[row])])
        return data_uri(self.images[row]), is_tiny(self.images[row]), name


def read_run(run: Path) -> RunFiles:
    """Read the files of a finished run.

    Raises:
        RunError: If one is missing or damaged.
    """
    images, indices, frames, kept = _arrays(
        run / "examples.npz", "images", "indices", "frames", "split"
    )
    split = "test" if str(kept) == "test" else "val"
    path = run / "predictions" / f"{split}.npz"
    probabilities, targets, names = _arrays(path, "probabilities", "targets", "names")
    metadata = read_metadata(run / "model.json")
    _refuse_shapes(path, probabilities, targets, names, metadata.task)
    if (
        images.shape[:1] != indices.shape
        or images.ndim != 4
        or images.dtype != np.uint8
        or not _below(indices, len(targets))
        or frames.shape != (len(indices), 4)
        or frames.dtype.kind != "f"
    ):
        raise _unreadable(run / "examples.npz", "its arrays do not fit each other")
    audit = read_run_json(run / "audit.json", Audit)
    if any({*metadata.classes} - {*counts} for counts in audit["counts"].values()):
        raise _unreadable(run / "audit.json", "it counts other classes")
    return RunFiles(
        recipe=_text(run / "recipe.yaml"),
        lines=read_metrics(run / "metrics.jsonl", metadata.task.headline),
        environment=read_run_json(run / "environment.json", Environment),
        origin=read_run_json(run / "origin.json", Origin),
        audit=audit,
        metadata=metadata,
        split=split,
        probabilities=probabilities,
        targets=targets,
        names=names,
        images=images,
        indices=indices,
        frames=frames,
        inside=read_inside(run / "inside.npz", images),
    )


def _text(path: Path) -> str:
    try:
        return read_regular(path).decode("utf-8")
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _arrays(path: Path, *names: str) -> list[npt.NDArray[Any]]:
    try:
        with (
            open_regular(path) as stream,
            np.load(stream, allow_pickle=False) as file,
        ):
            return [file[name] for name in names]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise _unreadable(path, error) from error


def _refuse_shapes(
    path: Path,
    probabilities: npt.NDArray[Any],
    targets: npt.NDArray[Any],
    names: npt.NDArray[Any],
    task: Task,
) -> None:
    count = len(task.labels)
    classes = task.linear == "classes"
    shape = (len(targets) if not classes or targets.ndim == 1 else 0, task.num_outputs)
    fit = probabilities.shape == shape and names.shape == shape[:1] and shape[0] > 0
    known = _below(targets, count) if classes else targets.dtype.kind in "fi"
    if not fit or probabilities.dtype.kind != "f" or not known:
        raise _unreadable(path, "its arrays do not fit each other")


def _below(indices: npt.NDArray[Any], count: int) -> bool:
    """Tell whether all are whole numbers from 0 to below the count."""
    whole = indices.ndim == 1 and indices.dtype.kind in "iu"
    return whole and bool(((indices >= 0) & (indices < count)).all())


def _unreadable(path: Path, error: Exception | str) -> RunError:
    return RunError(
        f"{path} cannot be read ({error}), and the report needs it; a finished run "
        "has it, so finish the run or train again."
    )
