"""Who is measured, and by which command."""

import sys
from dataclasses import dataclass
from pathlib import Path

CIFAR = ("cifar10", "cifar10_mini")


@dataclass(frozen=True)
class Candidate:
    """One row of the table.

    Attributes:
        peer: File in `peers`; empty for trainwell.
        arguments: What it is told besides data, seconds and seed.
        only: The sets that it is for; all if empty.
        one_size: Whether images are shown at the first of the set's sizes only.
    """

    peer: str
    arguments: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    one_size: bool = False


CANDIDATES = {
    "ours": Candidate(""),
    "ours-scratch": Candidate("", ("model.pretrained=none",)),
    "fastai": Candidate("fastai"),
    "fastai-scratch": Candidate("fastai", ("--scratch",), one_size=True),
    "ultralytics-scratch": Candidate("ultralytics", ("--scratch",), one_size=True),
    "timm": Candidate("timm"),
    "timm-scratch": Candidate("timm", ("--scratch",), one_size=True),
    "lightning": Candidate("lightning"),
    "lightning-frozen": Candidate("lightning", ("--variant", "frozen")),
    **{
        f"airbench-{widths.split('/')[0]}": Candidate(
            "airbench", ("--scratch", "--variant", widths), CIFAR, one_size=True
        )
        for widths in ("64/256/256", "48/192/192", "32/128/128")
    },
}


@dataclass(frozen=True)
class Run:
    """One process to be measured."""

    name: str
    command: tuple[str, ...]
    out: Path | None


def runs(
    name: str,
    images: Path,
    seconds: float,
    seed: int,
    sizes: tuple[int, ...],
    out: Path,
) -> list[Run]:
    """Return the runs of a candidate on a set; one for each size of its images."""
    chosen = CANDIDATES[name]
    if not chosen.peer:
        trainwell = str(Path(sys.executable).with_name("trainwell"))
        fields = (f"train.time={seconds:g}s", f"seed={seed}", *chosen.arguments)
        command = (trainwell, "train", str(images), *fields, "--out", str(out))
        return [Run(name, command, out)]
    module = f"benchmarks.first_run.peers.{chosen.peer}"
    start = (sys.executable, "-m", module, str(images), f"{seconds:g}", str(seed))
    return [
        Run(
            f"{name}@{size}",
            (*start, *chosen.arguments, "--size", str(size)),
            None,
        )
        for size in (sizes[:1] if chosen.one_size else sizes)
    ]
