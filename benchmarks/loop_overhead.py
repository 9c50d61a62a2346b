"""Loop overhead: `fit` with all its hooks against the same steps in a bare loop.

    python -m benchmarks.loop_overhead

Both train the same network from the same weights on the same prepared batches with the
same optimizer; `fit` logs, watches for NaN, listens for signals and checkpoints as in a
real run. The floor: under 2 %.
"""

import copy
import tempfile
from functools import partial
from pathlib import Path

import torch

from benchmarks._timing import compare
from trainwell import losses as per_batch
from trainwell.core.device import keep_freed_memory, num_cores
from trainwell.models import airbench
from trainwell.optim import Nesterov
from trainwell.schedules import linear
from trainwell.training import (
    Batch,
    MetricsLog,
    SaveRegularly,
    StopAtNaN,
    StopOnSignal,
    TrainState,
    fit,
)

cross_entropy = partial(per_batch.cross_entropy, reduction="none")

STEPS, BATCH, ROUNDS = 20, 128, 9


class Prepared:
    """The same batch at every step, so that only the loops differ."""

    per_epoch = STEPS

    def __init__(self) -> None:
        generator = torch.Generator().manual_seed(0)
        images = torch.randn(BATCH, 3, 32, 32, generator=generator)
        targets = torch.randint(10, (BATCH,), generator=generator)
        self.batch = Batch(images, targets, torch.arange(BATCH))

    def stream(self, first: int, last: int):
        return (self.batch for _ in range(first, last))


def main() -> None:
    torch.set_num_threads(num_cores())
    keep_freed_memory()
    start, batches, schedule = airbench(), Prepared(), linear()

    def bare() -> None:
        model = copy.deepcopy(start)
        optimizer = Nesterov(model.parameters(), 0.01, fused=True)
        model.train()
        for step in range(STEPS):
            for group in optimizer.param_groups:
                group["lr"] = 0.01 * schedule(step / STEPS)
            outputs = model(batches.batch.images)
            loss = cross_entropy(outputs, batches.batch.targets).mean()
            loss.backward()
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)

    def ours() -> None:
        model = copy.deepcopy(start)
        state = TrainState(
            model=model,
            optimizer=Nesterov(model.parameters(), 0.01, fused=True),
            total_steps=STEPS,
        )
        hooks = [StopAtNaN(), MetricsLog(folder, STEPS, 4), StopOnSignal()]
        fit(state, batches, cross_entropy, schedule=schedule, hooks=hooks)

    def ours_saving() -> None:
        model = copy.deepcopy(start)
        state = TrainState(
            model=model,
            optimizer=Nesterov(model.parameters(), 0.01, fused=True),
            total_steps=STEPS,
        )
        saver = SaveRegularly(folder / "last.safetensors", 30.0)
        hooks = [StopAtNaN(), MetricsLog(folder, STEPS, 4), StopOnSignal(), saver]
        fit(state, batches, cross_entropy, schedule=schedule, hooks=hooks)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        works = {"bare loop": bare, "fit": ours, "fit, saving twice": ours_saving}
        times = compare(works, ROUNDS)
    print(
        f"{STEPS} steps of {BATCH} images at 32 px, median of {ROUNDS} rounds in turn"
    )
    for name, spent in times.items():
        ratio = spent / times["bare loop"]
        print(f"{name:<18} {1000 * spent / STEPS:7.2f} ms/step   {ratio:.4f} of bare")


if __name__ == "__main__":
    main()
