"""What was chosen, in one line."""

from trainwell.recipes._facts import Facts
from trainwell.recipes._recipe import Recipe


def sentence(recipe: Recipe, facts: Facts) -> str:
    """Say on what data and machine which run was chosen."""
    kind = "colour" if facts.channels == 3 else "grey"
    where = "a GPU" if facts.accelerator else _counted(facts.cores, "core")
    run = recipe.train
    length = (
        f"in {run.time}" if run.time else f"for {_counted(run.epochs or 0, 'epoch')}"
    )
    augment = recipe.augment
    looks = " + ".join(
        part
        for part in (
            augment.crop or "none",
            "flip" if augment.flip else "",
            augment.name or "",
            "cutout" if augment.cutout else "",
            augment.mix or "",
        )
        if part
    )
    return (
        f"{facts.num_train:,} {kind} images of about {facts.median_width}x"
        f"{facts.median_height} px in {facts.num_classes} classes, on {where}: "
        f"{recipe.model.name} at {recipe.data.image_size} px, "
        f"{recipe.optimizer.name} {recipe.optimizer.lr:g}, "
        f"batches of {run.batch_size}, {looks}, {length}."
    )


def _counted(count: float, what: str) -> str:
    return f"{count:g} {what}{'' if count == 1 else 's'}"
