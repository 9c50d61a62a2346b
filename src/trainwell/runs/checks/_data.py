"""Check data, and a training on it, before the first step: `trainwell check DATA`.

A network is built and started exactly as a training would do it, and tried on copies
with the recipe's loss, optimizer and warm-up, on batches of 32.
"""

from dataclasses import dataclass

import torch

from trainwell.core.device import pick_device
from trainwell.data import Splits, evenly_spaced_indices
from trainwell.diagnose import (
    Finding,
    Loop,
    TrainingCheck,
    check_training,
    failed,
)
from trainwell.recipes import (
    Recipe,
    choose,
    make_loss,
    make_optimizer,
    read_recipe,
    refuse_unused,
)
from trainwell.runs._audit_findings import audit_findings
from trainwell.runs._console import Console
from trainwell.runs._data import Source, Stores, gather_facts, load_splits, open_stores
from trainwell.runs._prepare import (
    Prepared,
    class_counts,
    prepare,
)
from trainwell.runs._reporter import Reporter
from trainwell.runs.checks._pixels import pixel_findings
from trainwell.training import plain_batch

_BATCHES, _IMAGES = 5, 32  # that the short trainings learn from
_FIXED = (
    "train.precision=float32",
    "train.memory_format=contiguous",
    "data.memory_gb=1e-9",  # decode only the images that are looked at
)


@dataclass(frozen=True)
class DataCheck:
    """What was found in data, and in a training on it.

    Attributes:
        findings: In the order in which they were looked for.
        skipped: Stages not looked at, because one before them failed.
        model: The network that was tried, None without one.
    """

    findings: tuple[Finding, ...]
    skipped: tuple[str, ...]
    model: str | None

    @property
    def failed(self) -> bool:
        """Whether one of the findings is a fail."""
        return failed(self.findings)


def check_data(
    source: Source,
    model: str | None = None,
    *overrides: str,
    reporter: Reporter | None = None,
) -> DataCheck:
    """Look for faults in labelled images, and in a training that would use them.

    Args:
        source: As for `train`.
        model: What `model.name` of a recipe may name; without it data alone is
            checked.
        *overrides: `key=value` texts, such as "optimizer.lr=0.05".
        reporter: Who sees progress; by default people, at the terminal.

    Raises:
        UserError: If the data, the recipe or a combination cannot be used.
    """
    reporter = reporter or Console()
    name = [] if model is None else [f"model.name={model}"]
    asked = read_recipe(None, [*name, *_FIXED, *overrides])
    refuse_unused(asked, resolved=False)
    device = pick_device(asked.train.device)
    splits = load_splits(source, asked, reporter.progress)
    recipe, _ = choose(asked, gather_facts(splits, device))
    refuse_unused(recipe)
    stores = open_stores(splits, recipe, reporter)
    findings = [
        *audit_findings(splits),
        *pixel_findings(recipe, splits, stores, reporter),
    ]
    if model is None:
        return DataCheck(tuple(findings), (), None)
    found = _training(recipe, splits, stores, device, reporter)
    return DataCheck((*findings, *found.findings), found.skipped, model)


def _training(
    recipe: Recipe,
    splits: Splits,
    stores: Stores,
    device: torch.device,
    reporter: Reporter,
) -> TrainingCheck:
    ready = prepare(recipe, splits, stores, device, reporter)
    view = ready.batches.view
    some = evenly_spaced_indices(len(splits.val), _IMAGES)
    val = plain_batch(splits.val, stores.val, view, some)
    loop = Loop(
        model=ready.model,
        optimizer=make_optimizer(ready.recipe, ready.model),
        loss_fn=make_loss(ready.recipe, class_counts(splits), device),
        batches=[
            (batch.images[:_IMAGES], batch.targets[:_IMAGES])
            for batch in ready.batches.stream(0, _BATCHES)
        ],
        validation=[(val.images, val.targets)],
        warm_up=_warm_up(ready),
    )
    found = check_training(loop, skip=["data"], progress=reporter.progress)
    # what these networks freeze, and what a recipe freezes, is frozen on purpose
    kept = [f for f in found.findings if f.name != "parameters frozen"]
    return TrainingCheck(tuple(kept), found.skipped)


def _warm_up(ready: Prepared) -> int:
    """Return the steps in which the recipe's schedule raises the rate."""
    recipe = ready.recipe
    epochs = recipe.train.epochs or 1.0
    return round((recipe.schedule.warmup or 0.0) * epochs * ready.batches.per_epoch)
