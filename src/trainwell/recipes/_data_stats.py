"""The numbers that defaults are chosen by, and what was chosen in one line."""

from dataclasses import dataclass

from trainwell.augment.policies import Operations
from trainwell.core.image_size import size_text
from trainwell.core.plural import plural
from trainwell.recipes._recipe import Recipe
from trainwell.tasks import TASKS, Classification, Task

_UNEQUAL = 3  # images of the largest class over those of the smallest
_COUNTED = {
    "classes": ("class", "classes"),
    "labels": ("label", "labels"),
    "numbers": ("number", "numbers"),
}
_WEIGHTED = {
    "none": "classes of {0:.0f}:1 not weighted",
    "sqrt": "classes of {0:.0f}:1 weighted by square roots",
    "balanced": "classes of {0:.0f}:1 weighted equally",
}


@dataclass(frozen=True, kw_only=True)
class DataStats:
    """Measured before anything is chosen.

    Attributes:
        task: Name of the task.
        num_train: Training images.
        num_classes: Classes, or whatever else is predicted.
        channels: 1 for grey, 3 for colour, others of as many bands.
        median_height: In pixels.
        median_width: In pixels.
        imbalance: Images of the largest class over those of the smallest.
        mirror: Whether a left-right flip keeps the class; None if unknown.
        mirrored: Two classes of which one looks like the other when flipped, in words;
            empty if there are none.
        accelerator: Whether there is a GPU.
        cores: Processor cores.
        num_evaluated: Images that an evaluated run answers for: the validation images
            before, while and after it trains, and those of the test.
        weights: Whether published weights may be the default, and are here.
        rate: Images of 224 pixels per second that pass through their network, where
            that was timed.

    Example:
        >>> "imbalance" in DataStats.__dataclass_fields__
        True
    """

    num_train: int
    num_classes: int
    channels: int
    median_height: int
    median_width: int
    imbalance: float
    mirror: bool | None
    mirrored: str = ""
    accelerator: bool
    cores: int
    num_evaluated: int = 0
    weights: bool = False
    rate: float | None = None
    task: str = "classification"

    @property
    def task_kind(self) -> type[Task]:
        """The class of the task."""
        return TASKS.get(self.task, Classification)

    @property
    def unequal(self) -> bool:
        """Whether the sizes of the classes make accuracy misleading."""
        return self.imbalance > _UNEQUAL


def summary_line(recipe: Recipe, stats: DataStats) -> str:
    """Say on what data and machine which run was chosen."""
    names = {1: "grey", 3: "colour"}
    kind = names.get(stats.channels, f"{stats.channels}-channel")
    where = "a GPU" if stats.accelerator else _counted(stats.cores, "core")
    run = recipe.train
    length = (
        f"in {run.time}" if run.time else f"for {_counted(run.epochs or 0, 'epoch')}"
    )
    augment, listed = recipe.augment, recipe.augment.operations
    no_flip = f"no flip ({stats.mirrored})" if stats.mirrored else ""
    looks = " + ".join(
        part
        for part in (
            augment.crop or "none",
            "flip" if augment.flip else no_flip,
            augment.name or "",
            "" if listed is None else str(Operations(listed)),
            "cutout" if augment.cutout else "",
            augment.mix or "",
        )
        if part
    )
    weights = recipe.loss.class_weights or "none"
    unequal = stats.unequal and recipe.data.sampling is None
    said = unequal or weights != "none"
    weighted = f"{_WEIGHTED[weights].format(stats.imbalance)}, " if said else ""
    start = ", published weights" if recipe.model.pretrained is True else ""
    return (
        f"{stats.num_train:,} {kind} images of about {stats.median_width}x"
        f"{stats.median_height} px {_targets(stats)}, on {where}: "
        f"{recipe.model.name} at {size_text(recipe.data.image_size or 0)} px"
        f"{start}, {recipe.optimizer.name} {recipe.optimizer.lr:g}, "
        f"batches of {run.batch_size}, {looks}, {weighted}{length}."
    )


def _targets(stats: DataStats) -> str:
    """Return what is predicted, in words."""
    count, kind = stats.num_classes, stats.task_kind
    one, several = ("point", "points") if kind.located else _COUNTED[kind.linear]
    what = f"{count} {plural(count, one, several)}"
    return f"in {what}" if kind is Classification else f"for {stats.task} ({what})"


def _counted(count: float, what: str) -> str:
    return f"{count:g} {plural(count, what)}"
