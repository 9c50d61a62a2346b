"""Advice: which of the lectures' four cases a data set is.

                      similar data                different data
    little data       linear on top features      linear on earlier features
    much data         fine-tune a few layers      fine-tune many layers

Little means below 200 images per class. Data are similar if the deepest features are
within a standard error of the best ones.

Use: `trainwell check transfer`.
Side effects: none.
Source: the lectures; Yosinski et al., "How transferable are features in deep neural
networks?", 2014, https://arxiv.org/abs/1411.1792
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from trainwell.metrics import explain_gap
from trainwell.transfer._probe import Probe, best

LITTLE = 200
"""Images per class below which the amount of data is little."""
_FEW = 0.7  # fraction of the blocks that stay frozen when a few are fine-tuned

Case = Literal["linear on top", "linear on earlier", "tune a few", "tune many"]


@dataclass(frozen=True)
class Advice:
    """Advice on transfer, with its reason.

    Attributes:
        case: One of the four cases.
        freeze: Fraction of the remaining blocks below the head to freeze.
        cut: Fraction of the blocks to keep; None keeps all.
        per_class: Mean number of images per class.
        best: Number of the block with the best features.
        probes: Measurements, from the first block to the last.
        text: The advice in one sentence, with its numbers.
        validation: Accuracy on validation images of the classifier on the best
            features; None where there are none.

    Example:
        >>> advice = advise([Probe("low", 0.6, 0.01), Probe("top", 0.9, 0.01)], 50)
        >>> advice.case, advice.freeze, advice.cut
        ('linear on top', 1.0, None)
    """

    case: Case
    freeze: float
    cut: float | None
    per_class: float
    best: int
    probes: tuple[Probe, ...]
    text: str
    validation: float | None = None


def advise(
    probes: Sequence[Probe], per_class: float, shares: Sequence[float] | None = None
) -> Advice:
    """Return the case of a data set.

    Args:
        probes: Probes of blocks below the head, from the first to the last.
        per_class: Mean number of training images per class.
        shares: Fraction of the blocks below the head up to each probed one; by default
            every block was probed.

    Example:
        >>> probes = [Probe("low", 0.9, 0.01), Probe("top", 0.6, 0.01)]
        >>> advise(probes, per_class=500).case
        'tune many'
        >>> advise(probes, per_class=50).case
        'linear on earlier'
    """
    shares = shares or [(i + 1) / len(probes) for i in range(len(probes))]
    number, last = best(probes), probes[-1]
    found = probes[number]
    similar = last.accuracy >= found.accuracy - max(found.error, last.error)
    case: Case
    if per_class < LITTLE:
        case, freeze = "linear on top" if similar else "linear on earlier", 1.0
    else:
        case = "tune a few" if similar else "tune many"
        freeze = _FEW if similar else 0.0
    words = {
        "linear on top": "train a new head on the unchanged features",
        "linear on earlier": f"train a new head on {found.block}, and remove the "
        "blocks after it",
        "tune a few": "fine-tune the upper blocks and freeze the lower ones",
        "tune many": "fine-tune the whole network at a tenth of the rate",
    }
    near = "as good as any" if similar else f"worse than those of {found.block}"
    text = (
        f"{per_class:.0f} images per class; the deepest features ({last.block}) are "
        f"{near}: {last.accuracy:.3f} against {found.accuracy:.3f} ± {found.error:.3f}."
        f" Hence: {words[case]}."
    )
    cut = shares[number] if case == "linear on earlier" else None
    return Advice(case, freeze, cut, per_class, number, tuple(probes), text)


def judged(advice: Advice, validation: float, counts: tuple[int, int]) -> Advice:
    """Return advice with what its classifier reaches on validation images.

    Args:
        advice: Advice from training images.
        validation: Accuracy on validation images.
        counts: Number of training and of validation images.
    """
    found = advice.probes[advice.best]
    gap = explain_gap(found.accuracy, validation, counts)
    text = f"{advice.text} {gap}" if gap else advice.text
    return replace(advice, validation=validation, text=text)
