"""Run an experiment: every variant with every seed, one after the other.

A seed goes through all variants before the next, so that an experiment that is stopped
has complete comparisons. What is finished is not trained again.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from trainwell.core.errors import RunError
from trainwell.experiments._table import as_markdown
from trainwell.experiments._types import Experiment, Outcome
from trainwell.runs import Console, Reporter, train


def run_experiment(  # noqa: PLR0913
    experiment: Experiment,
    source: str | Path,
    *,
    out: str | Path,
    seeds: Sequence[int] = (0, 1, 2),
    overrides: Sequence[str] = (),
    more: Mapping[str, tuple[str, ...]] | None = None,
    only: Sequence[str] = (),
    reporter: Reporter | None = None,
) -> list[Outcome]:
    """Train all variants, and write results.json and results.md into `out`.

    Args:
        experiment: What to compare.
        source: Data, as for `train`.
        out: A folder; goes on with what it holds.
        seeds: Of the runs, each for all variants.
        overrides: Recipe keys for all trainings; a variant's own go before them.
        more: Further variants.
        only: Names of the variants to train; all by default.
        reporter: Shows messages and progress; the terminal by default.

    Raises:
        RunError: If there is no such variant.
        UserError: As `train`.
    """
    reporter, folder = reporter or Console(), Path(out)
    variants = {**experiment.variants, **(more or {})}
    if unknown := [name for name in only if name not in variants]:
        raise RunError(f"no variant {unknown[0]!r}; there are {', '.join(variants)}.")
    chosen = {n: keys for n, keys in variants.items() if not only or n in only}
    outcomes: list[Outcome] = []
    for seed in seeds:
        for name, keys in chosen.items():
            path = folder / name.replace(" ", "_") / f"seed{seed}"
            reporter.say(f"{name}, seed {seed}")
            drawn = [f"{key}={seed}" for key in ("seed", *experiment.seeded)]
            asked = (*experiment.common, *overrides, *keys, *drawn)
            run = train(source, *asked, out=path, resume=True, reporter=reporter)
            outcomes.append(_outcome(name, seed, run.summary))
            _write(folder, experiment, outcomes)
    return outcomes


def _outcome(name: str, seed: int, summary: Mapping[str, object]) -> Outcome:
    tested = summary.get("test_accuracy")
    accuracy = summary["val_accuracy"] if tested is None else tested
    return Outcome(
        name, seed, float(str(accuracy)), float(str(summary["train_seconds"]))
    )


def _write(folder: Path, experiment: Experiment, outcomes: list[Outcome]) -> None:
    rows = [asdict(outcome) for outcome in outcomes]
    text = json.dumps({"claim": experiment.claim, "outcomes": rows}, indent=1)
    (folder / "results.json").write_text(text, encoding="utf-8")
    (folder / "results.md").write_text(as_markdown(outcomes), encoding="utf-8")
