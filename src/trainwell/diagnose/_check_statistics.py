"""Say what the numbers seen while training mean.

    updates too small:  the median ratio of update to weight below 1e-6, at the middle
                        of the training
    updates too large:  above 0.1, after the first tenth of it; not judged where the
                        optimizer sets the size of its steps itself, as Muon does
    units died:         over half of a layer's units dead in the end
    units saturated:    over half of a layer's outputs in the end
    gradients explode:  a norm over 100 times the median of all, after the first tenth
    norms lag:          a BatchNorm whose means are off by over a deviation in the end

Source: Karpathy, CS231n notes, "Babysitting the learning process",
https://cs231n.github.io/neural-networks-3/ (ratios about 1e-3); the limits are ours.
"""

from collections.abc import Mapping, Sequence
from statistics import median

from trainwell.diagnose._finding import Finding
from trainwell.diagnose._norm_gap import MAX_SHIFT

_SMALL, _LARGE = 1e-6, 0.1
_MANY = 0.5
_EXPLODED = 100.0


def check_statistics(
    lines: Sequence[Mapping[str, float]], *, own_size: bool = False
) -> list[Finding]:
    """Check the lines that `summarize_statistics` made, in the order of the steps.

    Args:
        lines: With ratio, gradient_norm, dead, saturated and norm_gap; three or more,
            fewer are not judged.
        own_size: Whether the optimizer sets the size of its steps, independently of
            the gradients.
    """
    if len(lines) < 3:
        return []
    last, later = lines[-1], lines[max(1, len(lines) // 10) :]
    middle = lines[len(lines) // 2]["ratio"]
    largest = max(line["ratio"] for line in later)
    gradients = median(line["gradient_norm"] for line in lines)
    peak = max(line["gradient_norm"] for line in later)
    found = []
    if middle < _SMALL:
        found.append(
            Finding(
                "updates too small",
                "warn",
                f"Halfway, a step moves weights by {middle:.1g} of their size; about "
                "1e-3 is usual.",
                {"ratio": middle},
                "a rate ten times higher",
            )
        )
    if largest > _LARGE and not own_size:
        found.append(
            Finding(
                "updates too large",
                "warn",
                f"A step moves weights by up to {largest:.1g} of their size; about "
                "1e-3 is usual.",
                {"ratio": largest},
                "a rate ten times lower, or warmup",
            )
        )
    if peak > _EXPLODED * gradients > 0:
        found.append(
            Finding(
                "gradients explode",
                "warn",
                f"A gradient of norm {peak:.2g}, where {gradients:.2g} is the median.",
                {"peak": peak, "median": gradients},
                "gradients=clip_norm, or a lower rate",
            )
        )
    shares = (
        ("dead", "units died", "units of a layer are dead", "leaky_relu, a lower rate"),
        (
            "saturated",
            "units saturated",
            "outputs of a layer are saturated",
            "smaller weights, batch norm, or relu",
        ),
    )
    for key, name, words, remedy in shares:
        if last[key] > _MANY:
            text = f"In the end {last[key]:.0%} of the {words}."
            found.append(Finding(name, "warn", text, {key: last[key]}, remedy))
    if last["norm_gap"] > MAX_SHIFT:
        found.append(
            Finding(
                "norms lag",
                "warn",
                "Running means of a BatchNorm are off by "
                f"{last['norm_gap']:.2g} deviations in the end.",
                {"norm_gap": last["norm_gap"]},
                "a larger momentum of the norm, larger batches, or group_norm",
            )
        )
    return found
