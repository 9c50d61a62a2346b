"""Balanced sampling: every epoch shows each class equally often.

    an epoch of n samples of c classes: n / c of each, give or take one
    class k of m images: its keyed order of the epoch, again and again

Use: rare classes that the loss alone leaves behind; the alternative is
`loss.class_weights=balanced`, which weighs instead of repeating.
Side effects: images of rare classes repeat within an epoch, those of frequent ones are
left out of some; probabilities no longer reflect how frequent the classes are.

Source: He & Garcia, "Learning from Imbalanced Data", 2009, section 3.1, random over-
and undersampling; keyed and without replacement within a round is ours.
"""

import numpy as np
import numpy.typing as npt

from trainwell.core import keyed


def balanced_order(
    seed: int,
    epoch: int,
    keys: npt.NDArray[np.uint64],
    targets: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    """Return n indices in random order: each class as often, within one.

    Args:
        seed: Seed of the order.
        epoch: Number of the epoch.
        keys: Content key per sample, shape (n,).
        targets: Class index per sample, shape (n,).

    Example:
        >>> keys, targets = np.arange(6, dtype=np.uint64), np.array([0, 0, 0, 0, 0, 1])
        >>> np.bincount(targets[balanced_order(0, 0, keys, targets)]).tolist()
        [3, 3]
    """
    whole = keyed.order(seed, epoch, keys)
    classes = np.unique(targets)
    first = epoch % len(classes)  # whose turn it is to have one more
    chosen = []
    for place, target in enumerate(np.roll(classes, -first)):
        own = whole[targets[whole] == target]
        count = len(keys) // len(classes) + (place < len(keys) % len(classes))
        chosen.append(np.resize(own, count))
    drawn = np.concatenate(chosen)
    places = np.arange(len(drawn), dtype=np.uint64)
    mixed: npt.NDArray[np.int64] = drawn[keyed.order(seed, epoch, places)]
    return mixed
