"""Judge the final model on the splits that it did not learn from."""

from typing import Any

from trainwell.runs._evidence import Judged
from trainwell.runs._prepare import Prepared
from trainwell.runs._reporter import Reporter
from trainwell.training import Batch, evaluate, plain_batches

_BATCH = 250


def judge(
    ready: Prepared, reporter: Reporter, splits: tuple[str, ...] = ("val", "test")
) -> list[Judged]:
    """Evaluate in float32, as `predict` and an export will answer."""
    view = ready.batches.view
    judged = []
    for name in splits:
        dataset, store = getattr(ready.splits, name), getattr(ready.stores, name)
        if dataset is None or store is None:
            continue
        with reporter.progress(f"Evaluating {name}", len(dataset)) as advance:

            def counted(batch: Batch, advance: Any = advance) -> Batch:  # noqa: ANN401
                advance(len(batch))
                return batch

            batches = map(counted, plain_batches(dataset, store, view, _BATCH))
            evaluation = evaluate(ready.model, batches)
        judged.append(Judged(name, dataset, store, evaluation))
    return judged
