"""Class names: their order, and matching them by name, never by position.

Natural order compares runs of digits as numbers: img2 < img10. Names are compared in
Unicode's composed form (NFC), because file systems store accents differently.

Source: Unicode Standard Annex 15 (normalisation forms).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from trainwell.core.checks import did_you_mean
from trainwell.core.errors import DataError


def natural_key(name: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """Return the sort key of natural order: digits as numbers, then case folded."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name)
    return tuple(
        (0, int(part), "") if part.isdigit() else (1, 0, part.casefold())
        for part in parts
    ), name


def class_name(name: object) -> str:
    """Return a name as it is compared: text, composed, without outer spaces."""
    return unicodedata.normalize("NFC", str(name)).strip()


def class_order(labels: Iterable[str]) -> tuple[str, ...]:
    """Return the distinct labels in natural order."""
    return tuple(sorted(set(labels), key=natural_key))


def match_classes(
    labels: Sequence[str], classes: Sequence[str], where: str
) -> npt.NDArray[np.int64]:
    """Return the index in `classes` of every label.

    Raises:
        DataError: A label is not among the classes; the message lists such labels.
    """
    index = {name: i for i, name in enumerate(classes)}
    unknown = class_order(label for label in labels if label not in index)
    if unknown:
        shown = ", ".join(repr(name) for name in unknown[:5])
        more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
        raise DataError(
            f"{where} has a class that is not among the {len(classes)} classes of "
            f"training: {shown}{more}.{did_you_mean(unknown[0], classes)} Rename it, "
            "or take it out."
        )
    return np.array([index[label] for label in labels], np.int64)
