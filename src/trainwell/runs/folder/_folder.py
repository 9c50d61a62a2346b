"""The run folder: where everything of a run lies, and that one process writes it."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainwell.core.errors import RunError
from trainwell.core.files import read_regular, remove_left_over, write_atomically
from trainwell.core.locks import InUseError, held, no_warning
from trainwell.report import Origin, Summary, read_run_json
from trainwell.training import previous_of

_BEGUN = ("recipe.yaml", "seconds.json", "study.db")
_BEGINNINGS = (
    ".lock",
    "environment.json",
    "metrics.jsonl",
    "origin.json",
    "policy.yaml",
    "recipe.yaml",
    "seconds.json",
)
_WRITTEN_TO = ("", "checkpoints", "epochs", "predictions")


class _Inside:
    """A path inside the folder whose class has this attribute."""

    def __init__(self, place: str) -> None:
        self.place = place

    def __get__(self, folder: Any, kind: type) -> Path:  # noqa: ANN401
        inside: Path = folder.path / self.place
        return inside


@dataclass(frozen=True)
class RunFolder:
    """Paths inside a run folder.

    Attributes:
        path: The folder.
        recipe: The resolved recipe.
        policy: The policy file that the recipe names, as it was at the start.
        origin: The source of the data, its fingerprint, and what was chosen.
        environment: The machine and the software.
        metrics: Training and evaluation, line by line.
        last: The whole training state, from which a run resumes; the one before it
            lies beside it.
        best: The weights of the best evaluation.
        epochs: The weights of each epoch, where they are kept.
        images: Content keys of the images of each split; see `split_images`.
        members: The runs of an ensemble's networks.
        weights: The final weights.
        metadata: What the model is and expects.
        summary: The run in numbers; written last, so its presence means finished.

    Example:
        >>> RunFolder(run).summary.name, RunFolder(run).finished
        ('summary.json', True)
    """

    path: Path
    recipe = _Inside("recipe.yaml")
    policy = _Inside("policy.yaml")
    origin = _Inside("origin.json")
    environment = _Inside("environment.json")
    metrics = _Inside("metrics.jsonl")
    last = _Inside("checkpoints/last.safetensors")
    best = _Inside("checkpoints/best.safetensors")
    epochs = _Inside("epochs")
    images = _Inside("images.npz")
    members = _Inside("members")
    weights = _Inside("model.safetensors")
    metadata = _Inside("model.json")
    summary = _Inside("summary.json")

    @property
    def begun(self) -> bool:
        """Whether a run or a study was begun in it."""
        return any((self.path / name).exists() for name in _BEGUN)

    @property
    def started(self) -> bool:
        """Whether there is something to resume."""
        return self.recipe.exists() and (self.has_state or self.members.exists())

    @property
    def resumable(self) -> bool:
        """Whether `--resume` finds a training, a study or a search to go on with."""
        found = ("study.db", "seconds.json")
        return self.started or any((self.path / name).exists() for name in found)

    @property
    def has_state(self) -> bool:
        """Whether it holds a training state, or the one before."""
        return self.last.exists() or previous_of(self.last).exists()

    @property
    def blank(self) -> bool:
        """Whether it is empty, or has only what an empty run folder has."""
        return self._holds_only((".lock",))

    @property
    def finished(self) -> bool:
        """Whether the run came to its end."""
        return self.summary.exists()

    def write_json(self, path: Path, content: Any) -> None:  # noqa: ANN401
        """Write JSON, wholly or not at all."""
        write_atomically(path, (json.dumps(content, indent=2) + "\n").encode())

    def read_json(self, path: Path) -> Any:  # noqa: ANN401
        """Read JSON.

        Raises:
            RunError: If the file is missing or damaged.
        """
        try:
            return json.loads(read_regular(path))
        except (OSError, ValueError) as error:
            raise RunError(f"{path} cannot be read ({error}).") from error

    def read_summary(self) -> dict[str, Any]:
        """Read summary.json; raise RunError if it is none."""
        if not self.finished and self.recipe.exists():
            raise RunError(
                f"{self.path} is not finished; `trainwell finish {self.path}` makes "
                "its model and report."
            )
        return read_run_json(self.summary, Summary)

    def read_origin(self) -> dict[str, Any]:
        """Read origin.json; raise RunError if it is none."""
        return read_run_json(self.origin, Origin)

    @contextmanager
    def locked(self, warn: Callable[[str], None] = no_warning) -> Iterator[None]:
        """Hold the folder for this process; remove it if nothing was begun in it.

        Args:
            warn: Called with a message if the file system has no locks.

        Raises:
            RunError: If another process holds it, or it cannot be written to.
        """
        try:
            (self.path / "checkpoints").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunError(
                f"{self.path} cannot be written to ({error.strerror}); choose another "
                "folder with `out` (`--out`)."
            ) from error
        try:
            with held(self.path, warn):
                for part in _WRITTEN_TO:
                    remove_left_over(self.path / part)
                yield
        except BaseException as error:
            if not isinstance(error, InUseError) and self._holds_only(_BEGINNINGS):
                shutil.rmtree(self.path)
            raise

    def _holds_only(self, names: tuple[str, ...]) -> bool:
        held = {path.name for path in self.path.iterdir()} - {*names}
        return not held - {"checkpoints"} and not any(self.last.parent.glob("*"))
