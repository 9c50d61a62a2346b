"""Early stopping: evaluate while training, keep the best weights, stop in time.

    best = the latest weights with the highest score on validation so far, or within
           its noise of it (see `_choose_weights`)
    stop once `patience` evaluations in a row were no better

Use: `train.patience` where the length of the run is not known; otherwise train to the
end of the schedule; the best weights are chosen in both cases.
Side effects: validation chooses the weights, so its score is a little too good; a
stop before the learning rate has fallen loses the gain of the last epochs.

Source: Prechelt, "Early Stopping - But When?", 1998, section 2.
"""

import math
from collections.abc import Callable
from pathlib import Path

from torch import Tensor, nn

from trainwell.tasks import Metric
from trainwell.training._batch import Batch
from trainwell.training._checkpoint import save_tensors
from trainwell.training._choose_weights import is_kept, noise, note_first
from trainwell.training._evaluate import Evaluation
from trainwell.training._hook import Hook
from trainwell.training._metrics_log import MetricsLog
from trainwell.training._state import TrainState


class EvaluateRegularly(Hook):
    """Evaluate every few steps and at the end; save the best weights.

    The later of two models of the same score counts as the better one.

    Args:
        evaluate: Function from a model to its evaluations of the validation split
            and of equally many training samples, not augmented.
        model_of: Function from the state to the model to evaluate: the trained one,
            or an average of it.
        log: Log of the metrics.
        best: File of the best weights.
        every: Number of steps between two evaluations.
        patience: Number of evaluations without improvement after which the run stops;
            None never stops it.
        select: Metric that chooses the best weights; later ones within the noise of a
            fraction of the images are kept if their loss is no higher.
        keep_last: Keep the last weights instead of the best; where nothing is held out.
        at_start: Evaluate before the first step, too: the first weights are good ones.
        first: What `evaluate` would return of the first weights, if that is known.

    Example:
        >>> import tempfile, pathlib
        >>> from trainwell.tasks import Classification
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> hook = EvaluateRegularly(
        ...     evaluate=lambda model: (None, None), model_of=lambda state: state.model,
        ...     log=MetricsLog(folder, per_epoch=10, every=10),
        ...     best=folder / "model.safetensors", every=10, patience=3,
        ...     select=Classification(("cat", "dog")).metrics["accuracy"])
        >>> hook.patience
        3
    """

    def __init__(  # noqa: PLR0913
        self,
        evaluate: Callable[[nn.Module], tuple[Evaluation, Evaluation]],
        model_of: Callable[[TrainState], nn.Module],
        log: MetricsLog,
        *,
        best: Path,
        every: int,
        select: Metric,
        patience: int | None = None,
        keep_last: bool = False,
        at_start: bool = False,
        first: tuple[Evaluation, Evaluation] | None = None,
    ) -> None:
        self.evaluate = evaluate
        self.model_of = model_of
        self.log = log
        self.best = best
        self.every = every
        self.patience = patience
        self.select = select
        self.keep_last = keep_last
        self.at_start = at_start
        self.first = first

    def on_start(self, state: TrainState) -> None:
        """Evaluate the first weights, if they are worth it."""
        if self.at_start and state.step == 0:
            self._evaluate(state)
            state.model.train()

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Evaluate when it is time."""
        if state.step % self.every == 0 and state.step < state.total_steps:
            self._evaluate(state)

    def on_end(self, state: TrainState) -> None:
        """Evaluate the final weights; after a signal they are not final."""
        if state.stop != "signal":
            self._evaluate(state)

    def _evaluate(self, state: TrainState) -> None:
        memory = state.memory
        if memory.get("evaluated_step") == state.step:
            return
        model = self.model_of(state)
        known = self.first if state.step == 0 else None
        validation, training = known or self.evaluate(model)
        memory["evaluated_step"] = state.step
        memory["val_headline"] = validation.headline
        score = self.select.score(validation.probabilities, validation.targets)
        before = memory.get("best_score", -math.inf)
        count = len(validation.targets)
        tolerance = noise(max(before, 0.0), count) if self.select.is_fraction else 0.0
        if is_kept(memory, score, validation.loss, tolerance) or self.keep_last:
            memory["best_step"] = state.step
            save_tensors(self.best, model.state_dict())
        if state.step == 0:
            note_first(memory, score)
        improved = score > before
        memory["best_score"] = max(score, before) if math.isfinite(score) else before
        memory["stale"] = 0 if improved else memory.get("stale", 0) + 1
        self.log.write(
            state,
            "evaluate",
            **{f"val_{name}": value for name, value in validation.logged.items()},
            **{f"train_{name}": value for name, value in training.logged.items()},
        )
        if self.patience is not None and memory["stale"] >= self.patience:
            state.stop = "patience"
