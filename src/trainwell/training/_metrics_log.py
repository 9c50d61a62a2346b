"""Metrics as JSON lines and TensorBoard events.

`metrics.jsonl` has one line per log step (`event: train`) and one per evaluation
(`event: evaluate`). A resumed run first drops the lines after its checkpoint, so that
the file reads as if the run had never stopped.
"""

import json
from pathlib import Path
from typing import Any

from torch import Tensor
from torch.utils.tensorboard import SummaryWriter

from trainwell.core.errors import RunError
from trainwell.core.files import read_regular
from trainwell.training._batch import Batch
from trainwell.training._hook import Hook
from trainwell.training._state import TrainState

_READ = {
    "train": ("loss", "lr"),
    "layers": ("ratio", "gradient_norm", "dead", "saturated", "data_seconds", "busy"),
}


def _text(path: Path) -> str:
    return read_regular(path).decode("utf-8")


def read_metrics(path: Path, headline: str | None = None) -> list[dict[str, Any]]:
    """Return the lines of a metrics file, without one cut off by a crash.

    Args:
        path: The file.
        headline: Metric that every evaluation must hold beside the loss.

    Raises:
        RunError: If a line holds something else than the numbers of an event.

    Example:
        >>> import tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp(), "metrics.jsonl")
        >>> _ = path.write_text('{"event": "mine", "step": 1, "epoch": 1}\\n{"ev')
        >>> read_metrics(path)
        [{'event': 'mine', 'step': 1, 'epoch': 1}]
    """
    lines = []
    for line in _text(path).splitlines() if path.exists() else []:
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if not _is_event(found, headline):
            raise RunError(
                f"{path} holds a line that is none of a run: {line[:60]!r}. Remove the "
                "line, or train again."
            )
        lines.append(found)
    return lines


def _is_event(line: Any, headline: str | None) -> bool:  # noqa: ANN401
    """Tell whether a line has a name, a step, and numbers, the ones that are read."""
    if not isinstance(line, dict) or not isinstance(line.get("event"), str):
        return False
    numbers = {k: v for k, v in line.items() if k != "event"}
    if not all(type(v) in (int, float) for v in numbers.values()):
        return False
    needed = {"step", "epoch", *_READ.get(line["event"], ())}
    if line["event"] == "evaluate":
        shown = ("loss", *([headline] if headline else []))
        needed |= {f"{split}_{name}" for split in ("train", "val") for name in shown}
    return needed <= {*numbers} and isinstance(line["step"], int)


class MetricsLog(Hook):
    """Write the mean training loss every few steps, and any line given to `write`.

    Args:
        folder: Run folder.
        per_epoch: Number of steps in an epoch.
        every: Number of steps between two lines.

    Example:
        >>> import tempfile, pathlib
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> log = MetricsLog(folder, per_epoch=10, every=5)
        >>> log.path.name
        'metrics.jsonl'
    """

    def __init__(self, folder: Path, per_epoch: int, every: int) -> None:
        self.folder = folder
        self.path = folder / "metrics.jsonl"
        self.per_epoch = per_epoch
        self.every = every
        self.losses: list[Tensor] = []
        self.marked = (0, 0.0)
        self.events: SummaryWriter | None = None

    def on_start(self, state: TrainState) -> None:
        """Drop the lines after the checkpoint, and open the files."""
        self._opened(state)

    def _opened(self, state: TrainState) -> SummaryWriter:
        if self.events is not None:
            return self.events
        kept = [line for line in read_metrics(self.path) if line["step"] <= state.step]
        text = "".join(json.dumps(line) + "\n" for line in kept)
        self.path.write_text(text, "utf-8")
        self.events = SummaryWriter(str(self.folder), purge_step=state.step + 1)
        self.marked = (state.step, state.step_seconds)
        return self.events

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Collect the loss; write a line when it is time."""
        self.losses.append(loss)
        if state.step % self.every and state.step < state.total_steps:
            return
        steps = state.step - self.marked[0]
        seconds = state.step_seconds - self.marked[1]
        self.marked = (state.step, state.step_seconds)
        mean = sum(x.item() for x in self.losses) / len(self.losses)
        self.losses.clear()
        self.write(
            state,
            "train",
            loss=mean,
            lr=state.optimizer.param_groups[0]["lr"],
            images_per_second=steps * len(batch) / max(seconds, 1e-9),
        )

    def write(self, state: TrainState, event: str, **values: float) -> None:
        """Append one line, and the same numbers to TensorBoard."""
        line = {
            "event": event,
            "step": state.step,
            "epoch": round(state.step / self.per_epoch, 3),
            "seconds": round(state.seconds, 3),
            **values,
        }
        events = self._opened(state)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        for name, value in values.items():
            events.add_scalar(f"{event}/{name}", value, state.step)

    def on_end(self, state: TrainState) -> None:
        """Flush the events."""
        self._opened(state).close()
