"""Give a network of points a second look, and solve for its head.

The first look errs: the turns that it leads to differ from the right ones. How, is seen
on validation images, and drawn at random for the training images, so that the second
head learns from images turned as those will be that it has never seen.

features of training images so turned -> ridge regression -> the head of `SecondLook`
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from trainwell.data import Dataset, ImageStore
from trainwell.models import (
    Modification,
    SecondLook,
    Turn,
    placed,
    sides_of,
    similarity,
    turned,
)
from trainwell.runs._reporter import Reporter
from trainwell.runs.setup._features import MOST
from trainwell.runs.setup._head_inputs import HeadInputs
from trainwell.runs.setup._network import Network
from trainwell.runs.setup._time_left import solving_seconds
from trainwell.training import RenderSettings, plain_batch
from trainwell.transfer import choose_penalty

_BATCH = 32
_PASSES = 4  # over the training images, at most
_PASS, _REST = 1.2, 2.0  # times the seconds of features alone; seconds beside
LOOK = Modification("looks", "aligned", {})


def passes_that_fit(
    left: float, spent: float, shape: tuple[int, ...], solved: float = 0.0
) -> int:
    """Return how many passes over the training images there is time and memory for.

    Args:
        left: Seconds that are left.
        spent: Seconds in which the features of all training images were computed.
        shape: Number of these images, and of features.
        solved: Seconds in which the first look was solved for on as many images.

    Example:
        >>> passes_that_fit(30.0, 8.0, (3000, 14592))
        2
    """
    images, width = shape
    most = min(_PASSES, MOST // (images * width))

    def cost(passes: int) -> float:
        solving = max(solving_seconds(passes * images, width), passes**2 * solved)
        return passes * _PASS * spent + solving + _REST

    return max((n for n in range(1, most + 1) if cost(n) <= left), default=0)


@dataclass(frozen=True)
class Seen:
    """Images, and where the first look sees their points.

    Attributes:
        dataset: The images.
        store: Their pixels.
        points: In deviations from the mean shape, (n, outputs).
    """

    dataset: Dataset
    store: ImageStore
    points: Tensor


def solve_second_look(
    network: Network,
    reads: HeadInputs,
    train: Seen,
    val: Seen,
    settings: RenderSettings,
    *,
    flips: Sequence[bool],
    reporter: Reporter,
) -> Network:
    """Return the network with a second look, its head solved for.

    Args:
        network: With the head of its first look.
        reads: What its head reads of images.
        train: Training images.
        val: Validation images.
        settings: How images are shown.
        flips: For every pass over the training images, whether they are mirrored.
        reporter: Shows progress.
    """
    start, shape = time.perf_counter(), network.metadata.task.mean_shape()
    assert shape is not None
    device = next(network.model.parameters()).device
    looks = SecondLook(network.model).to(device)
    looks.set_shape(torch.tensor(shape[0], device=device), shape[1])
    canonical = looks.canonical.reshape(-1, 2)
    draws = np.random.default_rng(0)

    def features(
        seen: Seen, errors: Tensor | None, *, flip: bool
    ) -> tuple[Tensor, Tensor]:
        numbers, wanted = [], []
        with reporter.progress("Looking again", len(seen.dataset)) as advance:
            for x, said, right in _shown(seen, settings, looks, flip=flip):
                sides = sides_of(x)
                to = canonical * sides
                if errors is None:
                    turn = similarity(said, to)
                else:
                    drawn = draws.integers(0, len(errors), len(x))
                    turn = _after(similarity(right, to), errors[drawn])
                numbers.append(reads(turned(x, turn)))
                there = (placed(right, turn) / sides - canonical) / shape[1]
                wanted.append(there.reshape(len(x), -1))
                advance(len(x))
        return torch.cat(numbers), torch.cat(wanted)

    judged, errors = features(val, None, flip=False), _errors(val, settings, looks)
    learned = [features(train, errors, flip=flip) for flip in flips]
    inputs, targets = (torch.cat(parts) for parts in zip(*learned, strict=True))
    penalty, head = choose_penalty((inputs, targets), judged)
    with torch.no_grad():
        looks.standardized.mean.copy_(head.mean)
        looks.standardized.std.copy_(head.std)
        looks.linear.weight.copy_(head.weight)
        looks.linear.bias.copy_(head.bias)
    reporter.say(
        f"Second look, at images turned by the first: ridge regression with a penalty "
        f"of {penalty:g}, in {time.perf_counter() - start:.1f} s."
    )
    looks.train(network.model.training)
    about = network.metadata
    spec = replace(about.model, edits=(*about.model.edits, LOOK))
    return replace(network, model=looks, metadata=replace(about, model=spec))


def _shown(
    seen: Seen, settings: RenderSettings, looks: SecondLook, *, flip: bool
) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Yield images, the points seen first, and the right ones, all in pixels.

    Where the right ones are not visible, those seen first take their place.
    """
    task = settings.located
    assert task is not None
    for start in range(0, len(seen.dataset), _BATCH):
        rows = np.arange(start, min(start + _BATCH, len(seen.dataset)))
        batch = plain_batch(seen.dataset, seen.store, settings, rows)
        x = batch.images
        sides = sides_of(x)
        said = seen.points[rows].to(x.device) * looks.scale + looks.mean
        said = said.reshape(len(x), -1, 2) * sides
        right = batch.targets.to(said.dtype).reshape(said.shape)
        right = torch.where(right.isnan(), said, right)
        if flip:
            x, said, right = x.flip(-1), task.mirrored(said), task.mirrored(right)
        yield x, said, right


def _errors(val: Seen, settings: RenderSettings, looks: SecondLook) -> Tensor:
    """Return what maps images turned rightly to those turned by the first look.

    As complex numbers: a factor and a shift per validation image, (n, 2).
    """
    found = []
    for x, said, right in _shown(val, settings, looks, flip=False):
        to = looks.canonical.reshape(-1, 2) * sides_of(x)
        rightly, really = similarity(right, to), similarity(said, to)
        apart = similarity(placed(right, rightly), placed(right, really))
        found.append(_complex(apart))
    return torch.cat(found)


def _complex(turn: Turn) -> Tensor:
    """Return a and b of z -> a z + b, as complex numbers, (n, 2)."""
    by, before, after = turn
    a, z, c = (torch.view_as_complex(part.contiguous())[:, 0] for part in turn)
    assert by.shape[1] == before.shape[1] == after.shape[1] == 1
    return torch.stack([a, c.expand_as(a) - a * z], 1)


def _after(turn: Turn, error: Tensor) -> Turn:
    """Return a turn followed by an error."""
    a, b = _complex(turn).unbind(1)
    factor, shift = error.unbind(1)
    by = torch.view_as_real(factor * a)[:, None]
    after = torch.view_as_real(factor * b + shift)[:, None]
    return by, torch.zeros_like(after), after
