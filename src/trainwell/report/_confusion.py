"""What is taken for what: a table for few classes, a picture for many."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image
from sklearn.metrics import confusion_matrix

from trainwell.report._image import encode

_MOST_IN_TABLE = 24
_MOST_IN_PICTURE = 600
Matrix = npt.NDArray[np.int64]

_ACCENT, _SECOND = (46, 98, 204), (201, 96, 32)  # seen on light and dark


@dataclass(frozen=True)
class Cell:
    """One cell of the table.

    Attributes:
        count: Images.
        shade: 0..1: for correct predictions the fraction of the true class, for wrong
            ones their fraction over the largest such fraction.
        right: Whether it lies on the diagonal.
        words: What it counts.
    """

    count: int
    shade: float
    right: bool
    words: str


@dataclass(frozen=True)
class Confusion:
    """All predictions by true class, as far as they can be shown.

    Attributes:
        rows: Of the table: a true class and its cells; none for many classes.
        picture: One pixel a cell, as a `data:` address; none for few classes, nor for
            so many that it could not be read.
    """

    rows: list[tuple[str, list[Cell]]]
    picture: str | None


@dataclass(frozen=True)
class Confused:
    """Images of one class predicted as another.

    Attributes:
        true: Their class.
        prediction: The class predicted instead.
        count: How many.
        share: Of all images of their class.
    """

    true: str
    prediction: str
    count: int
    share: float


def most_confused(
    targets: npt.NDArray[np.int64],
    predictions: npt.NDArray[np.int64],
    classes: Sequence[str],
    most: int = 10,
) -> list[Confused]:
    """Return the pairs of classes with the most mistakes, the most frequent first."""
    wrong = targets != predictions
    pairs, counts = np.unique(
        np.stack([targets[wrong], predictions[wrong]], axis=1),
        axis=0,
        return_counts=True,
    )
    sizes = np.bincount(targets, minlength=len(classes))
    order = np.argsort(-counts, kind="stable")[:most]
    return [
        Confused(
            true=classes[true],
            prediction=classes[prediction],
            count=int(count),
            share=float(count / sizes[true]),
        )
        for (true, prediction), count in zip(pairs[order], counts[order], strict=True)
    ]


def show(
    targets: npt.NDArray[np.int64],
    predictions: npt.NDArray[np.int64],
    classes: Sequence[str],
) -> Confusion:
    """Return the table or the picture: rows are true classes, columns predictions."""
    if len(classes) > _MOST_IN_PICTURE:
        return Confusion(rows=[], picture=None)
    matrix = confusion_matrix(targets, predictions, labels=np.arange(len(classes)))
    if len(classes) > _MOST_IN_TABLE:
        return Confusion(rows=[], picture=_picture(matrix))
    return Confusion(rows=_rows(matrix, classes), picture=None)


def _rows(matrix: Matrix, classes: Sequence[str]) -> list[tuple[str, list[Cell]]]:
    shades = _shades(matrix)
    return [
        (
            true,
            [
                Cell(
                    count=int(matrix[i, j]),
                    shade=round(float(shades[i, j]), 3),
                    right=i == j,
                    words=f"{true} predicted as {prediction}: {matrix[i, j]:,}",
                )
                for j, prediction in enumerate(classes)
            ],
        )
        for i, true in enumerate(classes)
    ]


def _picture(matrix: Matrix) -> str:
    right = np.eye(len(matrix), dtype=bool)
    pixels = np.empty((*matrix.shape, 4), np.uint8)
    pixels[..., :3] = np.where(right[..., None], _ACCENT, _SECOND)
    pixels[..., 3] = np.round(255 * np.sqrt(_shades(matrix)))
    return encode(Image.fromarray(pixels))


def _shades(matrix: Matrix) -> npt.NDArray[np.float64]:
    shares = matrix / np.maximum(matrix.sum(1, keepdims=True), 1)
    right = np.eye(len(matrix), dtype=bool)
    largest = shares[~right].max(initial=0.0)
    return np.asarray(np.where(right, shares, shares / (largest or 1.0)))
