"""Run an experiment: every variant with every seed, one after the other.

A seed goes through all variants before the next, so that an interrupted experiment
has complete comparisons. Finished runs are not trained again.
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
        experiment: Variants to compare.
        source: Data, as for `train`.
        out: Folder of the results; unfinished runs in it are resumed.
        seeds: Seeds of the runs of every variant.
        overrides: Recipe keys for all trainings; the keys of a variant win.
        more: Further variants.
        only: Names of the variants to train; all by default.
        reporter: Receiver of the messages; the console by default.

    Raises:
        RunError: If there is no such variant.
        UserError: If `train` raises it.

    Example:
        >>> run_experiment(EXPERIMENTS["ensembles"], "digits", out="runs/x",
        ...                only=["singel"])
        Traceback (most recent call last):
        trainwell.core.errors.RunError: no variant 'singel'; there are single, ...
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
            seeded = [f"{key}={seed}" for key in ("seed", *experiment.seeded)]
            keys_and_values = (*experiment.common, *overrides, *keys, *seeded)
            run = train(
                source, *keys_and_values, out=path, resume=True, reporter=reporter
            )
            outcomes.append(_outcome(name, seed, run.summary))
            _write(folder, experiment, outcomes)
    return outcomes


def _outcome(name: str, seed: int, summary: Mapping[str, object]) -> Outcome:
    tested = summary.get("test_accuracy")
    accuracy = summary["val_accuracy"] if tested is None else tested
    if accuracy is None:
        raise RunError(
            "an experiment compares by test or validation images, and none are held "
            "out: leave out data.val_share=0 or data.test_share=0."
        )
    return Outcome(
        name, seed, float(str(accuracy)), float(str(summary["train_seconds"]))
    )


def _write(folder: Path, experiment: Experiment, outcomes: list[Outcome]) -> None:
    rows = [asdict(outcome) for outcome in outcomes]
    text = json.dumps({"claim": experiment.claim, "outcomes": rows}, indent=1)
    (folder / "results.json").write_text(text, encoding="utf-8")
    (folder / "results.md").write_text(as_markdown(outcomes), encoding="utf-8")
