"""Measure every candidate of every workload, and print tables of images per second."""

import argparse
import os
import statistics
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch

from benchmarks.augment import (
    _albumentations,
    _kornia,
    _limits,
    _ours,
    _timm,
    _torchvision,
)
from benchmarks.augment._candidates import Batches, Candidate, loader
from benchmarks.augment._workloads import Workload, workloads
from trainwell.core.device import keep_freed_memory

CORES = sorted(os.sched_getaffinity(0))
LIBRARIES = (_ours, _albumentations, _torchvision, _timm, _kornia)


def main() -> None:
    parser = argparse.ArgumentParser("make bench-augment")
    parser.add_argument("--only", help="one workload")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--slice", type=float, default=0.7, help="seconds")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    keep_freed_memory()  # as every training run does; it serves all candidates
    with tempfile.TemporaryDirectory() as folder:
        for work in workloads(Path(folder)):
            if asked.only in (None, work.name):
                measure(work, asked.rounds, asked.slice)


def measure(work: Workload, rounds: int, slice_: float) -> None:
    found = [c for library in LIBRARIES for c in library.candidates(work)]
    speeds = [_in_turn(found, work, 1, rounds, slice_)]
    speeds.append(_in_turn(found, work, 2, rounds, slice_))
    best = [
        max((s[c.name] for c in found if c.sample is not None), default=np.nan)
        for s in speeds
    ]
    print(f"\n{work.title}")
    print(f"{'images/s':<28}{'1 thread':>12}{'2 threads':>12}{'x best by sample':>22}")
    for candidate in found:
        one, two = (s[candidate.name] for s in speeds)
        print(
            f"  {candidate.name:<26}{one:>12,.0f}{two:>12,.0f}"
            f"{one / best[0]:>14.1f}{two / best[1]:>8.1f}",
            flush=True,
        )
    if work.floor is not None:
        reached = max(speeds[0][c.name] for c in found if "trainwell" in c.name)
        print(f"  floor {work.floor}x: {reached / best[0]:.1f}x with one thread")
    for name, limit in _limits.limits(work):
        print(f"  {name:<26}{limit:>12,.0f}   a bound, one thread", flush=True)


def _in_turn(
    found: list[Candidate], work: Workload, threads: int, rounds: int, slice_: float
) -> dict[str, float]:
    """Return the median images per second of each candidate."""
    os.sched_setaffinity(0, CORES[:threads])
    torch.set_num_threads(threads)
    made: dict[str, Batches] = {}
    for candidate in found:
        if threads == 1 or candidate.sample is None:
            made[candidate.name] = candidate.batches(threads)
            _check(candidate.name, made[candidate.name](0), work)
    speeds: dict[str, list[float]] = {c.name: [] for c in found}
    for number in range(rounds):
        for candidate in found:
            speed = (
                _slice(made[candidate.name], work, number, slice_)
                if candidate.name in made
                else _workers(candidate, work, slice_)
            )
            speeds[candidate.name].append(speed)
    return {name: statistics.median(values) for name, values in speeds.items()}


def _slice(batches: Batches, work: Workload, first: int, seconds: float) -> float:
    count, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds or not count:
        batches(first * 1000 + count)
        count += 1
    return count * work.batch / spent


def _workers(candidate: Candidate, work: Workload, seconds: float) -> float:
    """Return the speed of a DataLoader once its queue is empty."""
    stream = iter(loader(candidate, work, 10_000_000))
    for _ in range(6):
        next(stream)
    count, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < 2 * seconds:
        next(stream)
        count += 1
    del stream
    return count * work.batch / spent


def _check(name: str, batch: Any, work: Workload) -> None:
    """Refuse a batch that is not what was asked for."""
    images = batch[0] if isinstance(batch, list | tuple) else batch
    images = torch.as_tensor(images)
    shape = (work.batch, 3, work.size, work.size)
    spread = images.float().std(dim=(1, 2, 3))
    fine = (
        tuple(images.shape) == shape
        and images.dtype == torch.float32
        and bool(images.isfinite().all())
        and images.abs().max() < 4
        and spread.median() > 0.1
    )
    if not fine:
        raise SystemExit(f"{name} made {images.dtype} {tuple(images.shape)}")


if __name__ == "__main__":
    main()
