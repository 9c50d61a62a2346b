"""Mixed precision and memory format, chosen by timing a few steps on this device.

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
_MAX_IMAGES = 64  # enough to rank the options; a whole batch would cost seconds
_LOSS_TOLERANCE = 0.05  # of the float32 loss: bfloat16 has three significant digits


@dataclass(frozen=True)
class StepTime:
    """Speed and final loss of one pair of precision and memory format.

    Attributes:
        precision: `float32` or `bfloat16`.
        memory_format: `contiguous` or `channels_last`.
        images_per_second: Speed of the fastest step.
        loss: Loss of the last step.

    Example:
        >>> StepTime("float32", "contiguous", 512.0, 2.3).images_per_second
        512.0
    """

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
    """Return the fastest pair that keeps the loss, and all that were timed.

    The model, and torch's random state, are left as they were.

    Args:
        model: Network to train, on its device.
        batch: Training batch, of which the first 64 images are used.
        loss_fn: Function (outputs, targets) -> one value per sample.
        precisions: Candidates; the first is the reference for the loss.
        memory_formats: Candidates.
        steps: Number of timed steps of each pair, after one that is not timed.

    Example:
        >>> model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(12, 2))
        >>> batch = Batch(torch.randn(4, 3, 2, 2), torch.arange(4) % 2, torch.arange(4))
        >>> best, timed = choose_step(model, batch, tw.losses.cross_entropy)
        >>> best in timed, len(timed)
        (True, 4)
    """
    timed = []
    batch = Batch(
        batch.images[:_MAX_IMAGES],
        batch.targets[:_MAX_IMAGES],
        batch.indices[:_MAX_IMAGES],
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
    pair: tuple[str, str],
    steps: int,
) -> StepTime:
    precision, memory_format = pair
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
