"""Advice: which of the lectures' four cases a data set is.

                      similar data                different data
    little data       linear on top features      linear on earlier features
    much data         fine-tune a few layers      fine-tune many layers

Little is below 200 images per class. Data are similar if the deepest features serve
within a standard error of the best ones.

Use: `trainwell check transfer`, and `transfer=auto` in a recipe.
Side effects: none.
Source: the lectures; Yosinski et al., "How transferable are features in deep neural
networks?", 2014, https://arxiv.org/abs/1411.1792
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from trainwell.transfer._probe import Probe, best

LITTLE = 200
"""Images per class below which data are little."""
_FEW = 0.7  # share of the blocks that stay frozen when a few are tuned

Case = Literal["linear on top", "linear on earlier", "tune a few", "tune many"]


@dataclass(frozen=True)
class Advice:
    """What to do, and why.

    Attributes:
        case: One of the four.
        freeze: Share of the blocks below the head to freeze, of those that stay.
        cut: Share of the blocks that stay; None keeps all.
        per_class: Images of the mean class.
        best: Number of the block whose features serve best.
        probes: What was measured, from the first block to the last.
        text: In words, with the numbers.
    """

    case: Case
    freeze: float
    cut: float | None
    per_class: float
    best: int
    probes: tuple[Probe, ...]
    text: str


def advise(
    probes: Sequence[Probe], per_class: float, shares: Sequence[float] | None = None
) -> Advice:
    """Return the case.

    Args:
        probes: Of blocks below the head, from the first to the last.
        per_class: Training images of the mean class.
        shares: Of the blocks below the head, up to each probed one; if not given, every
            block was probed.
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
        "linear on top": "train a new head on the features as they are",
        "linear on earlier": f"train a new head on {found.block}, and leave out what "
        "comes after it",
        "tune a few": "fine-tune the upper blocks and leave the lower ones",
        "tune many": "fine-tune the whole network at a tenth of the rate",
    }
    near = "as well as any" if similar else f"worse than {found.block}'s"
    text = (
        f"{per_class:.0f} images per class; the deepest features ({last.block}) serve "
        f"{near}: {last.accuracy:.3f} against {found.accuracy:.3f} ± {found.error:.3f}."
        f" Hence: {words[case]}."
    )
    cut = shares[number] if case == "linear on earlier" else None
    return Advice(case, freeze, cut, per_class, number, tuple(probes), text)
