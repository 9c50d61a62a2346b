"""The section `train` of a recipe."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from trainwell.recipes._duration import seconds
from trainwell.recipes._section import Section
from trainwell.recipes._sections import Count, Positive


def _checked_time(text: str) -> str:
    seconds(text)
    return text


class Train(Section):
    """The run itself."""

    epochs: Positive | None = None
    """Passes over the training images; or give `time`."""
    time: Annotated[str, BeforeValidator(str), AfterValidator(_checked_time)] | None = (
        None
    )
    """Wall time from the start of the command to its report: 40s, 10m or 1h30m."""
    batch_size: Count | None = None
    """Images per step; halved with accumulation if memory is too small."""
    precision: Literal["auto", "float32", "bfloat16"] = "auto"
    """Auto: the fastest that keeps the loss, by timing a few steps."""
    memory_format: Literal["auto", "contiguous", "channels_last"] = "auto"
    """Auto: the fastest, by timing a few steps."""
    average: Annotated[float, Field(gt=0, lt=1)] | None = None
    """Decay of a moving average of the weights; none is kept without it."""
    patience: Count | None = None
    """Stop after this many evaluations without improvement; never without it."""
    select: str | None = None
    """The validation metric that chooses the best weights; of classes the accuracy, or
    balanced_accuracy where one has over three times the images of another, else f1,
    auc, top5_accuracy, kappa or loss."""
    evaluate_every: Positive | None = None
    """Epochs between two evaluations."""
    keep: Literal["epochs"] | None = None
    """Epochs: keep the weights of every epoch, a file each, to be used afterwards by
    `--epoch`; only the best without it."""
    calibrate: bool = True
    """Fit a temperature to the validation images at the end, so that a model that says
    0.8 is right in 8 of 10 cases; no answer changes."""
    checkpoint_seconds: Positive = 30.0
    """How much work a crash may cost."""
    device: str = "auto"
    """auto, cpu, cuda, cuda:1, mps."""
    threads: Count | None = None
    """Processor cores to use; all by default."""
