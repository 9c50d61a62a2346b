"""The gain of a recipe over the default as one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainwell.tuning import Gain


def describe_gain(
    name: str, scores: Sequence[float], base: Sequence[float], gain: Gain
) -> str:
    """Return one sentence that compares a recipe with the default.

    Args:
        name: Name of the recipe, such as `coarse`.
        scores: Scores of its repeats.
        base: Scores of the repeats of the default.
        gain: Result of `tuning.measure_gain` for these scores.

    Example:
        >>> from trainwell.tuning import measure_gain
        >>> scores, base = (0.91, 0.92), (0.81, 0.82)
        >>> describe_gain("coarse", scores, base, measure_gain(scores, base))
        'Coarse: 0.9150 ± 0.0071 (n = 2) against 0.8150 ± 0.0071 (n = 2) of the ...'
    """
    return (
        f"{name.capitalize()}: {describe_mean(scores)} against {describe_mean(base)} "
        f"of the default: {gain.mean:+.4f} ± {gain.error:.4f}, "
        + (
            f"beyond seed noise ({_describe_chance(gain.chance)})."
            if gain.beyond_noise
            else f"not beyond seed noise (p = {gain.chance:.2f})."
        )
    )


def describe_mean(scores: Sequence[float]) -> str:
    """Return the mean, the standard deviation and the number of scores as text.

    Example:
        >>> describe_mean([0.5, 0.7])
        '0.6000 ± 0.1414 (n = 2)'
    """
    mean = sum(scores) / len(scores)
    spread = (sum((s - mean) ** 2 for s in scores) / max(1, len(scores) - 1)) ** 0.5
    return f"{mean:.4f} ± {spread:.4f} (n = {len(scores)})"


def _describe_chance(chance: float) -> str:
    return "p < 0.001" if chance < 0.001 else f"p = {chance:.3f}"
