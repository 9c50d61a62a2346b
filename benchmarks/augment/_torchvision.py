"""torchvision: transforms v2 on Pillow images and on tensors, sample by sample."""

from typing import Any

import numpy as np
import torch
from PIL import Image

from benchmarks._torchvision_import import import_torchvision
from benchmarks.augment._candidates import Candidate, by_sample
from benchmarks.augment._workloads import MEAN, STD, Workload


def candidates(work: Workload) -> list[Candidate]:
    if not import_torchvision() or work.name == "points_colour":
        return []
    if work.name == "float":
        whole = torch.from_numpy(work.images).permute(0, 3, 1, 2).float() / 255
        return [by_sample("torchvision, tensor", work, _chain(work, "float"), whole)]
    if work.name == "points":
        return [_points(work)]
    if work.name == "jpeg":
        chain = _chain(work, "pillow")
        open_ = lambda path: chain(Image.open(path).convert("RGB"))  # noqa: E731
        return [by_sample("torchvision, Pillow", work, open_, work.files)]
    pillow = [Image.fromarray(image) for image in work.images]
    tensors = torch.from_numpy(work.images).permute(0, 3, 1, 2).contiguous()
    return [
        by_sample("torchvision, Pillow", work, _chain(work, "pillow"), pillow),
        by_sample("torchvision, tensor", work, _chain(work, "tensor"), tensors),
    ]


def _chain(work: Workload, kind: str) -> Any:
    from torchvision.transforms import InterpolationMode, v2

    size, nearest = work.size, InterpolationMode.NEAREST
    steps: list[Any]
    if work.name == "jpeg":
        steps = [v2.RandomResizedCrop(size, antialias=True)]
    else:
        steps = [v2.RandomCrop(size, padding=4 if size == 32 else None)]
    steps.append(v2.RandomHorizontalFlip())
    if work.name in ("randaugment", "photos"):
        steps.append(v2.RandAugment(2, 9, interpolation=nearest))
    if work.name == "jpeg":
        steps.append(v2.ColorJitter(0.4, 0.4, 0.4))
    if kind == "float":
        return v2.Compose(steps)
    if kind == "pillow":
        steps.append(v2.PILToTensor())
    steps += [v2.ToDtype(torch.float32, scale=True), v2.Normalize(MEAN, STD)]
    if work.name in ("basic", "randaugment"):
        steps.append(v2.RandomErasing(p=1.0, scale=(0.25, 0.25), ratio=(1.0, 1.0)))
    return v2.Compose(steps)


def _points(work: Workload) -> Candidate:
    from torchvision import tv_tensors
    from torchvision.transforms import v2

    chain = v2.Compose([
        v2.RandomHorizontalFlip(),
        v2.RandomAffine(20, (0.1, 0.1), (0.8, 1.2)),
        v2.ToDtype(torch.float32, scale=True),
        v2.Normalize(MEAN, STD),
    ])  # fmt: skip
    side = work.size
    pairs = [
        (
            tv_tensors.Image(torch.from_numpy(image).permute(2, 0, 1)),
            tv_tensors.KeyPoints(
                torch.from_numpy(points.astype(np.float32)), canvas_size=(side, side)
            ),
        )
        for image, points in zip(work.images, work.points, strict=True)
    ]

    def sample(pair: Any) -> Any:
        image, points = chain(*pair)
        return image.as_subclass(torch.Tensor), points.as_subclass(torch.Tensor)

    return by_sample("torchvision, tensor", work, sample, pairs)
