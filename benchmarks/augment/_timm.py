"""timm: its own training transforms on Pillow images, sample by sample."""

import importlib.util
from typing import Any

from PIL import Image

from benchmarks._torchvision_import import import_torchvision
from benchmarks.augment._candidates import Candidate, by_sample
from benchmarks.augment._workloads import MEAN, STD, Workload


def candidates(work: Workload) -> list[Candidate]:
    missing = importlib.util.find_spec("timm") is None or not import_torchvision()
    if missing or work.name == "float" or work.points is not None:
        return []
    chain = _chain(work)
    if work.name == "jpeg":
        open_ = lambda path: chain(Image.open(path).convert("RGB"))  # noqa: E731
        return [by_sample("timm", work, open_, work.files)]
    pillow = [Image.fromarray(image) for image in work.images]
    return [by_sample("timm", work, chain, pillow)]


def _chain(work: Workload) -> Any:
    """Return its transforms; it crops at random scale instead of padding."""
    from timm.data import create_transform

    common = {
        "is_training": True,
        "mean": MEAN,
        "std": STD,
        "interpolation": "bilinear",
    }
    if work.name == "jpeg":
        return create_transform((3, 224, 224), color_jitter=0.4, **common)
    drawn = "rand-m9-n2" if work.name != "basic" else None
    if work.size == 32:
        common |= {"scale": (0.8, 1.0), "re_prob": 1.0}
    return create_transform(
        (3, work.size, work.size), auto_augment=drawn, color_jitter=0.0, **common
    )
