"""Layer statistics while training: updates, gradients, dead and saturated units.

    ratio:     |w after - w before| / |w before| of each weight; about 1e-3 is usual
    gradient:  norm of the gradients of all parameters
    dead:      largest fraction of dead units in a layer of rectifiers
    saturated: largest fraction of outputs at the ends of a sigmoid or tanh
    norm_gap:  largest shift of a BatchNorm, see `norm_gaps`

Use: as a hook of `fit`, once per epoch or so; a record costs about as much as a step.
Side effects: none on the training; it reads numbers off the device.
Source: Karpathy, CS231n notes, "Ratio of weights:updates",
https://cs231n.github.io/neural-networks-3/#ratio.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn

from trainwell.diagnose._layer_outputs import measured_layers, outputs_observed
from trainwell.diagnose._measure import dead_fraction, saturated_fraction
from trainwell.diagnose._norm_gap import norm_gaps
from trainwell.diagnose._untouched import untouched
from trainwell.training import Batch, Hook, TrainState


@dataclass(frozen=True)
class LayerStatistics:
    """Statistics of the layers at one step.

    Attributes:
        step: Number of the step, counted from 1.
        ratios: Length of the update over that of the weight, by parameter.
        gradient_norm: Norm of the gradients of all parameters together.
        dead: Largest fraction of dead units in a layer.
        saturated: Largest fraction of saturated outputs of a layer.
        norm_gap: Largest shift of running means, in running standard deviations.

    Example:
        >>> LayerStatistics(step=1, ratios={"weight": 1e-3}, gradient_norm=0.5,
        ...                 dead=0.0, saturated=0.0, norm_gap=0.1).ratios
        {'weight': 0.001}
    """

    step: int
    ratios: dict[str, float]
    gradient_norm: float
    dead: float
    saturated: float
    norm_gap: float


class LayerRecorder(Hook):
    """Record the statistics every few steps and at the last one, in `records`.

    Args:
        every: Number of steps between two records.
        write: Function called with the state and each record, such as to log it.

    Example:
        >>> recorder = LayerRecorder(every=100)
        >>> recorder.records
        []
    """

    def __init__(
        self,
        every: int,
        write: Callable[[TrainState, LayerStatistics], None] | None = None,
    ) -> None:
        self.every = every
        self.write = write
        self.records: list[LayerStatistics] = []
        self._before: dict[str, Tensor] = {}
        self._gradient = 0.0

    def before_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Keep the weights and the norm of the gradients."""
        last = state.step + 1 == state.total_steps
        if ((state.step + 1) % self.every and not last) or self._before:
            return
        named = dict(state.model.named_parameters())
        moving = {n: p for n, p in named.items() if p.ndim > 1 and p.requires_grad}
        self._before = {n: p.detach().clone() for n, p in moving.items()}
        norms = [p.grad.norm() for p in named.values() if p.grad is not None]
        self._gradient = torch.stack(norms).norm().item() if norms else 0.0

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Measure, and drop the copy of the weights."""
        if not self._before:
            return
        now = dict(state.model.named_parameters())
        ratios = {
            name: _ratio(now[name].detach(), old) for name, old in self._before.items()
        }
        self._before = {}
        dead, saturated = _units(state, batch)
        gaps = norm_gaps(state.model, batch.images)
        record = LayerStatistics(
            step=state.step,
            ratios=ratios,
            gradient_norm=self._gradient,
            dead=dead,
            saturated=saturated,
            norm_gap=max((gap.shift for gap in gaps), default=0.0),
        )
        self.records.append(record)
        if self.write is not None:
            self.write(state, record)


def summarize_statistics(record: LayerStatistics) -> dict[str, float]:
    """Return one line of numbers, with the lowest, median and highest ratio.

    Example:
        >>> from trainwell.diagnose import LayerStatistics
        >>> record = LayerStatistics(step=1, ratios={"a": 1e-3, "b": 3e-3, "c": 2e-3},
        ...                          gradient_norm=0.5, dead=0.0, saturated=0.0,
        ...                          norm_gap=0.1)
        >>> line = summarize_statistics(record)
        >>> line["ratio_low"], line["ratio"], line["ratio_high"]
        (0.001, 0.002, 0.003)
    """
    ratios = sorted(record.ratios.values()) or [0.0]
    numbers = asdict(record)
    del numbers["step"], numbers["ratios"]
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
    """Return the largest fractions of dead units and of saturated outputs."""
    dead = saturated = 0.0

    def measure(layer: nn.Module, output: Tensor, axis: int) -> None:
        nonlocal dead, saturated
        kind = type(layer).__name__
        dead = max(dead, dead_fraction(output, kind, axis=axis) or 0.0)
        saturated = max(saturated, saturated_fraction(output, kind) or 0.0)

    with (
        outputs_observed(measured_layers(state.model).values(), measure),
        untouched(state.model, batch.images.device),
        torch.no_grad(),
    ):
        state.model(batch.images)
    return dead, saturated
