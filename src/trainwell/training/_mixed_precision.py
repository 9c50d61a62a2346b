"""Mixed precision and memory format, chosen by timing a few steps on this device.

Every pair is run on the same batch from the same weights; the fastest wins among those
whose loss stays near that of float32. Measured, not guessed: channels_last or bfloat16
can gain 3x on one machine and lose on the next. A tie is decided by the order, not by
chance: another pair than an earlier one has to be clearly faster.
"""

import copy
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from trainwell.core.modes import evaluating
from trainwell.training._batch import Batch, autocast

PRECISIONS = ("float32", "bfloat16")
MEMORY_FORMATS = {
    "contiguous": torch.contiguous_format,
    "channels_last": torch.channels_last,
}
_MAX_IMAGES, _MIN_IMAGES = 64, 8  # enough to rank; a whole batch would cost seconds
_PIXELS = 64 * 64 * 64  # of all images; fewer of them where they are large
_SECONDS = 0.5  # of timed steps that are enough for one pair
_HOPELESS = 3.0  # a first step is slow, but not so many times the best one
_SLOWER = 1.5  # a later step
_STEPS, _STEP = 2, 3.0  # of a pair, where they take long; times a forward pass
_CLEARLY = 1.1  # times faster than an earlier pair; below it, the timing is chance
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

    The model, and torch's random state, are left as they were. A pair that is clearly
    slower than the best before it is left after its first steps.

    Args:
        model: Network to train, on its device.
        batch: Training batch, of which the first 64 images are used; fewer of them
            where they are larger than 64x64 pixels, but 8.
        loss_fn: Function (outputs, targets) -> one value per sample.
        precisions: Candidates; the first is the reference for the loss.
        memory_formats: Candidates.
        steps: Number of timed steps of each pair, after one that is not timed; fewer
            where they take long.

    Example:
        >>> model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(12, 2))
        >>> batch = Batch(torch.randn(4, 3, 2, 2), torch.arange(4) % 2, torch.arange(4))
        >>> best, timed = choose_step(model, batch, tw.losses.cross_entropy)
        >>> best in timed, len(timed)
        (True, 4)
    """
    timed: list[StepTime] = []
    batch = _some(batch)
    state = torch.get_rng_state()
    for precision in precisions:
        for memory_format in memory_formats:
            torch.set_rng_state(state)
            best = max((t.images_per_second for t in timed), default=0.0)
            least = len(batch) / best if best else float("inf")
            pair = precision, memory_format
            timed.append(_time(model, batch, loss_fn, pair, steps, least))
    torch.set_rng_state(state)
    return fastest_step(timed), tuple(timed)


def timing_seconds(model: nn.Module, batch: Batch) -> float:
    """Return about how long `choose_step` times one pair, by one forward pass.

    The model is left as it was.

    Example:
        >>> model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(12, 2))
        >>> batch = Batch(torch.randn(4, 3, 2, 2), torch.arange(4) % 2, torch.arange(4))
        >>> timing_seconds(model, batch) > 0
        True
    """
    images = _some(batch).images
    start = time.perf_counter()
    with evaluating(model, []):
        model(images[:_MIN_IMAGES])
    forward = (time.perf_counter() - start) * len(images) / len(images[:_MIN_IMAGES])
    return _STEPS * _STEP * forward


def _some(batch: Batch) -> Batch:
    """Return the images that are timed."""
    pixels = max(1, batch.images[0, 0].numel())
    count = max(_MIN_IMAGES, min(_MAX_IMAGES, _PIXELS // pixels))
    return Batch(batch.images[:count], batch.targets[:count], batch.indices[:count])


def fastest_step(timed: Sequence[StepTime]) -> StepTime:
    """Return the first that is as fast as the fastest, of those that keep the loss.

    Args:
        timed: In order of preference; the first is the reference for the loss.

    Example:
        >>> timed = [StepTime("float32", "contiguous", 100.0, 2.3),
        ...          StepTime("float32", "channels_last", 105.0, 2.3)]
        >>> fastest_step(timed).memory_format
        'contiguous'
    """
    allowed = _LOSS_TOLERANCE * max(abs(timed[0].loss), 0.1)
    kept = [t for t in timed if abs(t.loss - timed[0].loss) <= allowed] or timed[:1]
    enough = max(t.images_per_second for t in kept) / _CLEARLY
    return next(t for t in kept if t.images_per_second >= enough)


def _time(
    model: nn.Module,
    batch: Batch,
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    pair: tuple[str, str],
    steps: int,
    least: float,
) -> StepTime:
    """Time a pair; `least` are the seconds of the best step of those before it."""
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
        later = seconds[1:]
        if min(seconds) > (_SLOWER if later else _HOPELESS) * least:
            break
        if sum(later) > _SECONDS:
            break
    rate = len(batch) / min(seconds)  # the least disturbed step
    return StepTime(precision, memory_format, rate, value)
