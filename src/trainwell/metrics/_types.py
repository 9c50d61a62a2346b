"""What the metrics of several labels share: their types, and what is true."""

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]
Truth = npt.NDArray[Any]
Average = Literal["macro", "micro"]
"""Over labels: the mean of those that occur, or all of them as one."""

AVERAGES: tuple[Average, ...] = ("macro", "micro")


def label_truth(probabilities: Floats, targets: Truth) -> npt.NDArray[np.bool_]:
    """Return where labels are true: where the target is at least 1/2.

    Raises:
        ValueError: If the shapes disagree.
    """
    if probabilities.ndim != 2 or probabilities.shape != targets.shape:
        raise ValueError(
            "`probabilities` and `targets` must both be (images, labels), got "
            f"{probabilities.shape} and {targets.shape}."
        )
    return targets >= 0.5
