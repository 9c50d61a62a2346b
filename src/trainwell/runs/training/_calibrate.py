"""Fit the temperature to the validation images, and say what it changes.

An ensemble is fitted as one: the probabilities of its members are averaged as they
learned them, then one temperature serves all, as in Rahaman & Thiery, "Uncertainty
Quantification and Deep Ensembles", 2021, https://arxiv.org/abs/2007.08792.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import mean
from typing import Any

from trainwell.runs.setup._setup import TrainingSetup
from trainwell.runs.training._evaluation import SplitEvaluation

LEAST = 20
"""Validation images below which nothing is fitted."""


def calibrated(
    setup: TrainingSetup, evaluations: Sequence[SplitEvaluation]
) -> tuple[TrainingSetup, list[SplitEvaluation]]:
    """Return the setup and the evaluations with what is fitted to validation images.

    That is the temperature, and what the task learns, such as thresholds. Nothing is
    where the recipe asks for none, or too few images were held out.
    """
    fit = setup.recipe.train.calibrate and setup.splits.held_out
    val = next(split for split in evaluations if split.name == "val")
    if not fit or len(val.evaluation.targets) < LEAST:
        metadata = replace(setup.metadata, temperature=1.0)
        return replace(setup, metadata=metadata), [s.at(1.0) for s in evaluations]
    targets = val.evaluation.targets
    temperature = setup.metadata.task.fit_temperature(val.outputs.values, targets)
    predictions = val.at(temperature).evaluation.probabilities
    task = setup.metadata.task.fitted(predictions, targets)
    metadata = replace(setup.metadata, temperature=temperature, task=task)
    found = [split.at(temperature, task) for split in evaluations]
    return replace(setup, metadata=metadata), found


def calibration_summary(
    setup: TrainingSetup, evaluations: Sequence[SplitEvaluation]
) -> dict[str, Any]:
    """Return the temperature, and what it does to the splits that were held out.

    `before` and `after` are expected calibration errors; the confidence is the mean
    probability of the answers.
    """
    found: dict[str, dict[str, float]] = {}
    for split in evaluations:
        if split.name == "val" and not setup.splits.held_out:
            continue
        found[split.name] = numbers = {}
        for when, one in (("before", split.at(1.0)), ("after", split)):
            predictions, targets = one.evaluation.probabilities, one.evaluation.targets
            seen = setup.metadata.task.calibration(predictions, targets)
            if seen is not None:
                numbers[when] = round(seen.error, 6)
                numbers[f"confidence_{when}"] = round(seen.confidence, 6)
    known = {name: numbers for name, numbers in found.items() if numbers}
    return {"temperature": setup.metadata.temperature, "calibration": known}


def mean_calibration(summaries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the means over the folds; each has a temperature, the whole has none."""
    each = [summary["calibration"] for summary in summaries]
    found = {
        split: {
            name: round(mean(one[split][name] for one in each), 6) for name in numbers
        }
        for split, numbers in each[0].items()
    }
    fitted = any(summary["temperature"] != 1.0 for summary in summaries)
    return {"temperature": None if fitted else 1.0, "calibration": found}
