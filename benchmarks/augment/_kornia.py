"""kornia: whole batches of float tensors; RandAugment draws one list per batch."""

import importlib.util
from typing import Any

import torch

from benchmarks.augment._candidates import Batches, Candidate, rows
from benchmarks.augment._workloads import MEAN, STD, Workload


def candidates(work: Workload) -> list[Candidate]:
    if importlib.util.find_spec("kornia") is None or work.images is None:
        return []
    if work.name == "points_colour":
        return []
    return [Candidate("kornia, whole batches", lambda threads: _batches(work, threads))]


def _batches(work: Workload, threads: int) -> Batches:
    chain = _chain(work)
    tensors = torch.from_numpy(work.images).permute(0, 3, 1, 2).contiguous()
    floats = tensors.float() / 255 if work.name == "float" else None
    points = None if work.points is None else torch.from_numpy(work.points).float()

    @torch.no_grad()
    def one(i: int) -> Any:
        torch.set_num_threads(threads)
        chosen = rows(work, i)
        x = tensors[chosen].float() / 255 if floats is None else floats[chosen]
        if points is not None:
            return chain(x, points[chosen])[0]
        for step in chain:
            x = step(x)
        return x

    return one


def _chain(work: Workload) -> Any:
    import kornia.augmentation as ka
    from kornia.augmentation.auto import RandAugment

    normalize = ka.Normalize(torch.tensor(MEAN), torch.tensor(STD))
    if work.name == "points":
        return ka.AugmentationSequential(
            ka.RandomHorizontalFlip(),
            ka.RandomAffine(20.0, (0.1, 0.1), (0.8, 1.2), p=1.0),
            normalize,
            data_keys=["input", "keypoints"],
        )
    side = (work.size, work.size)
    steps = [ka.RandomCrop(side, padding=4 if work.size == 32 else None)]
    steps.append(ka.RandomHorizontalFlip())
    if work.name == "float":
        return steps
    if work.name in ("randaugment", "photos"):
        steps.append(RandAugment(2, 9))
    steps.append(normalize)
    if work.name in ("basic", "randaugment"):
        steps.append(ka.RandomErasing(scale=(0.25, 0.25), ratio=(1.0, 1.0), p=1.0))
    return steps
