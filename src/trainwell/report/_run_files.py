"""Read what a run kept: the files that its report is made of."""

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import RunError
from trainwell.infer import ModelMetadata, read_metadata
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
        targets: Class indices of that split, (n,).
        names: A readable name per image, (n,).
        images: The telling ones, (m, size, size, channels).
        indices: Which images of the split they are, (m,).
    """

    recipe: str
    lines: list[dict[str, Any]]
    environment: dict[str, Any]
    origin: dict[str, str]
    audit: dict[str, Any]
    metadata: ModelMetadata
    split: str
    probabilities: npt.NDArray[np.float32]
    targets: npt.NDArray[np.int64]
    names: npt.NDArray[np.str_]
    images: npt.NDArray[np.uint8]
    indices: npt.NDArray[np.int64]


def read_run(run: Path) -> RunFiles:
    """Read the files of a finished run.

    Raises:
        RunError: If one is missing or damaged.
    """
    images, indices, kept = _arrays(run / "examples.npz", "images", "indices", "split")
    split = "test" if str(kept) == "test" else "val"
    probabilities, targets, names = _arrays(
        run / "predictions" / f"{split}.npz", "probabilities", "targets", "names"
    )
    return RunFiles(
        recipe=_text(run / "recipe.yaml"),
        lines=read_metrics(run / "metrics.jsonl"),
        environment=_json(run / "environment.json"),
        origin=_json(run / "origin.json"),
        audit=_json(run / "audit.json"),
        metadata=read_metadata(run / "model.json"),
        split=split,
        probabilities=probabilities,
        targets=targets,
        names=names,
        images=images,
        indices=indices,
    )


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _json(path: Path) -> Any:  # noqa: ANN401
    try:
        return json.loads(_text(path))
    except json.JSONDecodeError as error:
        raise _unreadable(path, error) from error


def _arrays(path: Path, *names: str) -> list[npt.NDArray[Any]]:
    try:
        with np.load(path, allow_pickle=False) as file:
            return [file[name] for name in names]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> RunError:
    return RunError(
        f"{path} cannot be read ({error}), and the report needs it; a finished run "
        "has it, so finish the run or train again."
    )
