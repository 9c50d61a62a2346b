"""The training state: everything that changes while training, in one place."""

from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from trainwell.training._state_numbers import check_numbers

_PAUSES = ("signal", "round")  # reasons to stop after which a training goes on


@dataclass(kw_only=True)
class TrainState:
    """The state that a run needs to continue exactly; nothing else may hold it.

    Attributes:
        model: Network whose weights the optimizer updates.
        optimizer: Optimizer whose groups have `initial_lr`, which a schedule scales.
        total_steps: Number of steps of the whole training, resumes included.
        average: Moving average of the weights, or None.
        step: Number of optimizer steps done.
        parts: Number of parts into which a batch is split to fit into memory.
        seconds: Wall time since the start, hooks included, over all resumes.
        step_seconds: The part of it spent on steps: data, forward, backward, update.
        stop: Reason to end the run after this step: `signal`, `time`, `patience`, or
            a word of a hook; empty to continue. All but `signal`, and `round` of a
            search, survive a resume.
        memory: Numbers of hooks that must survive a resume.
        arrays: Tensors of hooks that must survive a resume.

    Example:
        >>> model = torch.nn.Linear(2, 2)
        >>> state = TrainState(model=model, total_steps=10,
        ...                    optimizer=torch.optim.SGD(model.parameters(), lr=0.1))
        >>> state.step = 4
        >>> state.progress
        0.4
    """

    model: nn.Module
    optimizer: torch.optim.Optimizer
    total_steps: int
    average: nn.Module | None = None
    step: int = 0
    parts: int = 1
    seconds: float = 0.0
    step_seconds: float = 0.0
    stop: str = ""
    memory: dict[str, float] = field(default_factory=dict)
    arrays: dict[str, Tensor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for group in self.optimizer.param_groups:
            group.setdefault("initial_lr", group["lr"])

    @property
    def ended(self) -> bool:
        """Whether the training came to its end: by its plan, or by a hook for good."""
        return self.step >= self.total_steps or self.stop not in ("", *_PAUSES)

    @property
    def progress(self) -> float:
        """The fraction of the training done, in [0, 1]; it never falls or leaps.

        After a change of plan it grows evenly from where it was to 1.
        """
        since = self.memory.get("replanned_step", 0)
        reached = self.memory.get("replanned_progress", 0.0)
        done = (self.step - since) / max(self.total_steps - since, 1)
        return min(reached + (1.0 - reached) * done, 1.0)

    def replan(self, total_steps: int) -> None:
        """Change the length of the training, from this step on."""
        progress = self.progress
        self.memory["replanned_step"] = self.step
        self.memory["replanned_progress"] = progress
        self.total_steps = total_steps

    def tensors(self) -> dict[str, Tensor]:
        """Return every tensor of the state under a flat name."""
        named = {f"model.{k}": v for k, v in self.model.state_dict().items()}
        if self.average is not None:
            averaged = self.average.state_dict().items()
            named |= {f"average.{k}": v for k, v in averaged}
        for i, slots in enumerate(self._slots()):
            named |= {f"optimizer.{i}.{k}": v for k, v in slots.items() if _tensor(v)}
        named |= {f"array.{k}": v for k, v in self.arrays.items()}
        named["rng.cpu"] = torch.get_rng_state()
        if torch.cuda.is_available():
            named["rng.cuda"] = torch.cuda.get_rng_state()
        return named

    def numbers(self) -> dict[str, Any]:
        """Return everything else, ready for JSON."""
        return {
            "step": self.step,
            "total_steps": self.total_steps,
            "parts": self.parts,
            "seconds": self.seconds,
            "step_seconds": self.step_seconds,
            "stop": "" if self.stop in _PAUSES else self.stop,
            "memory": self.memory,
            "slots": [
                {k: v for k, v in slots.items() if not _tensor(v)}
                for slots in self._slots()
            ],
        }

    def load(self, tensors: dict[str, Tensor], numbers: dict[str, Any]) -> None:
        """Restore the values that `tensors` and `numbers` returned, bit for bit.

        Raises:
            ValueError: If a number is of a wrong kind; nothing is changed then.
        """
        check_numbers(numbers)
        self.model.load_state_dict(_under("model.", tensors))
        if self.average is not None:
            self.average.load_state_dict(_under("average.", tensors))
        for i, (x, slots) in enumerate(
            zip(self._parameters(), numbers["slots"], strict=True)
        ):
            saved = _under(f"optimizer.{i}.", tensors)
            restored = slots | {k: _like(x, v) for k, v in saved.items()}
            if restored:
                self._state_of(x).update(restored)
        device = next(self.model.parameters()).device
        arrays = _under("array.", tensors).items()
        self.arrays = {k: v.to(device, copy=True) for k, v in arrays}
        self.stop = numbers.get("stop", "")  # earlier versions did not keep it
        for key in self.numbers().keys() - {"slots", "stop"}:
            setattr(self, key, numbers[key])
        torch.set_rng_state(tensors["rng.cpu"].cpu())
        if "rng.cuda" in tensors and torch.cuda.is_available():
            torch.cuda.set_rng_state(tensors["rng.cuda"].cpu())

    def forget_slots(self) -> None:
        """Reset the optimizer: no momentum, no running means."""
        for slots in map(self._state_of, self._parameters()):
            slots.clear()

    def _parameters(self) -> list[Tensor]:
        return [x for g in self.optimizer.param_groups for x in g["params"]]

    def _slots(self) -> list[dict[str, Any]]:
        return [dict(self._state_of(x)) for x in self._parameters()]

    def _state_of(self, x: Tensor) -> dict[str, Any]:
        slots: dict[str, Any] = self.optimizer.state[x]
        return slots


def _tensor(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, Tensor)


def _under(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {
        k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)
    }


def _like(x: Tensor, saved: Tensor) -> Tensor:
    """Return a saved slot in the memory layout of its parameter, for exact sums."""
    if saved.shape == x.shape:
        return torch.empty_like(x, dtype=saved.dtype).copy_(saved)
    return saved.clone()
