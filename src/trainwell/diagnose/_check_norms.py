"""Checks that BatchNorm statistics that do not move fit the images.

    frozen: the running mean is where it was after four steps, and there is a gap: a
            shift over 1 or a factor over 4, see `norm_gaps`

Frozen statistics are right where they were fitted on such images, as in fine-tuning.

Source: as `norm_gaps`.
"""

import torch

from trainwell.diagnose._finding import Finding
from trainwell.diagnose._loop import Loop, joined, seeded
from trainwell.diagnose._norm_gap import norm_gaps

_STEPS = 4
_BATCHES = 5


def check_norms(loop: Loop) -> Finding:
    """Check the statistics of every BatchNorm that a few steps do not change."""
    model, optimizer = loop.copied()
    with seeded(loop.device):
        for i in range(_STEPS):
            loop.run(model, optimizer, loop.batches[i % len(loop.batches)])
    images = joined(loop.batches[:_BATCHES])[0].to(loop.device)
    before, now = dict(loop.model.named_buffers()), dict(model.named_buffers())
    for gap in norm_gaps(loop.model, images):
        name = f"{gap.name}.running_mean" if gap.name else "running_mean"
        if gap.wide and torch.equal(before[name], now[name]):
            return Finding.fail(
                "norm statistics frozen",
                f"The statistics of {gap.name or 'the norm'} do not move in training, "
                f"and are not those of its inputs (means off by {gap.shift:.2g} "
                f"standard deviations, variances by a factor of {gap.factor:.2g}).",
                {"shift": gap.shift, "factor": gap.factor},
                "train with model.train(); freeze only statistics of such images",
            )
    return Finding.passed("norms", "BatchNorm layers move, or fit the images.")
