"""Say which of a run's weights are kept, and why.

Source: none; see `training._choose_weights`.
"""

from collections.abc import Sequence
from typing import Any

from trainwell.training import noise

_SCORES = {
    "accuracy": ("val_accuracy", "accuracy"),
    "balanced_accuracy": ("val_balanced_accuracy", "mean accuracy over classes"),
}


def describe_kept(
    curves: Sequence[dict[str, Any]], kept: int, count: int, select: str
) -> str:
    """Return why the weights of an evaluation are kept; empty if there is no choice.

    Args:
        curves: Lines of the evaluations in order.
        kept: Index of the evaluation whose weights are kept.
        count: Number of validation images; 0 where none are held out.
        select: Metric that chooses.
    """
    if not curves or (len(curves) == 1 and not curves[0]["step"]):
        return ""
    if not count:
        return "the last weights: nothing is held out to choose by"
    if select not in _SCORES:
        return f"the best weights by {select} on validation"
    key, name = _SCORES[select]
    chosen, best = curves[kept], max(curves, key=lambda line: float(line[key]))
    if chosen["step"] == 0:
        return (
            "the head that was solved for, before the first step: no later weights "
            "were right more often on validation"
        )
    if chosen[key] >= best[key]:
        return f"the highest {name} on validation, the later of equals"
    return (
        f"later weights: their {name} of {chosen[key]:.3f} is within the noise of "
        f"{count:,} validation images ({noise(best[key], count):.3f}) of the highest, "
        f"{best[key]:.3f} in epoch {best['epoch']:g}, and their loss is no higher"
    )
