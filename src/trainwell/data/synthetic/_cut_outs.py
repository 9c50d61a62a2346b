"""Cut-outs: objects without their background, to be pasted elsewhere.

Source: definition.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError
from trainwell.core.home import expanded
from trainwell.data._classes import class_order, match_classes
from trainwell.data._decode import read
from trainwell.data._folder import read_folder
from trainwell.data._pillow import open_image
from trainwell.data._source import FileSplit
from trainwell.data._types import Image


@dataclass(frozen=True)
class CutOuts:
    """Objects and their classes.

    Attributes:
        pixels: Red, green, blue and alpha of each, height x width x 4, uint8, cut to
            what is not transparent.
        targets: Class of each, (n,).
        classes: Class names; each has an object.
    """

    pixels: tuple[Image, ...]
    targets: npt.NDArray[np.int64]
    classes: tuple[str, ...]


def cut_outs(
    images: Sequence[Image],
    masks: Sequence[npt.NDArray[np.uint8]],
    labels: Sequence[str],
) -> CutOuts:
    """Return the objects that masks cut out of images.

    Args:
        images: Height x width x 3 each, or x 1.
        masks: Height x width each: 0 is background, 255 is object, between them edge.
        labels: Class name of each.

    Raises:
        DataError: If the numbers or the sizes differ, or a mask is empty.

    Example:
        >>> from trainwell.data.synthetic import cut_outs
        >>> images = [np.full((8, 8, 3), 200, np.uint8)]
        >>> mask = np.zeros((8, 8), np.uint8)
        >>> mask[2:6, 3:7] = 1
        >>> cut_outs(images * 2, [mask] * 2, ["cup", "bowl"]).classes
        ('bowl', 'cup')
    """
    if not len(images) == len(masks) == len(labels) or not labels:
        raise DataError(
            "cut-outs need as many images as masks and labels, at least one; got "
            f"{len(images)}, {len(masks)} and {len(labels)}."
        )
    pixels = []
    for i, (image, mask) in enumerate(zip(images, masks, strict=True)):
        if image.shape[:2] != mask.shape:
            raise DataError(
                f"cut-out {i} is {image.shape[:2]}, and its mask {mask.shape}."
            )
        colour = np.broadcast_to(image, (*mask.shape, 3))
        pixels.append(_cut(np.dstack([colour, mask]), f"cut-out {i}"))
    classes = class_order(labels)
    targets = match_classes(labels, classes, "the cut-outs")
    return CutOuts(tuple(pixels), targets, classes)


def read_cut_outs(folder: str | Path) -> CutOuts:
    """Return the objects of a folder with a folder of transparent images per class.

    Raises:
        DataError: If there is none, or one cannot be read or has no transparency.

    Example:
        >>> import pathlib, tempfile
        >>> from PIL import Image
        >>> from trainwell.data.synthetic import read_cut_outs
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> for name in ("bowl", "cup"):
        ...     (folder / name).mkdir()
        ...     Image.new("RGBA", (6, 4), "red").save(folder / name / "1.png")
        >>> read_cut_outs(folder).classes
        ('bowl', 'cup')
    """
    root = expanded(folder)
    if not root.is_dir():
        raise DataError(f"no such folder of cut-outs: {folder}.")
    splits = [p for p in read_folder(root).splits.values() if isinstance(p, FileSplit)]
    images, masks = [], []
    for path in (path for part in splits for path in part.paths):
        try:
            with open_image(read(path)) as source:
                if not source.has_transparency_data:
                    raise DataError("it has no transparency")
                pixels = np.asarray(source.convert("RGBA"))
        except (DataError, OSError, ValueError) as error:
            raise DataError(f"cannot use the cut-out {path}: {error}.") from None
        images.append(pixels[..., :3])
        masks.append(pixels[..., 3])
    return cut_outs(images, masks, [label for p in splits for label in p.labels])


def _cut(pixels: Image, name: str) -> Image:
    rows, columns = (np.flatnonzero(pixels[..., 3].any(axis)) for axis in (1, 0))
    if not len(rows):
        raise DataError(f"{name} is transparent everywhere.")
    return np.ascontiguousarray(
        pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    )
