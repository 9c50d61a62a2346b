"""Choose precision and memory format by timing a few steps on this device.

Every pair is run on the same batch from the same weights; the fastest wins among those
whose loss stays near that of float32. Measured, not guessed: channels_last or bfloat16
can gain 3x on one machine and lose on the next.
"""

import copy
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from trainwell.training._batch import Batch, autocast

PRECISIONS = ("float32", "bfloat16")
MEMORY_FORMATS = {
    "contiguous": torch.contiguous_format,
    "channels_last": torch.channels_last,
}
_MOST_IMAGES = 64  # enough to rank the ways; a whole batch would cost seconds
_LOSS_TOLERANCE = 0.05  # of the float32 loss: bfloat16 has three significant digits


@dataclass(frozen=True)
class StepTime:
    """How fast one way of stepping is, and the loss it ends in."""

    precision: str
    memory_format: str
    images_per_second: float
    loss: float


def choose_step(
    model: nn.Module,
    batch: Batch,
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    *,
    precisions: Sequence[str] = PRECISIONS,
    memory_formats: Sequence[str] = tuple(MEMORY_FORMATS),
    steps: int = 3,
) -> tuple[StepTime, tuple[StepTime, ...]]:
    """Return the fastest way that keeps the loss, and all that were timed.

    The model, and torch's random state, are left as they were.

    Args:
        model: What will be trained, on its device.
        batch: A training batch; its first 64 images are used.
        loss_fn: (outputs, targets) -> one value per sample.
        precisions: Candidates; the first is the reference for the loss.
        memory_formats: Candidates.
        steps: Timed steps of each, after one that is not.
    """
    timed = []
    batch = Batch(
        batch.images[:_MOST_IMAGES],
        batch.targets[:_MOST_IMAGES],
        batch.indices[:_MOST_IMAGES],
    )
    state = torch.get_rng_state()
    for precision in precisions:
        for memory_format in memory_formats:
            torch.set_rng_state(state)
            timed.append(
                _time(model, batch, loss_fn, (precision, memory_format), steps)
            )
    torch.set_rng_state(state)
    allowed = _LOSS_TOLERANCE * max(abs(timed[0].loss), 0.1)
    kept = [t for t in timed if abs(t.loss - timed[0].loss) <= allowed]
    return max(kept or timed[:1], key=lambda t: t.images_per_second), tuple(timed)


def _time(
    model: nn.Module,
    batch: Batch,
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    way: tuple[str, str],
    steps: int,
) -> StepTime:
    precision, memory_format = way
    trial = copy.deepcopy(model).to(memory_format=MEMORY_FORMATS[memory_format])  # type: ignore[call-overload]
    trial.train()
    images = batch.images.contiguous(memory_format=MEMORY_FORMATS[memory_format])
    seconds, loss = [], torch.zeros(())
    for _ in range(steps + 1):
        start = time.perf_counter()
        with autocast(images.device, precision):
            outputs = trial(images)
        loss = loss_fn(outputs, batch.targets).mean()
        loss.backward()
        value = loss.item()
        seconds.append(time.perf_counter() - start)
        trial.zero_grad(set_to_none=True)
    rate = len(batch) / min(seconds[1:])  # the least disturbed step
    return StepTime(precision, memory_format, rate, value)
