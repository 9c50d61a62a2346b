"""Masks of a run: in its state, and on the weights of the model and of its average."""

from collections.abc import Callable, Mapping

import torch
from torch import Tensor, nn

from trainwell import prune
from trainwell.training._state import TrainState

Weights = Callable[[nn.Module], Mapping[str, Tensor]]
"""From a model to the weights that may be pruned, by name."""


def set_masks(
    state: TrainState,
    weights: Weights,
    choose: Callable[[Mapping[str, Tensor]], Mapping[str, Tensor]],
) -> None:
    """Choose again which weights stay; weights removed before stay at zero.

    Weights with fewer zeros no longer count as the best so far.
    """
    state.memory.pop("best_score", None)
    keep_masks(state, weights)
    masks = choose(weights(state.model))
    state.arrays |= {f"mask.{name}": mask for name, mask in masks.items()}


@torch.no_grad()
def keep_masks(state: TrainState, weights: Weights) -> None:
    """Set removed weights to zero, in the model and in its average."""
    masks = {
        name.removeprefix("mask."): mask
        for name, mask in state.arrays.items()
        if name.startswith("mask.")
    }
    if masks:
        pruned = weights(state.model)
        prune.apply_masks_(pruned, masks)
        if state.average is not None:
            prune.apply_masks_(_same_of(state.average, state.model, pruned), masks)


def _same_of(
    average: nn.Module, model: nn.Module, weights: Mapping[str, Tensor]
) -> dict[str, Tensor]:
    """Return the weights of an average, which does not learn, that are the model's."""
    names = {id(value): name for name, value in model.named_parameters()}
    known = dict(average.named_parameters())
    return {key: known[names[id(value)]] for key, value in weights.items()}
