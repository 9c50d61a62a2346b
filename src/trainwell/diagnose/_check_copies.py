"""Images that occur twice: within training, and in training and validation.

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

_REPEATED = 0.05


def check_repeats(images: Tensor) -> Finding:
    """Judge the share of images that repeat an earlier one, over all of (n, ...)."""
    keys = _keys(images)
    repeated = len(keys) - len(set(keys))
    share = repeated / len(keys)
    numbers = {"repeated": repeated, "share": share}
    words = f"{repeated} of {len(keys)} training images repeat another"
    if share >= _REPEATED:
        return Finding(
            "repeated images",
            "warn",
            f"{words}.",
            numbers,
            "keep one of each before splitting; copies weigh double and leak",
        )
    return Finding("repeats", "pass", f"{words}.", numbers)


def check_leak(training: Tensor, validation: Tensor) -> Finding:
    """Judge the share of validation images that are training images."""
    known, keys = set(_keys(training)), _keys(validation)
    leaked = sum(key in known for key in keys)
    share = leaked / len(keys)
    numbers = {"leaked": leaked, "share": share}
    words = f"{leaked} of {len(keys)} validation images are training images"
    if leaked:
        return Finding(
            "leaked images",
            "fail" if share >= limits.MAX_LEAKED_FRACTION else "warn",
            f"{words}: scores on them flatter.",
            numbers,
            "remove copies, then split; split by object or person, not by image",
        )
    return Finding("leak", "pass", f"{words}.", numbers)


def _keys(images: Tensor) -> list[bytes]:
    rows = images.detach().float().cpu().contiguous().flatten(1).numpy()
    return [hashlib.blake2b(row.tobytes(), digest_size=16).digest() for row in rows]
