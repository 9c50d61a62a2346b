"""Classes whose mirrored images look like another class: left and right, b and d.

    for every class A, by a linear classifier fitted on other images:
    mirrored(A, B) = fraction of the mirrored images of A that are taken for B
    original(A, B) = the same of the images as they are
    mirrored pair: mirrored(A, B) >= 0.5, original(A, A) >= 0.5, and their difference
                   mirrored(A, B) - original(A, B) >= 0.3 and 3 / sqrt(images of A)

The images are grey thumbnails of 8 x 9 cells, which tell large shapes, not details.

Use: before flips are chosen; a flip of such a class teaches a wrong label.
Side effects: none. Signs that differ in details alone are not found.
Source: the rule and its limits are ours.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainwell.data import Splits
from trainwell.diagnose._finding import Finding

_MOST = 4_000  # images
_FEWEST, _SURE = 16, 3.0  # images of a class; standard errors, about
_FOLDS = 3
_MIRRORED, _MORE, _KNOWN = 0.5, 0.3, 0.5
_ROWS, _COLUMNS = 8, 9


@dataclass(frozen=True)
class MirroredPair:
    """A class whose mirrored images are taken for another class.

    Attributes:
        source: Index of the class.
        looks_like: Index of the class that its mirrored images are taken for.
        mirrored: Fraction of its mirrored images that are.
        original: Fraction of its images that are as they are.

    Example:
        >>> MirroredPair(0, 1, mirrored=0.9, original=0.0).looks_like
        1
    """

    source: int
    looks_like: int
    mirrored: float
    original: float


def mirrored_classes(
    thumbs: npt.NDArray[np.uint8], targets: npt.NDArray[np.int64]
) -> list[MirroredPair]:
    """Return the classes that a left-right flip turns into another one.

    Args:
        thumbs: Grey thumbnails, 8 rows of 9 cells each, shape (n, 72).
        targets: Class indices, shape (n,).

    Example:
        >>> left = np.tile(np.repeat([0, 255], [36, 36]), (40, 1)).reshape(40, 9, 8)
        >>> left = left.transpose(0, 2, 1)  # bright on the right
        >>> both = np.concatenate([left, left[..., ::-1]]).reshape(80, 72)
        >>> noise = np.random.default_rng(0).integers(0, 9, both.shape)
        >>> thumbs = (both * 0.9 + noise).astype(np.uint8)
        >>> [p.looks_like for p in mirrored_classes(thumbs, np.arange(80) // 40)]
        [1, 0]
    """
    from sklearn.linear_model import RidgeClassifier
    from sklearn.model_selection import StratifiedKFold

    some = np.linspace(0, len(thumbs) - 1, min(len(thumbs), _MOST)).astype(np.int64)
    thumbs, targets = thumbs[some], targets[some]
    counts = np.bincount(targets, minlength=1)
    usable = counts[targets] >= _FEWEST
    thumbs, targets = thumbs[usable], targets[usable]
    if len(np.unique(targets)) < 2:
        return []
    images = _standardised(thumbs)
    flipped = _standardised(
        thumbs.reshape(-1, _ROWS, _COLUMNS)[..., ::-1].reshape(thumbs.shape)
    )
    answers = np.empty((2, len(targets)), np.int64)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    for fitted, held in folds.split(images, targets):
        model = RidgeClassifier(alpha=10.0, class_weight="balanced")
        model.fit(images[fitted], targets[fitted])
        answers[0, held] = model.predict(images[held])
        answers[1, held] = model.predict(flipped[held])
    return _pairs(answers, targets)


def describe_mirrored(splits: Splits) -> str:
    """Return the first such pair in words, if any.

    It is empty, too, where it is known whether a flip keeps the classes.

    Example:
        >>> from trainwell.data import load
        >>> describe_mirrored(load("synthetic:shapes"))
        ''
    """
    if _unknown(splits):
        return ""
    found = mirrored_classes(splits.train_thumbs, splits.train.targets)
    if not found:
        return ""
    source, other = (splits.classes[i] for i in (found[0].source, found[0].looks_like))
    return f"mirrored {source} looks like {other}"


def check_mirrored(splits: Splits) -> Finding:
    """Say whether a flip turns a class into another; flips are off by default then.

    Example:
        >>> from trainwell.data import load
        >>> check_mirrored(load("synthetic:shapes")).level
        'pass'
    """
    if why := _unknown(splits):
        return Finding.untested("mirror", why)
    found = describe_mirrored(splits)
    message = "No class looks like another when mirrored, as thumbnails show."
    if found:
        message = f"{found[0].upper()}{found[1:]}; flips are off by default."
    return Finding.passed("mirror", message, {"pairs": int(bool(found))})


def _unknown(splits: Splits) -> str:
    """Return why thumbnails do not tell; empty if they do."""
    if splits.mirror is not None:
        return "The source says whether classes mirror."
    if not len(splits.train_thumbs):
        return "There are no thumbnails to compare."
    return "" if splits.reader.has_classes else "There are no classes to compare."


def _pairs(
    answers: npt.NDArray[np.int64], targets: npt.NDArray[np.int64]
) -> list[MirroredPair]:
    size, found = int(targets.max()) + 1, []
    for source in np.unique(targets):
        original, mirrored = (
            np.bincount(a[targets == source], minlength=size) for a in answers
        )
        count = (targets == source).sum()
        original, mirrored = original / count, mirrored / count
        others = np.where(np.arange(size) == source, 0, mirrored)
        other = int(others.argmax())
        if (
            mirrored[other] >= _MIRRORED
            and mirrored[other] - original[other] >= max(_MORE, _SURE / count**0.5)
            and original[source] >= _KNOWN
        ):
            found.append(
                MirroredPair(
                    int(source), other, float(mirrored[other]), float(original[other])
                )
            )
    return found


def _standardised(thumbs: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """Return images of mean 0 and norm 1, so that brightness does not count."""
    centred = thumbs - thumbs.mean(axis=1, keepdims=True, dtype=np.float64)
    norm = np.linalg.norm(centred, axis=1, keepdims=True)
    scaled: npt.NDArray[np.float64] = centred / np.maximum(norm, 1e-9) * _COLUMNS
    return scaled
