"""Run the experiment of a claim: every seed, then the verdict and the picture."""

import time
from datetime import date
from pathlib import Path

import torch

from trainwell.core import checks
from trainwell.core.device import describe
from trainwell.core.files import write_atomically
from trainwell.experiments._claim_result import ClaimResult, load_result, save_result
from trainwell.experiments._claims import find_claim
from trainwell.report import standalone_svg
from trainwell.runs import Console, Reporter

_QUICK_SEEDS = 2


def measure_claim(
    name: str,
    *,
    seeds: int | None = None,
    quick: bool = False,
    out: str | Path | None = None,
    reporter: Reporter | None = None,
) -> ClaimResult:
    """Measure a claim of the lectures, and say whether it holds.

    Args:
        name: Name of the claim, one of `CLAIMS`.
        seeds: Number of repetitions; by default that of the claim, or 2 if `quick`.
        quick: Measure a smaller form, in seconds; it may come out otherwise.
        out: Folder for NAME.json and NAME.svg; nothing is written by default. A result
            in it with as many seeds and the same `quick` is returned as it is.
        reporter: Receiver of the messages; the console by default.

    Raises:
        ValueError: If there is no such claim, or `seeds` is not positive.
        DataError: If its data is not here and cannot be fetched.

    Example:
        >>> from trainwell.runs import Quiet
        >>> measure_claim("adam_bias", quick=True, reporter=Quiet()).verdict.word
        'held'
    """
    claim = find_claim(name)
    reporter = reporter or Console()
    count = seeds or (min(_QUICK_SEEDS, claim.seeds) if quick else claim.seeds)
    checks.positive("seeds", count)
    path = Path(out) / f"{name}.json" if out is not None else None
    if path is not None and path.exists():
        found = load_result(path)
        if (found.name, found.num_seeds, found.quick) == (name, count, quick):
            return found
    start, runs = time.perf_counter(), []
    with reporter.progress(claim.title, count) as advance:
        for seed in range(count):
            with torch.random.fork_rng(devices=[]):
                torch.manual_seed(seed)
                runs.append(claim.measure(seed, quick=quick))
            advance(1)
    result = ClaimResult(
        name=name,
        quick=quick,
        runs=tuple(runs),
        verdict=claim.judge(runs),
        seconds=round(time.perf_counter() - start, 1),
        date=date.today().isoformat(),
        machine=describe(),
    )
    if path is not None:
        save_result(result, path)
        picture = standalone_svg(
            lambda figure: claim.draw(figure, runs), name=name, label=claim.title
        )
        write_atomically(path.with_suffix(".svg"), picture.encode())
    return result
