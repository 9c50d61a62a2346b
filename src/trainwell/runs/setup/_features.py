"""Features of as many images as there is time for."""

import time
from collections.abc import Callable

import torch
from torch import Tensor

from trainwell.runs._reporter import Reporter
from trainwell.runs.setup._head_inputs import HeadInputs

_BATCH, _OF_SMALL, _SMALL = 16, 32, 160  # images at a time; up to so many pixels
MOST = 250_000_000
"""Numbers that are kept: 1 GB."""


def features_of(
    reads: HeadInputs,
    fetch: Callable[[Tensor], Tensor],
    order: Tensor,
    until: float,
    reporter: Reporter,
) -> tuple[Tensor, Tensor]:
    """Return the features of as many images as there is time for, and their indices."""
    found = torch.empty(0)
    done = 0
    small = max(fetch(order[:1]).shape[2:]) <= _SMALL
    batch = _OF_SMALL if small else _BATCH
    with reporter.progress("Computing features", len(order)) as advance:
        for part in order.split(batch):
            if done and time.perf_counter() > until:
                break
            numbers = reads(fetch(part))
            if not done:  # in one piece: they may fill a gigabyte
                most = min(len(order), max(MOST // numbers[0].numel(), len(part)))
                found = numbers.new_empty(most, *numbers.shape[1:])
            kept = numbers[: len(found) - done]
            found[done : done + len(kept)] = kept
            done += len(kept)
            advance(len(part))
            if done == len(found):
                break
    return found[:done], order[:done]
