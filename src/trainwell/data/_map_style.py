"""Datasets as people have them in Python: of torch, torchvision and Hugging Face.

What has a length and yields an image and a label by index is read once into memory.
Images are PIL images, uint8 or uint16 arrays or tensors, or float tensors in [0, 1] as
`ToTensor` makes them. Class names come from `classes`, or from the names of a Hugging
Face label feature.

Source: the map-style protocol of `torch.utils.data.Dataset`; `datasets.Features`.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image as PillowImage
from torch import Tensor

from trainwell.core.errors import DataError
from trainwell.core.progress import Progress
from trainwell.data._classes import class_name
from trainwell.data._pillow import pillow_pixels
from trainwell.data._source import (
    FLAT,
    ArraySplit,
    ListSplit,
    Source,
    Split,
    split_name,
)
from trainwell.data._white_level import AS_STORED, Levels, Pixels

IMAGE_COLUMNS = ("image", "img", "pixel_values")
LABEL_COLUMNS = ("label", "labels", "target", "fine_label", "coarse_label")
_GREY = ("1", "L", "LA", "I", "I;16", "F")


class MapStyle(Protocol):
    """A dataset that knows its length and returns a sample by its index."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> Any: ...  # noqa: ANN401


def is_map_style(value: object) -> bool:
    """Tell whether a value is a dataset, and no text, array, list or mapping."""
    if isinstance(value, str | Path | Mapping | Sequence | np.ndarray | Tensor):
        return False
    return hasattr(value, "__len__") and hasattr(value, "__getitem__")


def read_map_style(
    source: MapStyle | Mapping[str, MapStyle],
    progress: Progress,
) -> Source:
    """Return a dataset, or a mapping from split to dataset, as a source.

    Args:
        source: The dataset.
        progress: Shows the reading.

    Raises:
        DataError: If a sample is no pair of an image and a label.
    """
    datasets = dict(source) if isinstance(source, Mapping) else {FLAT: source}
    read: dict[str, tuple[list[Pixels], list[str]]] = {}
    classes: tuple[str, ...] | None = None
    for key, dataset in datasets.items():
        split = key if key == FLAT else split_name(str(key), "the dataset")
        if split in read:
            raise DataError(f"the dataset has the split {split} twice; keep one.")
        where = "the dataset" if key == FLAT else f"the dataset, {split}"
        names = _class_names(dataset)
        classes = classes or names
        read[split] = _read(dataset, names, where, progress)
    splits: dict[str, Split] = {
        name: _split(images, labels) for name, (images, labels) in read.items()
    }
    return Source("the dataset", Path(), splits, classes=classes)


def _read(
    dataset: MapStyle, names: Sequence[str] | None, where: str, progress: Progress
) -> tuple[list[Pixels], list[str]]:
    images: list[Pixels] = []
    labels: list[str] = []
    with progress("Reading the dataset", len(dataset)) as advance:
        for i in range(len(dataset)):
            image, label = _pair(dataset[i], f"{where}[{i}]")
            images.append(_pixels(image, f"{where}[{i}]"))
            labels.append(_label(label, names, f"{where}[{i}]"))
            advance(1)
    return images, labels


def _split(images: list[Pixels], labels: list[str]) -> ArraySplit | ListSplit:
    if len({(image.shape, image.dtype) for image in images}) == 1:
        return ArraySplit(np.stack(images), labels)
    return ListSplit(images, labels)


def _pair(sample: Any, where: str) -> tuple[Any, Any]:  # noqa: ANN401
    if isinstance(sample, Mapping):
        image = next((c for c in IMAGE_COLUMNS if c in sample), None)
        label = next((c for c in LABEL_COLUMNS if c in sample), None)
        if image is None or label is None:
            raise DataError(
                f"{where} must have the columns image and label, got "
                f"{', '.join(map(str, sample))}; rename them."
            )
        return sample[image], sample[label]
    if isinstance(sample, tuple | list) and len(sample) == 2:
        return sample[0], sample[1]
    raise DataError(
        f"{where} must be a pair (image, label), got {type(sample).__name__}."
    )


def _pixels(image: Any, where: str) -> Pixels:  # noqa: ANN401
    if isinstance(image, PillowImage.Image):
        deep = image.mode.startswith("I;16")
        levels = Levels(bits=16) if deep else AS_STORED
        return pillow_pixels(image, 1 if image.mode in _GREY else 3, levels)
    array = np.asarray(image.cpu() if isinstance(image, Tensor) else image)
    if array.ndim == 2:
        array = array[..., None]
    if array.ndim != 3 or 0 in array.shape:
        raise DataError(
            f"{where}: the image must be a PIL image, an array or a tensor with 2 or 3 "
            f"axes, got {type(image).__name__} of shape {array.shape}."
        )
    if isinstance(image, Tensor) and array.shape[0] in (1, 3):
        array = array.transpose(1, 2, 0)  # torch has channels first
    if array.dtype.kind == "f":
        if not 0 <= array.min() <= array.max() <= 1:
            raise DataError(
                f"{where}: float pixels must be in [0, 1], got {array.min():.3g} to "
                f"{array.max():.3g}; take Normalize out of the dataset's transform."
            )
        array = np.rint(array.astype(np.float64) * 255).astype(np.uint8)
    if array.dtype not in (np.uint8, np.uint16):
        raise DataError(
            f"{where}: pixels must be uint8, uint16 or floats in [0, 1], got "
            f"{array.dtype}."
        )
    return np.ascontiguousarray(array)


def _label(label: Any, names: Sequence[str] | None, where: str) -> str:  # noqa: ANN401
    if isinstance(label, str):
        return class_name(label)
    number: npt.NDArray[Any] = np.asarray(label)
    if number.ndim or number.dtype.kind not in "iub":
        raise DataError(
            f"{where}: the label must be a class index or a class name, got {label!r}."
        )
    if names is None:
        return str(int(number))
    if not 0 <= number < len(names):
        raise DataError(
            f"{where}: the label must be in [0, {len(names) - 1}] for {len(names)} "
            f"classes, got {number}."
        )
    return names[int(number)]


def _class_names(dataset: Any) -> tuple[str, ...] | None:  # noqa: ANN401
    """Return the names that a dataset states, also one below a `Subset`."""
    features = getattr(dataset, "features", None)
    if isinstance(features, Mapping):
        label = next((features[c] for c in LABEL_COLUMNS if c in features), None)
        names = getattr(label, "names", None)
        return tuple(class_name(n) for n in names) if names else None
    while dataset is not None:
        names = getattr(dataset, "classes", None)
        if isinstance(names, Sequence) and not isinstance(names, str):
            return tuple(class_name(n) for n in names)
        dataset = getattr(dataset, "dataset", None)
    return None
