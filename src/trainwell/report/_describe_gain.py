"""The gain of a recipe over the default as one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trainwell.report._scored_by import ACCURACY, ScoredBy

if TYPE_CHECKING:
    from trainwell.tuning import Gain


def describe_gain(
    name: str,
    scores: Sequence[float],
    base: Sequence[float],
    gain: Gain,
    by: ScoredBy = ACCURACY,
) -> str:
    """Return one sentence that compares a recipe with the default.

    Args:
        name: Name of the recipe, such as `coarse`.
        scores: Scores of its repeats.
        base: Scores of the repeats of the default.
        gain: Result of `tuning.measure_gain` for these scores.
        by: Metric whose values, or negatives, the scores are.

    Example:
        >>> from trainwell.tuning import measure_gain
        >>> scores, base = (0.91, 0.92), (0.81, 0.82)
        >>> describe_gain("coarse", scores, base, measure_gain(scores, base))
        'Coarse: 0.9150 ± 0.0071 (n = 2) against 0.8150 ± 0.0071 (n = 2) of the ...'
    """
    return (
        f"{name.capitalize()}: {describe_mean(scores, by)} against "
        f"{describe_mean(base, by)} of the default: {by.value(gain.mean):+.4f} ± "
        f"{gain.error:.4f}, "
        + (
            f"beyond seed noise ({_describe_chance(gain.chance)})."
            if gain.beyond_noise
            else f"not beyond seed noise (p = {gain.chance:.2f})."
        )
    )


def describe_mean(scores: Sequence[float], by: ScoredBy = ACCURACY) -> str:
    """Return the mean, the standard deviation and the number of scores as text.

    Args:
        scores: Scores of the repeats.
        by: Metric whose values, or negatives, they are.

    Example:
        >>> describe_mean([0.5, 0.7])
        '0.6000 ± 0.1414 (n = 2)'
    """
    mean = sum(scores) / len(scores)
    spread = (sum((s - mean) ** 2 for s in scores) / max(1, len(scores) - 1)) ** 0.5
    return f"{by.value(mean):.4f} ± {spread:.4f} (n = {len(scores)})"


def _describe_chance(chance: float) -> str:
    return "p < 0.001" if chance < 0.001 else f"p = {chance:.3f}"
