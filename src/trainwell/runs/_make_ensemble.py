"""Make one model of several: averaged predictions, or averaged weights."""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn

from trainwell.core.headline import headline_name, index_of_best
from trainwell.infer import greedy_soup, load_predictor, read_metadata
from trainwell.models import Ensemble, ensemble_spec
from trainwell.runs._reporter import Quiet
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.runs.training._evaluation import evaluate_splits, reestimate
from trainwell.training import TrainState, averaged_weights, snapshots

Weights = dict[str, Tensor]


def combine_moments(
    setup: TrainingSetup, state: TrainState
) -> tuple[TrainingSetup, dict[str, Any]]:
    """Return the setup with its final model, and the summary of its members."""
    kind = setup.recipe.ensemble.kind
    if kind == "swa" and (mean := averaged_weights(state)):
        return _averaged(setup, mean), {}
    if kind not in ("snapshots", "soup"):
        return setup, {}
    members = [_with(setup, weights) for weights in snapshots(state)]
    summary = compare_members(members, kind)
    if kind == "soup":
        soup, summary["ensemble"]["taken"] = make_soup(members)
        return soup, summary
    return make_ensemble(members), summary


def make_soup(members: Sequence[TrainingSetup]) -> tuple[TrainingSetup, list[int]]:
    """Return a setup with a greedy soup of the members' weights, and who is in it."""
    first = members[0]
    weights, used = greedy_soup(
        [member.model.state_dict() for member in members],
        lambda mean: _score(_averaged(first, mean)),
    )
    return _averaged(first, weights), used


def make_ensemble(members: Sequence[TrainingSetup]) -> TrainingSetup:
    """Return a setup whose model is the ensemble of the members; one stays alone."""
    first = members[0]
    if len(members) == 1:
        return first
    classes = first.metadata.task.linear == "classes"
    average = "probabilities" if classes else "outputs"
    spec = ensemble_spec([member.metadata.model for member in members], average)
    model = Ensemble([member.model for member in members], average).eval()
    metadata = replace(first.metadata, model=spec, temperature=1.0)
    return replace(first, model=model, metadata=metadata)


def compare_members(members: Sequence[TrainingSetup], kind: str) -> dict[str, Any]:
    """Return the members' validation accuracies and the best one's test accuracy."""
    val = [_headline(member, "val") or 0.0 for member in members]
    task = members[0].metadata.task
    about = {
        "headline": task.headline,
        "lower_is_better": task.metrics[task.headline].lower_is_better,
    }
    return member_summary(
        kind, about, val, lambda best: _headline(members[best], "test")
    )


def member_summary(
    kind: str,
    summary: Mapping[str, Any],
    val: Sequence[float],
    test: Callable[[int], float | None],
) -> dict[str, Any]:
    """Return the part of a summary about members with these numbers of validation.

    Only the member that validation prefers is asked for its number of the test.

    Args:
        kind: What they are.
        summary: That of a member, which says what the numbers are.
        val: A number per member.
        test: Returns that of the test.
    """
    name, best = headline_name(summary), index_of_best(summary, val)
    return {
        "ensemble": {
            "kind": kind,
            "size": len(val),
            f"members_val_{name}": list(val),
            "best_member": best,
            f"best_member_test_{name}": test(best),
        }
    }


def load_member(
    setup: TrainingSetup,
    run: RunFolder,
    *,
    epoch: int | None = None,
    trusted: str | None = None,
    allow_import: bool = False,
) -> TrainingSetup:
    """Return the setup with the model of a finished run in it.

    Args:
        setup: The images, the device and the rest.
        run: The run.
        epoch: The epoch whose weights are taken; the final ones by default.
        trusted: The network that may be imported, if it is one of the user's own.
        allow_import: Whether any may.
    """
    device, name = str(setup.device), read_metadata(run.metadata).model.name
    allowed = allow_import or name == trusted
    found = load_predictor(run.path, device=device, allow_import=allowed, epoch=epoch)
    return replace(setup, model=found.model, metadata=found.metadata)


def _with(setup: TrainingSetup, weights: Weights) -> TrainingSetup:
    model: nn.Module = copy.deepcopy(setup.model)
    with torch.no_grad():
        model.load_state_dict(weights)
    return replace(setup, model=model.eval())


def _averaged(setup: TrainingSetup, weights: Weights) -> TrainingSetup:
    """Return the setup with averaged weights, and statistics that belong to them."""
    averaged = _with(setup, weights)
    reestimate(setup, averaged.model)
    averaged.model.eval()
    return averaged


def _score(setup: TrainingSetup) -> float:
    """Return the number of validation, or its negative: highest for the best."""
    value, task = _headline(setup, "val") or 0.0, setup.metadata.task
    return -value if task.metrics[task.headline].lower_is_better else value


def _headline(setup: TrainingSetup, split: str) -> float | None:
    """Return the number that the task shows; None if there is no such split."""
    found = evaluate_splits(setup, Quiet(), (split,))
    return round(found[0].evaluation.headline, 6) if found else None
