"""Images that occur twice: within training, or in training and validation.

Only exact copies of what the network reads are found; augmented copies are not. The
audit of `trainwell.data` compares files, and finds near copies too.

    leaked:   copies of training images among validation images, 1 % and more fail
    repeated: training images that repeat another, 5 % and more

Source: Barz & Denzler, "Do We Train on Test Data? Purging CIFAR of Near-Duplicates",
2020 (3 % of CIFAR-10's test images), https://arxiv.org/abs/1902.00423; the limits are
ours.
"""

import hashlib

from torch import Tensor

from trainwell.core import limits
from trainwell.diagnose._finding import Finding


def check_repeats(images: Tensor) -> Finding:
    """Check the fraction of images that repeat an earlier one.

    Args:
        images: Training images, shape (n, ...).
    """
    keys = _keys(images)
    repeated = len(keys) - len(set(keys))
    fraction = repeated / len(keys)
    numbers = {"repeated": repeated, "share": fraction}
    message = f"{repeated} of {len(keys)} training images repeat another"
    if fraction >= limits.MAX_REPEATED_FRACTION:
        return Finding.warn(
            "repeated images",
            f"{message}.",
            numbers,
            "keep one of each before splitting; copies weigh double and leak",
        )
    return Finding.passed("repeats", f"{message}.", numbers)


def check_leak(training: Tensor, validation: Tensor) -> Finding:
    """Check the fraction of validation images that are training images.

    Args:
        training: Training images, shape (n, ...).
        validation: Validation images, shape (m, ...).

    Example:
        >>> images = torch.arange(40.0).reshape(10, 4)
        >>> check_leak(images, images[:1]).name
        'leaked images'
        >>> check_leak(images, images + 100).what
        '0 of 10 validation images are training images.'
    """
    known, keys = set(_keys(training)), _keys(validation)
    leaked = sum(key in known for key in keys)
    fraction = leaked / len(keys)
    numbers = {"leaked": leaked, "share": fraction}
    message = f"{leaked} of {len(keys)} validation images are training images"
    if leaked:
        make = Finding.fail if fraction >= limits.MAX_LEAKED_FRACTION else Finding.warn
        return make(
            "leaked images",
            f"{message}: the scores are inflated.",
            numbers,
            "remove copies, then split; split by object or person, not by image",
        )
    return Finding.passed("leak", f"{message}.", numbers)


def _keys(images: Tensor) -> list[bytes]:
    rows = images.detach().float().cpu().contiguous().flatten(1).numpy()
    return [hashlib.blake2b(row.tobytes(), digest_size=16).digest() for row in rows]
