"""fastai: `vision_learner` as its quick start has it, then `fine_tune`.

Without weights a ResNet-18 and `fit_one_cycle`. The rates follow the clock instead of
a number of epochs; of the time the frozen part has what `fine_tune(1)` gives it: an
epoch, or two fifths.
"""

from typing import Any

from benchmarks.first_run.peers._shared import (
    Clock,
    Task,
    answer,
    batch_size,
    read_task,
    seconds_so_far,
)

task = read_task()

from fastai.vision.all import (  # noqa: E402
    Callback,
    CancelFitException,
    ImageDataLoaders,
    Resize,
    accuracy,
    get_image_files,
    resnet18,
    set_seed,
    vision_learner,
)

from benchmarks.first_run.peers import _weights  # noqa: E402

FROZEN = 0.4
MANY = 10_000


class ByClock(Callback):
    """Sets how far the fit is by the time spent; ends it when that is over."""

    order = -1  # before the schedule

    def __init__(self, seconds: float, epochs: float = MANY) -> None:
        self.clock, self.epochs, self.seen = Clock(seconds), epochs, 0

    def before_batch(self) -> None:
        if not self.training:
            return
        passed = self.seen / self.learn.dls.train.n
        done = max(self.clock.progress, passed / self.epochs)
        if done >= 1:
            raise CancelFitException
        self.learn.pct_train = done
        self.seen += len(self.x)


def main(task: Task) -> None:
    if task.scratch:
        arch, weights = resnet18, {}
    else:
        arch, weights = _weights.NAME, _weights.overlay()
    clock = Clock(task.seconds)
    set_seed(task.seed)
    loaders = _loaders(task)
    learner = vision_learner(
        loaders, arch, metrics=accuracy, pretrained=not task.scratch, **weights
    )
    fits: list[ByClock] = []

    def fit(by_clock: ByClock, **arguments: Any) -> None:
        fits.append(by_clock)
        learner.fit_one_cycle(MANY, cbs=by_clock, **arguments)

    with learner.no_bar(), learner.no_logging():
        if task.scratch:
            fit(ByClock(clock.left))
        else:  # the arguments that fine_tune hands on
            fit(
                ByClock(FROZEN * clock.left, epochs=1),
                lr_max=slice(2e-3),
                pct_start=0.99,
            )
            learner.unfreeze()
            fit(ByClock(clock.left), lr_max=slice(1e-5, 1e-3), pct_start=0.3, div=5.0)
        seconds = seconds_so_far()
        test = loaders.test_dl(get_image_files(task.data / "test"), with_labels=True)
        right = learner.validate(dl=test)[1]
    answer(right, seconds, sum(f.seen for f in fits) / loaders.train.n)


def _loaders(task: Task) -> Any:
    held_out: dict[str, Any] = (
        {"train": "train", "valid": "val"}
        if (task.data / "val").exists()
        else {"valid_pct": 0.2}
    )
    root = task.data if "train" in held_out else task.data / "train"
    return ImageDataLoaders.from_folder(
        root,
        **held_out,
        seed=task.seed,
        item_tfms=Resize(task.size),
        bs=batch_size(64, task.num_train),
    )


if __name__ == "__main__":
    main(task)
