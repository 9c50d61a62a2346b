"""What every part of a search is given, and what it returns."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainwell.augment.policies import Transform
from trainwell.core.errors import Interrupted
from trainwell.recipes import make_hooks, make_loss, make_schedule
from trainwell.runs._clock import Clock
from trainwell.runs._folder import RunFolder
from trainwell.runs._prepare import Prepared, class_counts
from trainwell.runs._reporter import Reporter
from trainwell.runs.augment_search._bench import Bench
from trainwell.runs.augment_search._timing import Pace
from trainwell.training import (
    Hook,
    KeyedBatches,
    StopAtNaN,
    StopOnSignal,
    TrainState,
    fit,
)

_LOOK_EVERY = 20  # steps between looks at the loss on an accelerator


@dataclass(frozen=True)
class Search:
    """A search under way.

    Attributes:
        bench: Images and recipe.
        pace: How fast they are trained on and judged.
        clock: The time.
        folder: Where its state is kept.
        out: Where the policy goes.
        reporter: Who is told.
        stop: Whether Ctrl-C or SIGTERM came.
    """

    bench: Bench
    pace: Pace
    clock: Clock
    folder: RunFolder
    out: Path
    reporter: Reporter
    stop: StopOnSignal

    def check_stopped(self, done: int, total: int, unit: str) -> None:
        """Raise Interrupted if a signal came; all is saved."""
        if self.stop.received is not None:
            raise Interrupted(self.out, done, total, unit)

    def fit(
        self,
        ready: Prepared,
        state: TrainState,
        batches: KeyedBatches,
        hooks: list[Hook],
    ) -> None:
        """Train, with the recipe's own hooks and these."""
        on_cpu = batches.view.device.type == "cpu"
        fit(
            state,
            batches,
            make_loss(ready.recipe, class_counts(ready.splits), batches.view.device),
            schedule=make_schedule(ready.recipe),
            hooks=[
                StopAtNaN(1 if on_cpu else _LOOK_EVERY),
                *make_hooks(ready.recipe),
                self.stop,
                *hooks,
            ],
            precision=ready.recipe.train.precision,
        )


@dataclass(frozen=True)
class Result:
    """What a search found.

    Attributes:
        policy: The policy.
        words: How it was found, in a few lines.
        log: All that was tried, for JSON.
    """

    policy: Transform
    words: tuple[str, ...]
    log: dict[str, Any]
