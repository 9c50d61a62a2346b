"""Checks of labels: their range, their classes, and the order of batches.

    range:     every label in [0, K), K the outputs of the network
    missing:   a class without an image in a split, from 20 images per class on
    imbalance: largest class over smallest, 5 and more, from 50 images per class on
    sorted:    distinct labels per batch below 0.6 of what shuffling gives,
               sum_k 1 - (1 - p_k)^b

Source: definition; the limits are ours. That batches must be shuffled: LeCun, Bottou,
Orr & Mueller, "Efficient BackProp", 1998, section 4.2.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from trainwell.core import limits
from trainwell.diagnose._finding import Finding

_SORTED = 0.6
_PER_CLASS = 20  # images per class, from which a missing class is no accident
_TO_COMPARE = 50  # images per class, from which sizes of classes can be compared


def check_labels(
    targets: Tensor, num_classes: int, *, split: str = "training"
) -> Finding:
    """Check the labels of a split.

    Args:
        targets: Class indices, shape (n,).
        num_classes: Number of outputs of the network.
        split: Name of the split in the message.
    """
    low, high = int(targets.min()), int(targets.max())
    if low < 0 or high >= num_classes:
        return Finding.fail(
            "labels out of range",
            f"{split.capitalize()} labels go from {low} to {high}, but {num_classes} "
            f"outputs stand for 0 to {num_classes - 1}.",
            {"lowest": low, "highest": high, "outputs": num_classes},
            "count labels from 0"
            if low == 1 and high == num_classes
            else "give the network an output per class",
        )
    counts = torch.bincount(targets, minlength=num_classes)
    missing = torch.nonzero(counts == 0).flatten().tolist()
    numbers = {"smallest": counts.min().item(), "largest": counts.max().item()}
    if missing and len(targets) >= _PER_CLASS * num_classes:
        which = ", ".join(map(str, missing[:5])) + (" ..." if len(missing) > 5 else "")
        make = Finding.fail if split == "training" else Finding.warn
        return make(
            "class missing",
            f"No {split} image of class {which} ({len(missing)} of {num_classes}).",
            {**numbers, "missing": len(missing)},
            "split each class in the same way, and check that class names agree in all "
            "splits",
        )
    present = counts[counts > 0]
    ratio = (present.max() / present.min()).item()
    if (
        split == "training"
        and ratio >= limits.MAX_IMBALANCE
        and len(targets) >= _TO_COMPARE * num_classes
    ):
        return Finding.warn(
            "class imbalance",
            f"The largest class has {ratio:.1f} times the images of the smallest "
            f"({numbers['largest']} and {int(present.min())}).",
            {**numbers, "ratio": ratio},
            "look at accuracy per class; weight the loss or sample classes evenly",
        )
    return Finding.passed(
        "labels", f"{split.capitalize()} labels are in order.", numbers
    )


def check_shuffling(batches: Sequence[Tensor], num_classes: int) -> Finding:
    """Check that the labels of each batch are mixed as shuffling mixes them.

    Args:
        batches: Class indices of each batch, shape (batch,).
        num_classes: Number of outputs of the network.
    """
    counts = torch.bincount(torch.cat(list(batches)), minlength=num_classes).double()
    share = counts / counts.sum()
    seen = [len(targets.unique()) for targets in batches]
    sizes = [len(targets) for targets in batches]
    expected = [(1 - (1 - share) ** size).sum().item() for size in sizes]
    found, due = sum(seen) / len(seen), sum(expected) / len(expected)
    numbers = {"distinct": found, "expected": due}
    words = f"{found:.1f} classes per batch, where shuffling gives {due:.1f}"
    if found < _SORTED * due:
        return Finding.fail(
            "sorted batches",
            f"Batches are not shuffled: {words}.",
            numbers,
            "use a new order of all images every epoch (shuffle=True)",
        )
    return Finding.passed("order", f"Batches are mixed: {words}.", numbers)
