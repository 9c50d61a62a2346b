"""Look at a network while it trains: updates, gradients, dead and saturated units.

    ratio:     |w after - w before| / |w before| of each map; about 1e-3 is usual
    gradient:  norm of the gradients of all parameters
    dead:      largest share of dead units in a layer of rectifiers
    saturated: largest share of outputs at the ends of a sigmoid or tanh
    norm_gap:  largest shift of a BatchNorm, see `norm_gaps`

Use: as a hook of `fit`, every epoch or so; a look costs about as much as a step.
Side effects: none on the training; it reads numbers off the device.
Source: Karpathy, CS231n notes, "Ratio of weights:updates",
https://cs231n.github.io/neural-networks-3/#ratio.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn

from trainwell.diagnose._measure import dead_share, saturated_share
from trainwell.diagnose._norm_gap import norm_gaps
from trainwell.diagnose._untouched import untouched
from trainwell.diagnose._watch import seeing, watched_layers
from trainwell.training import Batch, Hook, TrainState


@dataclass(frozen=True)
class Glance:
    """What was seen at one step.

    Attributes:
        step: Counted from 1.
        ratios: Update over weight, by parameter.
        gradient_norm: Of all parameters together.
        dead: Largest share of dead units in a layer.
        saturated: Largest share of saturated outputs of a layer.
        norm_gap: Largest shift of running means, in running deviations.
    """

    step: int
    ratios: dict[str, float]
    gradient_norm: float
    dead: float
    saturated: float
    norm_gap: float


class Monitor(Hook):
    """Look every few steps and at the last one; what was seen is in `glances`.

    Args:
        every: Steps between two looks.
        write: Called with each glance and the state, such as to log it.
    """

    def __init__(
        self, every: int, write: Callable[[TrainState, Glance], None] | None = None
    ) -> None:
        self.every = every
        self.write = write
        self.glances: list[Glance] = []
        self._before: dict[str, Tensor] = {}
        self._gradient = 0.0

    def before_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Keep the weights and the norm of the gradients."""
        last = state.step + 1 == state.total_steps
        if ((state.step + 1) % self.every and not last) or self._before:
            return
        named = dict(state.model.named_parameters())
        self._before = {n: p.detach().clone() for n, p in named.items() if p.ndim > 1}
        norms = [p.grad.norm() for p in named.values() if p.grad is not None]
        self._gradient = torch.stack(norms).norm().item() if norms else 0.0

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Look, and forget the weights again."""
        if not self._before:
            return
        now = dict(state.model.named_parameters())
        ratios = {
            name: _ratio(now[name].detach(), old) for name, old in self._before.items()
        }
        self._before = {}
        dead, saturated = _units(state, batch)
        gaps = norm_gaps(state.model, batch.images)
        glance = Glance(
            step=state.step,
            ratios=ratios,
            gradient_norm=self._gradient,
            dead=dead,
            saturated=saturated,
            norm_gap=max((gap.shift for gap in gaps), default=0.0),
        )
        self.glances.append(glance)
        if self.write is not None:
            self.write(state, glance)


def summarised(glance: Glance) -> dict[str, float]:
    """Return a glance as a line of numbers: of the ratios, the ends and the middle."""
    ratios = sorted(glance.ratios.values()) or [0.0]
    numbers = {k: v for k, v in asdict(glance).items() if k not in ("step", "ratios")}
    return {
        **numbers,
        "ratio_low": ratios[0],
        "ratio": ratios[len(ratios) // 2],
        "ratio_high": ratios[-1],
    }


def _ratio(now: Tensor, old: Tensor) -> float:
    size: float = old.norm().item()
    moved: float = (now - old).norm().item()
    return moved / size if size > 0 else 0.0


def _units(state: TrainState, batch: Batch) -> tuple[float, float]:
    """Return the largest shares of dead units and of saturated outputs."""
    dead = saturated = 0.0

    def see(layer: nn.Module, output: Tensor, axis: int) -> None:
        nonlocal dead, saturated
        kind = type(layer).__name__
        dead = max(dead, dead_share(output, kind, axis=axis) or 0.0)
        saturated = max(saturated, saturated_share(output, kind) or 0.0)

    with (
        seeing(watched_layers(state.model).values(), see),
        untouched(state.model, batch.images.device),
        torch.no_grad(),
    ):
        state.model(batch.images)
    return dead, saturated
