"""What a forward pass tells of a training: blank inputs, constant or cut-off outputs,
a softmax too many.

`trainwell check DATA MODEL` asks more questions, and takes longer.
"""

import torch

from trainwell.core.image_size import height_and_width
from trainwell.core.modes import modes_kept
from trainwell.data import evenly_spaced_indices
from trainwell.diagnose import (
    Finding,
    check_images,
    check_outputs,
    check_spread,
    faults,
)
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.training import plain_batch

_IMAGES, _FEWEST = 64, 16
_PIXELS = 64 * 128 * 128  # of all of them; fewer images where they are larger


def first_look(setup: TrainingSetup) -> list[Finding]:
    """Return the faults that some training images show; the network stays as it is."""
    splits, stores = setup.splits, setup.stores
    height, width = height_and_width(setup.recipe.data.image_size or 1)
    count = max(_FEWEST, min(_IMAGES, _PIXELS // (height * width)))
    some = evenly_spaced_indices(len(splits.train), count)
    batch = plain_batch(splits.train, stores.train, setup.batches.settings, some)
    found = [f for f in [check_images(batch.images)] if f.level == "fail"]
    if not found:
        with torch.random.fork_rng(), modes_kept(setup.model):
            model = setup.model.eval()
            with torch.no_grad():
                outputs = model(batch.images)
            if outputs.isfinite().all():
                loss = setup.loss_fn
                found.append(check_outputs(loss, outputs, batch.targets))
                found.append(check_spread(model, batch.images, batch.targets, loss))
    return faults(found)
