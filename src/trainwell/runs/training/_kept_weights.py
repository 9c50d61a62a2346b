"""Say which of a run's weights are kept, and why.

Source: none; see `training._choose_weights`.
"""

from collections.abc import Sequence
from typing import Any

from trainwell.core.headline import spoken
from trainwell.metrics import accuracy
from trainwell.tasks import Metric
from trainwell.training import noise

_FRACTION = Metric(accuracy, is_fraction=True)
_NAMES = {"balanced_accuracy": "mean accuracy over classes"}


def describe_kept(
    curves: Sequence[dict[str, Any]],
    kept: int,
    count: int,
    select: str,
    metric: Metric = _FRACTION,
) -> str:
    """Return why the weights of an evaluation are kept; empty if there is no choice.

    Args:
        curves: Lines of the evaluations in order.
        kept: Index of the evaluation whose weights are kept.
        count: Number of validation images; 0 where none are held out.
        select: Name of the metric that chooses.
        metric: The metric.
    """
    if not curves or (len(curves) == 1 and not curves[0]["step"]):
        return ""
    if not count:
        return "the last weights: nothing is held out to choose by"
    key, name = f"val_{select}", _NAMES.get(select, spoken(select))
    if key not in curves[kept]:
        return f"the best weights by {spoken(select)} on validation"
    sign = -1 if metric.lower_is_better else 1
    chosen = curves[kept]
    best = max(curves, key=lambda line: sign * float(line[key]))
    if chosen["step"] == 0:
        return (
            f"the head that was solved for, before the first step: no later weights "
            f"had a {'lower' if metric.lower_is_better else 'higher'} {name} on "
            "validation"
        )
    if sign * chosen[key] >= sign * best[key]:
        which = "lowest" if metric.lower_is_better else "highest"
        return f"the {which} {name} on validation, the later of equals"
    if not metric.is_fraction:
        return f"the best weights by {name} on validation"
    return (
        f"later weights: their {name} of {chosen[key]:.3f} is within the noise of "
        f"{count:,} validation images ({noise(best[key], count):.3f}) of the highest, "
        f"{best[key]:.3f} in epoch {best['epoch']:g}, and their loss is no higher"
    )
