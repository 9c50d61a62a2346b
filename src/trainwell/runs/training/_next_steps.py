"""What a finished run could do next at a known price, as commands that work.

    random weights on photographs    train from published weights, if they are here
    flips keep the classes           the mean over mirror images, at twice the time

The second is measured on validation images where that takes a second or less and no
time limit is set.
"""

import json
import math
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from trainwell.core.image_size import height_and_width
from trainwell.models import weights_file
from trainwell.recipes import PRETRAINED, Recipe, favours_weights
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.runs.training._evaluation import BATCH, SplitEvaluation
from trainwell.training import (
    Batch,
    Evaluation,
    plain_batches,
    predict_outputs,
)

_PIXELS = 4_000_000  # that may pass through the network once more


def next_steps(
    setup: TrainingSetup, run: Path, evaluations: list[SplitEvaluation]
) -> list[str]:
    """Return sentences, each with a command.

    Args:
        setup: The setup that was trained, with its temperature.
        run: Run folder.
        evaluations: What the network answers, `val` among them.
    """
    if setup.session.source == "arrays":
        return []
    return [*_published_weights(setup), *_mirror_images(setup, run, evaluations)]


def _published_weights(setup: TrainingSetup) -> list[str]:
    splits, session = setup.splits, setup.session
    longest = max(splits.heights.median, splits.widths.median)
    photographs = favours_weights(splits.channels, longest, len(splits.train))
    pretrained = setup.recipe.model.pretrained
    if pretrained not in (None, False) or session.own.model is not None:
        return []
    if not photographs or setup.recipe.data.bits > 8 or not weights_file(PRETRAINED):
        return []
    command = ["trainwell", "train", session.source, *_given(session.requested)]
    return [
        "Photographs usually do better from published weights, which are here: "
        f"{shlex.join(command)}"
    ]


def _given(requested: Recipe) -> list[str]:
    """Return what was asked for of the data and the time, as arguments."""
    given = requested.data.model_dump(mode="json", exclude_defaults=True)
    words = [f"data.{key}={_text(value)}" for key, value in given.items()]
    time = requested.train.time
    return words + ([f"train.time={time}"] if time else [])


def _text(value: Any) -> str:  # noqa: ANN401
    return value if isinstance(value, str) else json.dumps(value)


def _mirror_images(
    setup: TrainingSetup, run: Path, evaluations: list[SplitEvaluation]
) -> list[str]:
    if not setup.recipe.augment.flip or not setup.metadata.task.mirrors:
        return []
    what = "Mean over mirror images"
    if setup.splits.held_out and setup.recipe.train.time is None and _is_quick(setup):
        val = next(split for split in evaluations if split.name == "val")
        before, after = val.evaluation.headline, _mirrored(setup, val).headline
        what += f": validation {before:.3f} -> {after:.3f}"
    command = ["trainwell", "evaluate", str(run), setup.session.source]
    flipped = shlex.join([*command, "--views", "flip"])
    return [f"{what}, at twice the time per image: {flipped}"]


def _is_quick(setup: TrainingSetup) -> bool:
    size = height_and_width(setup.recipe.data.image_size or 1)
    return len(setup.splits.val) * math.prod(size) <= _PIXELS


def _mirrored(setup: TrainingSetup, val: SplitEvaluation) -> Evaluation:
    """Return the mean over the images and their mirror images."""
    batches = plain_batches(val.dataset, val.store, setup.batches.settings, BATCH)
    outputs = predict_outputs(setup.model, map(_flipped, batches))
    task, temperature = setup.metadata.task, setup.metadata.temperature
    values = torch.from_numpy(outputs.values) / temperature
    mirrored = task.mirrored(task.predictions(values).numpy())
    if outputs.frames is not None:
        mirrored = task.placed(mirrored, outputs.frames)
    both = ((val.evaluation.probabilities + mirrored) / 2).astype(np.float32)
    return replace(val.evaluation, probabilities=both)


def _flipped(batch: Batch) -> Batch:
    return Batch(batch.images.flip(-1), batch.targets, batch.indices)
