"""Snapshots: the weights at the end of each cycle of the rate, for an ensemble.

    the learning rate falls n times from its highest value to its lowest;
    w_i = weights after fall i

Use: for an ensemble at the cost of one training; about as long as a single good run.
Side effects: each member has had a shorter cycle than in one training; a
prediction takes n times as long. They are part of the state, so a resumed run has them.
Source: Huang et al., "Snapshot Ensembles: Train 1, Get M for Free", 2017, section 3,
https://arxiv.org/abs/1704.00109
"""

from torch import Tensor

from trainwell.core import checks
from trainwell.training._batch import Batch
from trainwell.training._hook import Hook
from trainwell.training._state import TrainState


class KeepSnapshots(Hook):
    """Keep the weights at the end of each cycle.

    Args:
        cycles: Number of cycles of equal length; the last ends with the run.

    Example:
        >>> KeepSnapshots(cycles=5).cycles
        5
    """

    def __init__(self, cycles: int) -> None:
        checks.positive("cycles", cycles)
        self.cycles = cycles

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Copy the weights if this was the last step of a cycle."""
        self._keep(state, int(state.progress * self.cycles + 1e-9))

    def on_end(self, state: TrainState) -> None:
        """Keep the last weights, also if a time limit ended the run early."""
        if state.stop != "signal":
            self._keep(state, self.cycles)

    def _keep(self, state: TrainState, done: int) -> None:
        if done > state.memory.get("snapshots", 0):
            state.memory["snapshots"] = done
            state.arrays |= {
                f"snapshot.{done}.{name}": value.detach().clone()
                for name, value in state.model.state_dict().items()
            }


def snapshots(state: TrainState) -> list[dict[str, Tensor]]:
    """Return the weights that `KeepSnapshots` kept, in order.

    Example:
        >>> model = torch.nn.Linear(2, 2)
        >>> state = TrainState(model=model, total_steps=10,
        ...                    optimizer=torch.optim.SGD(model.parameters(), lr=0.1))
        >>> hook = KeepSnapshots(cycles=2)
        >>> for state.step in (5, 10):
        ...     hook.after_step(state, batch=None, loss=None)
        >>> len(snapshots(state))
        2
    """
    numbers = sorted(
        {int(k.split(".")[1]) for k in state.arrays if k.startswith("snapshot.")}
    )
    return [_under(f"snapshot.{number}.", state) for number in numbers]


def _under(prefix: str, state: TrainState) -> dict[str, Tensor]:
    return {
        k.removeprefix(prefix): v
        for k, v in state.arrays.items()
        if k.startswith(prefix)
    }
