"""Test-time augmentation: the mean prediction of several views of each image.

    flip:         the image and its mirror image
    ten_crop:     four corners and the centre, 7/8 of the short side, each also mirrored
    five_scales:  the same at scales 224, 256, 384, 480, 640 of 224
    a policy:     sampled `draws` times per image, keyed by the image's pixels

Use: where a little accuracy is worth several times the computing time; `flip` first.
Side effects: as many forward passes as views; crops may miss the object.
Source: Krizhevsky et al., "ImageNet Classification", 2012, section 4.1 (ten crops); He
et al., "Deep Residual Learning", 2016, section 3.4 (scales). As there, the short side
is scaled and crops are cut from the image itself, without a border. Averaging in
probability is theirs; the mean of logits is a geometric mean of probabilities.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from trainwell.augment.ops import TransformParams, crop_only, fit
from trainwell.augment.policies import SamplingContext, Transform, read_policy
from trainwell.core import checks
from trainwell.core.errors import UserError
from trainwell.core.image_size import ImageSize
from trainwell.data import PackedImages
from trainwell.tasks import Task

KINDS = ("none", "flip", "ten_crop", "five_scales")
_TEN_CROP = (256 / 224,)
_FIVE_SCALES = tuple(side / 224 for side in (224, 256, 384, 480, 640))
_NO_BORDER = {"pad": "crop"}  # crops are cut from the image, which has none
_PLACES = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.5, 0.5))


@dataclass(frozen=True)
class TestTime:
    """Options of test-time augmentation.

    Attributes:
        kind: Views: `none`, `flip`, `ten_crop` or `five_scales`.
        policy: Policy of transforms of the whole image, in place of `kind`.
        draws: Number of samples of the policy per image.
        average: Quantity to average: `probability` or `logits`.

    Example:
        >>> from trainwell.tasks import Classification
        >>> views = TestTime("flip")
        >>> logits = [torch.tensor([[0.0, 0.0]]), torch.tensor([[100.0, 0.0]])]
        >>> views.mean(logits, Classification(("cat", "dog")))
        tensor([[0.7500, 0.2500]])
    """

    __test__ = False  # not a test, although its name begins with Test

    kind: str = "none"
    policy: Transform | None = None
    draws: int = 8
    average: Literal["probability", "logits"] = "probability"

    def __post_init__(self) -> None:
        checks.one_of("kind", self.kind, KINDS)
        checks.one_of("average", self.average, ("probability", "logits"))
        checks.positive("draws", self.draws)
        if self.policy is not None and self.kind != "none":
            raise ValueError("give `kind` or `policy`, not both.")

    def views(
        self, images: PackedImages, fit_mode: str, size: ImageSize = 1
    ) -> Iterator[tuple[TransformParams, bool]]:
        """Yield the parameters of each view, and whether it is mirrored once rendered.

        Args:
            images: Decoded images.
            fit_mode: Method to fit a whole image: `pad`, `stretch` or `crop`.
            size: Size of the output, of which only the proportions count.
        """
        sizes = images.heights, images.widths
        whole = fit(*sizes, mode=fit_mode, size=size)
        if self.policy is not None:
            keys = _keys(images)
            for number in range(self.draws):
                context = SamplingContext(
                    0, number, keys, images.heights, images.widths, size=size
                )
                yield crop_only(whole).then(self.policy(context)), False
            return
        within = fit(*sizes, mode=_NO_BORDER.get(fit_mode, fit_mode), size=size)
        scales = {"ten_crop": _TEN_CROP, "five_scales": _FIVE_SCALES}.get(self.kind)
        for crop_boxes in _crops(within, scales) if scales else [whole]:
            yield crop_only(crop_boxes), False
            if self.kind != "none":
                yield crop_only(crop_boxes), True

    def mean(
        self,
        logits: list[Tensor],
        task: Task,
        temperature: float = 1.0,
        mirrored: Sequence[bool] = (),
    ) -> Tensor:
        """Return one prediction per image, shape (n, outputs).

        Args:
            logits: The outputs for each view, (n, outputs).
            task: What they stand for.
            temperature: What the outputs for each view are divided by.
            mirrored: Which views are mirrored; none by default.
        """
        views = torch.stack([view / temperature for view in logits])
        if self.average == "logits" and not task.located:
            return task.predictions(views.mean(0))
        said = list(task.predictions(views).unbind(0))
        for i, turned in enumerate(mirrored):
            said[i] = task.mirrored(said[i]) if turned else said[i]
        return torch.stack(said).mean(0)


def named_views(
    views: str, draws: int | None = None, average: str = "probability"
) -> TestTime:
    """Return the views that a name or a policy's file stands for.

    Args:
        views: `none`, `flip`, `ten_crop`, `five_scales`, or the path of a .yaml file.
        draws: Samples per image of a policy, 8 by default.
        average: Whether probabilities or logits are averaged.

    Raises:
        UserError: If a name is not known, a file cannot be read, or an option would
            change nothing.

    Example:
        >>> named_views("flip").kind
        'flip'
    """
    try:
        if views.endswith((".yaml", ".yml")):
            policy, count = read_policy(views), 8 if draws is None else draws
            return TestTime(policy=policy, draws=count, average=average)  # type: ignore[arg-type]
        if draws is not None:
            raise ValueError("`draws` needs a policy's .yaml file; leave it out.")
        if views == "none" and average != "probability":
            raise ValueError("`average` needs `views` beside it; leave it out.")
        return TestTime(views, average=average)  # type: ignore[arg-type]
    except (OSError, ValueError) as error:
        raise UserError(f"`views`={views}: {error}") from error


def refuse_moving(views: TestTime) -> None:
    """Raise UserError for views that move what is to be located."""
    if views.policy is not None or views.kind not in ("none", "flip"):
        name = "a policy" if views.policy is not None else f"`views`={views.kind}"
        raise UserError(f"{name} moves what is to be located; take flip.")


ONE_VIEW = TestTime()
"""The image as it is."""


def _crops(
    within: npt.NDArray[np.float64], scales: tuple[float, ...]
) -> Iterator[npt.NDArray[np.float64]]:
    """Yield the crop boxes of five crops per scale, in the corners of the image.

    Args:
        within: The largest crop box of each image that has no border, (n, 4).
        scales: Sides of these over sides of the crops.
    """
    for scale in scales:
        extent = (within[:, 2:] - within[:, :2]) / scale
        for place in _PLACES:
            low = np.array(place) * (1 - extent)
            yield np.concatenate([low, low + extent], 1)


def _keys(images: PackedImages) -> npt.NDArray[np.uint64]:
    """Return a key per image that its pixels alone decide."""
    found = [zlib.crc32(images.image(i).tobytes()) for i in range(len(images))]
    return np.array(found, np.uint64)
