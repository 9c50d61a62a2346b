"""What a library hands over to be timed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.utils.data import DataLoader, default_collate
from torch.utils.data import Dataset as TorchDataset

from benchmarks.augment._workloads import Workload

Batches = Callable[[int], Any]
"""Makes batch number i."""


@dataclass(frozen=True)
class Candidate:
    """One way of doing a workload.

    Attributes:
        name: Of the library, and of its variant.
        batches: Given a number of threads, makes batches in this process.
        sample: Makes one sample of its source, for workers of a DataLoader; None if
            the library works on whole batches.
        sources: What `sample` is given, in turn.
    """

    name: str
    batches: Callable[[int], Batches]
    sample: Callable[[Any], Any] | None = None
    sources: Any = ()


def by_sample(
    name: str, work: Workload, sample: Callable[[Any], Any], sources: Any
) -> Candidate:
    """Return a candidate that works sample by sample and collates."""

    def batches(threads: int) -> Batches:
        def one(i: int) -> Any:
            return default_collate([sample(sources[j]) for j in rows(work, i)])

        return one

    return Candidate(name, batches, sample, sources)


def rows(work: Workload, i: int) -> np.ndarray:
    """Return the images of batch i."""
    count = len(work.files) if work.images is None else len(work.images)
    return (np.arange(work.batch) + i * work.batch) % count


class Endless(TorchDataset):
    """The samples of a candidate, for a DataLoader; as many as asked."""

    def __init__(self, candidate: Candidate, count: int) -> None:
        self.candidate, self.count = candidate, count

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> Any:
        assert self.candidate.sample is not None
        sources = self.candidate.sources
        return self.candidate.sample(sources[index % len(sources)])


def loader(candidate: Candidate, work: Workload, count: int) -> DataLoader:
    """Return a DataLoader of two workers over `count` samples."""
    return DataLoader(
        Endless(candidate, count),
        work.batch,
        num_workers=2,
        prefetch_factor=2,
        worker_init_fn=lambda _: torch.set_num_threads(1),
    )
