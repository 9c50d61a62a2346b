"""Findings from the layer statistics of a training.

    updates too small:  the median ratio of update to weight below 1e-6, at the middle
                        of the training
    updates too large:  above 0.1, after the first tenth of it; not checked where the
                        optimizer sets the size of its steps itself, as Muon does
    gradients explode:  a norm over 100 times the median of all, after the first tenth
    units died:         over half of a layer's units dead at the end
    units saturated:    over half of a layer's outputs at the end
    norms lag:          a BatchNorm whose means are off by over a standard deviation at
                        the end

Source: Karpathy, CS231n notes, "Babysitting the learning process",
https://cs231n.github.io/neural-networks-3/ (ratios about 1e-3); the limits are ours.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from trainwell.diagnose._finding import Finding
from trainwell.diagnose._norm_gap import MAX_SHIFT

_SMALL, _LARGE = 1e-6, 0.1
_MANY = 0.5
_EXPLODED = 100.0
_FEWEST = 3

_Values = Mapping[str, float]


@dataclass(frozen=True)
class _Rule:
    """A warning: when it applies, what it says, and the numbers it shows."""

    name: str
    applies: Callable[[_Values], bool]
    message: str
    shown: tuple[str, ...]
    remedy: str


_RULES = (
    _Rule(
        "updates too small",
        lambda v: v["ratio"] < _SMALL,
        "Halfway, a step moves weights by {ratio:.1g} of their size; about 1e-3 is "
        "usual.",
        ("ratio",),
        "a learning rate ten times higher",
    ),
    _Rule(
        "updates too large",
        lambda v: v["largest"] > _LARGE and not v["own_size"],
        "A step moves weights by up to {largest:.1g} of their size; about 1e-3 is "
        "usual.",
        ("largest",),
        "a learning rate ten times lower, or warmup",
    ),
    _Rule(
        "gradients explode",
        lambda v: v["peak"] > _EXPLODED * v["median"] > 0,
        "A gradient has the norm {peak:.2g}, where {median:.2g} is the median.",
        ("peak", "median"),
        "gradients=clip_norm, or a lower learning rate",
    ),
    _Rule(
        "units died",
        lambda v: v["dead"] > _MANY,
        "At the end {dead:.0%} of the units of a layer are dead.",
        ("dead",),
        "leaky_relu, a lower learning rate",
    ),
    _Rule(
        "units saturated",
        lambda v: v["saturated"] > _MANY,
        "At the end {saturated:.0%} of the outputs of a layer are saturated.",
        ("saturated",),
        "smaller weights, batch norm, or relu",
    ),
    _Rule(
        "norms lag",
        lambda v: v["norm_gap"] > MAX_SHIFT,
        "At the end the running means of a BatchNorm are off by {norm_gap:.2g} "
        "standard deviations.",
        ("norm_gap",),
        "a larger momentum of the norm, larger batches, or group_norm",
    ),
)


def check_statistics(
    lines: Sequence[_Values], *, own_size: bool = False
) -> list[Finding]:
    """Check the lines that `summarize_statistics` made, in the order of the steps.

    Args:
        lines: Numbers named ratio, gradient_norm, dead, saturated and norm_gap; fewer
            than three lines are not checked.
        own_size: Whether the optimizer sets the size of its steps independently of the
            gradients.

    Example:
        >>> line = {"ratio": 1e-8, "gradient_norm": 1.0, "dead": 0.0,
        ...         "saturated": 0.0, "norm_gap": 0.0}
        >>> [finding.name for finding in check_statistics([line] * 10)]
        ['updates too small']
    """
    if len(lines) < _FEWEST:
        return []
    last, later = lines[-1], lines[max(1, len(lines) // 10) :]
    values = {
        "ratio": lines[len(lines) // 2]["ratio"],
        "largest": max(line["ratio"] for line in later),
        "own_size": own_size,
        "median": median(line["gradient_norm"] for line in lines),
        "peak": max(line["gradient_norm"] for line in later),
        **{name: last[name] for name in ("dead", "saturated", "norm_gap")},
    }
    return [
        Finding.warn(
            rule.name,
            rule.message.format(**values),
            {_NAMES.get(name, name): values[name] for name in rule.shown},
            rule.remedy,
        )
        for rule in _RULES
        if rule.applies(values)
    ]


_NAMES = {"largest": "ratio"}
