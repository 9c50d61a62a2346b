"""Prune while training: masks that persist through steps, averages and resumes."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal

from torch import Tensor, nn

from trainwell import prune
from trainwell.training._batch import Batch
from trainwell.training._hook import Hook
from trainwell.training._keep_masks import Weights, keep_masks, set_masks
from trainwell.training._state import TrainState

Method = Callable[
    [nn.Module, Tensor, Mapping[str, Tensor], float, prune.Scope], Mapping[str, Tensor]
]
"""From a model, images, the weights, the share to remove and the scope to masks."""


_UPDATES = 20  # times that the fraction rises from start to end


def magnitude_method(
    model: nn.Module,
    images: Tensor,
    weights: Mapping[str, Tensor],
    share: float,
    scope: prune.Scope,
) -> dict[str, Tensor]:
    """Return which weights stay by their size."""
    return prune.magnitude_masks(weights, share=share, scope=scope)


class PruneGradually(Hook):
    """Remove the smallest weights, a few at a time, along `prune.gradual_share`.

    The masks live in `state.arrays`, so a resumed run has them.

    Args:
        weights: Function from a model to the weights that may be pruned, by name.
        share: Fraction of these weights removed at the end.
        start: Progress in [0, 1] at which pruning begins.
        end: Progress at which it ends; equal to `start`, all weights go at once.
        scope: `global` compares all weights, `layer` those of each layer.
        method: Function that chooses the weights that stay; it may change them.

    Example:
        >>> hook = PruneGradually(lambda model: {"weight": model.weight}, share=0.9)
        >>> hook.share, hook.start, hook.end
        (0.9, 0.2, 0.7)
    """

    def __init__(
        self,
        weights: Weights,
        *,
        share: float = 0.5,
        start: float = 0.2,
        end: float = 0.7,
        scope: Literal["global", "layer"] = "global",
        method: Method = magnitude_method,
    ) -> None:
        prune.gradual_share(0.0, share=share, start=start, end=end)
        self.weights = weights
        self.share, self.start, self.end = share, start, end
        self.scope, self.method = scope, method

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Raise the fraction when it is time, and keep zeros at zero."""
        due = self._due(state.progress)
        if due > state.memory.get("pruned_share", 0.0):
            state.memory["pruned_share"] = due
            set_masks(
                state,
                self.weights,
                lambda weights: self.method(
                    state.model, batch.images, weights, due, self.scope
                ),
            )
        keep_masks(state, self.weights)

    def _due(self, progress: float) -> float:
        """Return the fraction that is due at this progress."""
        length = self.end - self.start
        if self.start < progress < self.end:
            done = int(_UPDATES * (progress - self.start) / length)
            progress = self.start + length * done / _UPDATES
        return prune.gradual_share(
            progress, share=self.share, start=self.start, end=self.end
        )


class FindTicket(Hook):
    """Train, prune, rewind, and train again, `rounds` times, within one run.

    The run is cut into `rounds + 1` trainings of equal length; give `fit` a schedule
    that restarts with each (`schedules.restarts`).

    Args:
        weights: Function from a model to the weights that may be pruned, by name.
        share: Fraction of these weights removed at the end.
        rounds: Number of prunings; each removes the same fraction of the rest.
        rewind: Point of the first training to rewind to, as a fraction of it; 0 is
            the initial weights.
        scope: `global` compares all weights, `layer` those of each layer.

    Example:
        >>> hook = FindTicket(lambda model: {"weight": model.weight}, rounds=2)
        >>> hook.share, hook.rounds
        (0.8, 2)
    """

    def __init__(
        self,
        weights: Weights,
        *,
        share: float = 0.8,
        rounds: int = 3,
        rewind: float = 0.0,
        scope: Literal["global", "layer"] = "global",
    ) -> None:
        prune.ticket_share(0, rounds=rounds, share=share)
        self.weights = weights
        self.share, self.rounds, self.rewind = share, rounds, rewind
        self.scope = scope

    def on_start(self, state: TrainState) -> None:
        """Store the initial weights."""
        if state.step == 0:
            self._remember(state)

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Store early weights; prune and rewind at the end of each training."""
        length = state.total_steps / (self.rounds + 1)
        if state.step == round(self.rewind * length):
            self._remember(state)
        finished = min(int(state.step / length), self.rounds)
        if finished > state.memory.get("finished_rounds", 0):
            state.memory["finished_rounds"] = finished
            share = prune.ticket_share(finished, rounds=self.rounds, share=self.share)
            set_masks(
                state,
                self.weights,
                partial(prune.magnitude_masks, share=share, scope=self.scope),
            )
            self._rewind(state)
        keep_masks(state, self.weights)

    def _remember(self, state: TrainState) -> None:
        for name, value in state.model.state_dict().items():
            state.arrays[f"early.{name}"] = value.detach().clone()

    def _rewind(self, state: TrainState) -> None:
        early = {
            name.removeprefix("early."): value
            for name, value in state.arrays.items()
            if name.startswith("early.")
        }
        state.model.load_state_dict(early)
        if state.average is not None:
            state.average.load_state_dict(early)
        state.forget_slots()
