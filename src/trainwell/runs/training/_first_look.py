"""What one forward pass tells of a training: blank inputs, a softmax too many.

`trainwell check DATA MODEL` asks more questions, and takes longer.
"""

import torch

from trainwell.core.modes import modes_kept
from trainwell.data import evenly_spaced_indices
from trainwell.diagnose import Finding, check_images, check_outputs, failed, faults
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.training import plain_batch

_IMAGES = 64


def first_look(setup: TrainingSetup) -> list[Finding]:
    """Return the faults that some training images show; the network stays as it is."""
    splits, stores = setup.splits, setup.stores
    some = evenly_spaced_indices(len(splits.train), _IMAGES)
    batch = plain_batch(splits.train, stores.train, setup.batches.settings, some)
    found = [check_images(batch.images)]
    if not failed(found):
        with torch.no_grad(), torch.random.fork_rng(), modes_kept(setup.model):
            outputs = setup.model.eval()(batch.images)
        if outputs.isfinite().all():
            found.append(check_outputs(setup.loss_fn, outputs, batch.targets))
    return [fault for fault in faults(found) if fault.level == "fail"]
