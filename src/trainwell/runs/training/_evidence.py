"""What a run keeps for its report: predictions, telling images, the data audit.

predictions/<split>.npz: probabilities (n, classes), targets (n,), names (n,)
examples.npz:            images (m, height, width, channels), indices (m,) into the
                         split named by `split`: its worst mistakes and least certain
                         images; frames (m, 4), where whole images lie in what is shown
audit.json:              what was found in the data
"""

import io
from dataclasses import asdict

import numpy as np
import numpy.typing as npt

from trainwell.augment import render_uint8
from trainwell.augment.ops import crop_only, fit
from trainwell.core.files import write_atomically
from trainwell.data import ImageStore, Levels
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.runs.training._evaluation import SplitEvaluation
from trainwell.tasks import Task, whole_frames

_SHOWN = 12  # of each kind


def save_evidence(
    folder: RunFolder, setup: TrainingSetup, evaluations: list[SplitEvaluation]
) -> None:
    """Write the files; the examples are of the test split if there is one."""
    (folder.path / "predictions").mkdir(exist_ok=True)
    for split in evaluations:
        save_arrays(
            folder,
            f"predictions/{split.name}.npz",
            probabilities=split.evaluation.probabilities,
            targets=split.evaluation.targets,
            names=np.array(list(split.dataset.names)),
        )
    last = evaluations[-1]
    indices = shown_examples(setup.metadata.task, last)
    save_arrays(
        folder,
        "examples.npz",
        images=as_seen(setup, last.store, indices),
        frames=whole_frames(
            last.dataset.sizes[indices],
            setup.metadata.preprocessing.fit,
            setup.metadata.preprocessing.image_size,
        ),
        indices=indices,
        split=np.array(last.name),
    )
    folder.write_json(folder.path / "audit.json", asdict(setup.splits.audit))


def shown_examples(task: Task, split: SplitEvaluation) -> npt.NDArray[np.int64]:
    """Return which images of a split the report shows."""
    predictions, targets = split.evaluation.probabilities, split.evaluation.targets
    return task.informative(predictions, targets, _SHOWN)


def as_seen(
    setup: TrainingSetup, store: ImageStore, indices: npt.NDArray[np.int64]
) -> npt.NDArray[np.uint8]:
    pack, rows = store.fetch(indices)
    options = setup.metadata.preprocessing
    heights, widths, size = pack.heights[rows], pack.widths[rows], options.image_size
    seen = render_uint8(
        pack,
        rows,
        crop_only(fit(heights, widths, mode=options.fit, size=size)),
        size=size,
        standardize=options.standardize,
        border=options.border,
    )
    return Levels().of(seen).astype(np.uint8, copy=False)


def save_arrays(
    folder: RunFolder, name: str, **arrays: npt.NDArray[np.generic]
) -> None:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    write_atomically(folder.path / name, buffer.getvalue())
