"""Sample training images so that every class keeps its fraction."""

import numpy as np
import numpy.typing as npt

from trainwell.core import keyed
from trainwell.data import Dataset


def spread_over_classes(
    dataset: Dataset, most: int, seed: int
) -> npt.NDArray[np.int64]:
    """Return at most `most` indices, drawn so that every class keeps its share."""
    if len(dataset) <= most:
        return np.arange(len(dataset))
    draw = keyed.uniform(seed, 0, dataset.keys, "search")[:, 0]
    by_class = np.lexsort((draw, dataset.targets))
    places = np.floor((np.arange(most) + 0.5) * len(dataset) / most).astype(np.int64)
    return np.sort(by_class[places])
