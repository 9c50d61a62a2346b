"""Which images a run began with, split by split, and whether they are the same now."""

from collections.abc import Mapping
from typing import Any

from trainwell.core.errors import RunError
from trainwell.data import Splits

_CALLED = {"train": "training", "val": "validation", "test": "test"}


def fingerprints(splits: Splits) -> dict[str, str | None]:
    """Return the digest of every split, None where there is none."""
    found = {name: getattr(splits, name) for name in _CALLED}
    return {k: v and str(v.fingerprint) for k, v in found.items()}


def differing_split(one: Mapping[str, Any], other: Mapping[str, Any]) -> str | None:
    """Return which images differ between two origins of runs: `training`, if any do.

    Runs of earlier versions know their training images only.

    Raises:
        RunError: If one is not the origin of a run.
    """
    pairs: dict[str, tuple[Any, Any]] = {
        "train": (_trained_on(one), _trained_on(other))
    }
    first, second = one.get("fingerprints"), other.get("fingerprints")
    if isinstance(first, dict) and isinstance(second, dict):
        pairs |= {k: (first.get(k), second.get(k)) for k in _CALLED if k != "train"}
    for name, (before, now) in pairs.items():
        if before != now:
            return _CALLED[name]
    return None


def refuse_other_data(
    path: object, began: Mapping[str, Any], splits: Splits, source: object
) -> None:
    """Refuse data that are not those that a run began with, in images or labels.

    Args:
        path: The folder of the run.
        began: What its origin.json holds.
        splits: The data.
        source: Their name.

    Raises:
        RunError: If any split differs.
    """
    digests = fingerprints(splits)
    now = {"fingerprint": digests["train"], "fingerprints": digests}
    if different := differing_split(began, now):
        raise RunError(
            f"the {different} images of {source}, or their labels, are not those that "
            f"{path} began with; restore them, or start another run in another folder."
        )


def _trained_on(origin: Mapping[str, Any]) -> str:
    found = origin.get("fingerprint") if isinstance(origin, dict) else None
    if not isinstance(found, str):
        raise RunError("origin.json has no fingerprint; it is not the origin of a run.")
    return found
