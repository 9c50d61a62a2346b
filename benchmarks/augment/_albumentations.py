"""albumentations 2, sample by sample.

It has no RandAugment: two of the nearest equivalents at the same magnitude, instead.
"""

import importlib.util
import os
from typing import Any

from benchmarks.augment._candidates import Candidate, by_sample
from benchmarks.augment._workloads import MEAN, STD, Workload

_SHARE = 9 / 30


def candidates(work: Workload) -> list[Candidate]:
    if importlib.util.find_spec("albumentations") is None:
        return []
    os.environ["NO_ALBUMENTATIONS_UPDATE"] = "1"
    import cv2

    cv2.setNumThreads(0)
    if work.name == "float":
        return []
    chain = _chain(work)
    if work.name == "jpeg":
        read = lambda p: chain(image=cv2.imread(str(p), cv2.IMREAD_COLOR_RGB))  # noqa: E731
        sample, sources = (lambda path: read(path)["image"]), work.files
    elif work.points is not None:
        pairs = list(zip(work.images, work.points, strict=True))

        def sample(pair: Any) -> Any:
            made = chain(image=pair[0], keypoints=pair[1])
            return made["image"], made["keypoints"]

        return [by_sample("albumentations", work, sample, pairs)]
    else:
        sample, sources = (lambda image: chain(image=image)["image"]), work.images
    return [by_sample("albumentations", work, sample, sources)]


def _chain(work: Workload) -> Any:
    import albumentations as al
    import cv2

    steps: list[Any]
    if work.name == "jpeg":
        steps = [al.RandomResizedCrop((224, 224)), al.HorizontalFlip(p=0.5)]
        lively = (0.6, 1.4)
        steps.append(al.ColorJitter(lively, lively, lively, (0, 0), p=1))
    elif work.points is not None:
        steps = [al.HorizontalFlip(p=0.5)]
        by = 0.1 if work.name == "points" else 0.0
        shift = {"x": (-by, by), "y": (-by, by)}
        steps.append(
            al.Affine(scale=(0.8, 1.2), translate_percent=shift, rotate=(-20, 20), p=1)
        )
        if work.name == "points_colour":
            lively = (0.6, 1.4)
            steps.append(al.ColorJitter(lively, lively, lively, (0, 0), p=1))
    else:
        border = cv2.BORDER_CONSTANT
        pad = [al.PadIfNeeded(40, 40, border_mode=border)] if work.size == 32 else []
        steps = [*pad, al.RandomCrop(work.size, work.size), al.HorizontalFlip(p=0.5)]
    if work.name in ("randaugment", "photos"):
        steps.append(al.SomeOf(_randaugment(al), n=2, p=1, replace=True))
    steps.append(al.Normalize(MEAN, STD))
    if work.name in ("basic", "randaugment"):
        half = {"hole_height_range": (16, 16), "hole_width_range": (16, 16)}
        steps.append(al.CoarseDropout(num_holes_range=(1, 1), fill=0, p=1, **half))
    points = al.KeypointParams("xy", remove_invisible=False)
    return al.Compose(
        [*steps, al.ToTensorV2()],
        keypoint_params=None if work.points is None else points,
    )


def _randaugment(al: Any) -> list[Any]:
    """Return its 14 operations at magnitude 9 of 30, as near as they come."""
    share = 0.9 * _SHARE
    angle, shift = 15.1 * 0.34, 0.136  # arctan(0.09) degrees; 150 / 331 * 0.3
    still = {"brightness": (1, 1), "contrast": (1, 1), "saturation": (1, 1)}
    factor = (1 - share, 1 + share)

    def jitter(**changed: Any) -> Any:
        return al.ColorJitter(**{**still, **changed}, hue=(0, 0), p=1)

    def affine(**changed: Any) -> Any:
        return al.Affine(**changed, interpolation=0, p=1)

    return [
        al.NoOp(p=1),
        affine(shear={"x": (-angle, angle), "y": (0, 0)}),
        affine(shear={"x": (0, 0), "y": (-angle, angle)}),
        affine(translate_percent={"x": (-shift, shift), "y": (0, 0)}),
        affine(translate_percent={"x": (0, 0), "y": (-shift, shift)}),
        al.Rotate((-9, 9), interpolation=0, p=1, border_mode=0),
        jitter(brightness=factor),
        jitter(saturation=factor),
        jitter(contrast=factor),
        al.Sharpen(alpha=(share, share), lightness=(1, 1), p=1),
        al.Posterize(num_bits=7, p=1),
        al.Solarize(threshold_range=(1 - _SHARE, 1 - _SHARE), p=1),
        al.AutoContrast(method="pil", p=1),
        al.Equalize(mode="pil", p=1),
    ]
