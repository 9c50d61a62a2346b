"""Evaluate a finished run on labelled data, old or new."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.core.arguments import checked
from trainwell.core.progress import Progress, silent
from trainwell.data import Dataset, load_labelled
from trainwell.infer import Predictor, TestTime
from trainwell.recipes import read_recipe
from trainwell.runs._argument_rules import RULES
from trainwell.runs._folder import RunFolder
from trainwell.runs._given_run import RunLike, folder_of, predictor_of
from trainwell.runs._open_session import Source, load_splits
from trainwell.training import Evaluation


@dataclass(frozen=True)
class Scores:
    """How a model does on some data.

    Attributes:
        accuracy: Share of right answers.
        loss: Mean negative log probability of the right class.
        per_class: Per class with images: recall, and how many images.
        confusion: Rows are true classes, columns answers.
        evaluation: The probabilities behind it.
    """

    accuracy: float
    loss: float
    per_class: dict[str, tuple[float, int]]
    confusion: npt.NDArray[np.int64]
    evaluation: Evaluation

    def numbers(self) -> dict[str, Any]:
        """Return what can be written as JSON."""
        return {
            "accuracy": self.accuracy,
            "loss": self.loss,
            "num_images": len(self.evaluation.targets),
            "per_class": {
                name: {"recall": recall, "num_images": count}
                for name, (recall, count) in self.per_class.items()
            },
            "confusion": self.confusion.tolist(),
        }


@checked(RULES)
def evaluate(  # noqa: PLR0913
    run: RunLike,
    source: Source,
    *,
    split: str | None = None,
    bad_images: str = "stop",
    allow_import: bool = False,
    views: str | TestTime = "none",
    draws: int | None = None,
    average: str = "probability",
    progress: Progress = silent,
) -> Scores:
    """Evaluate the model of a run folder on labelled images.

    Args:
        run: The folder, or what `train` or `load` returned.
        source: As for training; classes are matched by name.
        split: `train`, `val` or `test`; by default test if there is one, else all. For
            the source that the run was trained on, the splits are those of the run.
        bad_images: `stop`, or `skip` unreadable ones.
        allow_import: See `load_predictor`.
        views: Views whose predictions are averaged: `flip`, `ten_crop`, `five_scales`,
            or the path of a policy's .yaml file.
        draws: Samples per image of a policy, 8 by default.
        average: Whether probabilities or logits are averaged.
        progress: Shows the evaluation.

    Raises:
        DataError: If a label is not among the model's classes.

    Example:
        >>> scores = tw.evaluate(run, photos, split="train")
        >>> sorted(scores.per_class)
        ['dark', 'light']
    """
    predictor = predictor_of(
        run, views=views, draws=draws, average=average, allow_import=allow_import
    )
    dataset = None
    if not isinstance(run, Predictor) or run.path is not None:
        dataset = _own_split(folder_of(run), source, split, progress)
    if dataset is None:
        dataset = load_labelled(
            source,
            predictor.classes,
            split=split,
            bad_images=bad_images,
            channels=predictor.metadata.preprocessing.channels,
            progress=progress,
        )
    evaluation = predictor.evaluate(dataset, progress=progress)
    classes = predictor.classes
    predicted = evaluation.probabilities.argmax(1)
    confusion = np.zeros((len(classes), len(classes)), np.int64)
    np.add.at(confusion, (evaluation.targets, predicted), 1)
    counts = confusion.sum(1)
    per_class = {
        name: (float(confusion[i, i] / counts[i]), int(counts[i]))
        for i, name in enumerate(classes)
        if counts[i]
    }
    return Scores(
        evaluation.accuracy, evaluation.loss, per_class, confusion, evaluation
    )


def _own_split(
    folder: RunFolder, source: Source, split: str | None, progress: Progress
) -> Dataset | None:
    """Return the run's own split if `source` is what it was trained on."""
    if not isinstance(source, str | Path) or not folder.origin.exists():
        return None
    if folder.read_json(folder.origin)["source"] != str(source):
        return None
    splits = load_splits(source, read_recipe(folder.recipe), progress)
    named = {"train": splits.train, "val": splits.val, "test": splits.test}
    return named.get(split or "", splits.test or splits.val)
