"""Settle how to step, by timing, where the recipe leaves it open."""

from torch import nn

from trainwell.recipes import Recipe
from trainwell.runs._reporter import Reporter
from trainwell.training import MEMORY_FORMATS, KeyedBatches, Loss, choose_step


def settle_step(
    recipe: Recipe,
    model: nn.Module,
    batches: KeyedBatches,
    loss: Loss,
    reporter: Reporter,
) -> tuple[Recipe, dict[str, float]]:
    """Time a few steps, unless precision and memory format are given."""
    train = recipe.train
    if "auto" not in (train.precision, train.memory_format):
        return recipe, {}
    precisions = ("float32", "bfloat16")
    best, timed = choose_step(
        model,
        next(batches.stream(0, 1)),
        loss,
        precisions=precisions if train.precision == "auto" else (train.precision,),
        memory_formats=(
            tuple(MEMORY_FORMATS)
            if train.memory_format == "auto"
            else (train.memory_format,)
        ),
    )
    timings = {
        f"{t.precision} {t.memory_format}": round(t.images_per_second, 1) for t in timed
    }
    first = timed[0]
    reporter.say(
        f"Steps in {best.precision} {best.memory_format}: "
        f"{best.images_per_second:,.0f} images/s, "
        f"{best.images_per_second / first.images_per_second:.1f}x "
        f"{first.precision} {first.memory_format}."
    )
    settled = train.model_copy(
        update={"precision": best.precision, "memory_format": best.memory_format}
    )
    return recipe.model_copy(update={"train": settled}), timings
