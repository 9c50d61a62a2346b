"""The numbers about data and machine that defaults are chosen by."""

from dataclasses import replace

import torch

from trainwell.core.device import num_cores
from trainwell.data import Splits
from trainwell.diagnose import describe_mirrored
from trainwell.models import weights_file
from trainwell.recipes import PRETRAINED, DataStats, Recipe, random_start_line
from trainwell.runs._reporter import Reporter
from trainwell.runs.setup._forward_time import forward_time
from trainwell.runs.setup._time_left import num_to_evaluate


def data_stats(
    splits: Splits, device: torch.device, *, weights: bool = False, timed: bool = False
) -> DataStats:
    """Return the numbers that defaults are chosen by.

    Args:
        splits: The images.
        device: Where networks are trained.
        weights: Whether published weights may be the default.
        timed: Whether the run has a time limit, so that it matters how fast they are.
    """
    here = weights and weights_file(PRETRAINED) is not None
    on_cpu = here and timed and device.type == "cpu"
    mirrored = describe_mirrored(splits)
    return DataStats(
        num_train=len(splits.train),
        num_classes=len(splits.classes),
        task=splits.reader.name,
        channels=splits.channels,
        median_height=round(splits.heights.median),
        median_width=round(splits.widths.median),
        imbalance=splits.audit.imbalance,
        mirror=False if mirrored else splits.mirror,
        mirrored=mirrored,
        accelerator=device.type != "cpu",
        cores=num_cores(),
        num_evaluated=num_to_evaluate(splits),
        weights=here,
        rate=forward_time().images_per_second if on_cpu else None,
    )


def say_random_start(stats: DataStats, requested: Recipe, reporter: Reporter) -> None:
    """Say that a search starts from random weights where `train` would not."""
    stats = replace(stats, weights=weights_file(PRETRAINED) is not None)
    if line := random_start_line(requested, stats):
        reporter.say(line)
