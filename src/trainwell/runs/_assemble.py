"""Make the final model of a training whose moments answer together."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn

from trainwell.infer import greedy_soup
from trainwell.models import Ensemble, ensemble_spec
from trainwell.runs._judge import judge
from trainwell.runs._prepare import Prepared
from trainwell.runs._reporter import Quiet
from trainwell.runs._validate import reestimate
from trainwell.training import TrainState, averaged_weights, snapshots

Weights = dict[str, Tensor]


def assemble(ready: Prepared, state: TrainState) -> tuple[Prepared, dict[str, Any]]:
    """Return the run with its final model, and what the summary says of its members."""
    kind = ready.recipe.ensemble.kind
    if kind == "swa" and (mean := averaged_weights(state)):
        return _averaged(ready, mean), {}
    if kind not in ("snapshots", "soup"):
        return ready, {}
    members = [_with(ready, weights) for weights in snapshots(state)]
    words = compared(members, kind)
    if kind == "soup":
        soup, words["ensemble"]["taken"] = brewed(members)
        return soup, words
    return together(members), words


def brewed(members: Sequence[Prepared]) -> tuple[Prepared, list[int]]:
    """Return a run whose weights are a greedy soup of the members', and of which."""
    first = members[0]
    weights, taken = greedy_soup(
        [member.model.state_dict() for member in members],
        lambda mean: _accuracy(_averaged(first, mean), "val") or 0.0,
    )
    return _averaged(first, weights), taken


def together(members: Sequence[Prepared]) -> Prepared:
    """Return a run whose model is the ensemble of the members; one stays alone."""
    first = members[0]
    if len(members) == 1:
        return first
    spec = ensemble_spec([member.card.model for member in members])
    model = Ensemble([member.model for member in members]).eval()
    return replace(first, model=model, card=replace(first.card, model=spec))


def compared(members: Sequence[Prepared], kind: str) -> dict[str, Any]:
    """Return the members' validation accuracies, and how the best does in the test."""
    val = [_accuracy(member, "val") or 0.0 for member in members]
    return comparison(kind, val, lambda best: _accuracy(members[best], "test"))


def comparison(
    kind: str, val: Sequence[float], test: Callable[[int], float | None]
) -> dict[str, Any]:
    """Return what the summary says of members with these validation accuracies.

    Only the member that validation prefers is asked for its test accuracy.
    """
    best = max(range(len(val)), key=val.__getitem__)
    return {
        "ensemble": {
            "kind": kind,
            "size": len(val),
            "members_val_accuracy": list(val),
            "best_member": best,
            "best_member_test_accuracy": test(best),
        }
    }


def _with(ready: Prepared, weights: Weights) -> Prepared:
    model: nn.Module = copy.deepcopy(ready.model)
    with torch.no_grad():
        model.load_state_dict(weights)
    return replace(ready, model=model.eval())


def _averaged(ready: Prepared, weights: Weights) -> Prepared:
    """Return the run with averaged weights, and with statistics that belong to them."""
    averaged = _with(ready, weights)
    reestimate(ready, averaged.model)
    averaged.model.eval()
    return averaged


def _accuracy(ready: Prepared, split: str) -> float | None:
    """Return the share of right answers; None if there is no such split."""
    found = judge(ready, Quiet(), (split,))
    return round(found[0].evaluation.accuracy, 6) if found else None
