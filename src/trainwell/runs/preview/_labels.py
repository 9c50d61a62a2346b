"""The points and the mask of a drawn sample, in a look of it."""

import re
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainwell import data
from trainwell.augment import move_points, render_masks
from trainwell.augment.ops import TransformParams
from trainwell.data import synthetic
from trainwell.training import KeyedBatches


def moved(
    batches: KeyedBatches, source: str | Path, index: int, params: TransformParams
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.uint8] | None]:
    """Return the visible points and the mask of one sample in its look."""
    size, task = batches.settings.size, batches.settings.located
    if task is not None:
        one, dataset = slice(index, index + 1), batches.dataset
        points = task.moved(dataset.targets[one], params, dataset.sizes[one], size)[0]
        return points[~np.isnan(points).any(1)], None
    known = labelled(batches, source, index)
    if known is None:
        return np.empty((0, 2)), None
    masks = data.pack_images([known.mask[..., None]])
    points, visible = move_points(
        known.points[None],
        known.visible[None],
        params,
        masks.heights,
        masks.widths,
        size=size,
    )
    reflect = batches.settings.border == "reflect"
    mask = render_masks(masks, np.array([0]), params, size=size, reflect=reflect)
    return points[0][visible[0]], mask[0]


def labelled(
    batches: KeyedBatches, source: str | Path, index: int
) -> synthetic.Labelled | None:
    """Return all that is known about a drawn sample; None for others."""
    name = str(batches.dataset.names[index])
    number = re.search(r"\[(\d+)\]$", name)
    drawn = str(source).startswith(synthetic.PREFIX) and not name.startswith("extra/")
    if not drawn or number is None:
        return None
    return _generator(str(source)).labelled(int(number[1]))


@lru_cache(maxsize=1)
def _generator(source: str) -> synthetic.Synthetic:
    return synthetic.named(source)[0]
