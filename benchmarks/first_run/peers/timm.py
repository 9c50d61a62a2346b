"""timm: the defaults of its training script, which is not in the wheel.

SGD with Nesterov momentum 0.9, rate 0.1 per 256 images, weight decay 2e-5, cosine to
zero after a warm-up, random resized crops, flips, colour jitter 0.4, label smoothing
0.1. The schedule follows the clock; the warm-up is the share of a tenth, as five epochs
of 300 would be longer than the time.
"""

from typing import Any

import torch

from benchmarks.first_run.peers._shared import (
    Clock,
    Task,
    answer,
    batch_size,
    image_folder,
    read_task,
    seconds_so_far,
)

task = read_task()

import timm  # noqa: E402
from timm.data import create_transform, resolve_data_config  # noqa: E402
from timm.loss import LabelSmoothingCrossEntropy  # noqa: E402
from timm.optim import create_optimizer_v2  # noqa: E402
from timm.scheduler import CosineLRScheduler  # noqa: E402

from benchmarks.first_run.peers import _weights  # noqa: E402

PARTS = 10_000


def main(task: Task) -> None:
    clock = Clock(task.seconds)
    weights = {} if task.scratch else _weights.overlay()
    model = timm.create_model(
        _weights.NAME,
        pretrained=not task.scratch,
        num_classes=len(task.classes),
        **weights,
    )
    shape = {"input_size": (3, task.size, task.size)}
    looks = resolve_data_config(shape, model=model)
    size = batch_size(128, task.num_train)
    optimizer = create_optimizer_v2(
        model, opt="sgd", lr=0.1 * size / 256, momentum=0.9, weight_decay=2e-5
    )
    schedule = CosineLRScheduler(
        optimizer,
        t_initial=PARTS,
        warmup_t=PARTS // 10,
        warmup_lr_init=1e-5,
        warmup_prefix=False,
        t_in_epochs=False,
    )
    show = create_transform(**looks, is_training=True, color_jitter=0.4)
    loss = LabelSmoothingCrossEntropy(0.1)
    batches = _endless(_loader(task, "train", show, size))
    seen = 0
    model.train()
    while clock.progress < 1:
        schedule.step_update(int(PARTS * clock.progress))
        images, labels = next(batches)
        optimizer.zero_grad()
        loss(model(images), labels).backward()
        optimizer.step()
        seen += len(labels)
    seconds = seconds_so_far()
    test = _loader(task, "test", create_transform(**looks), size)
    answer(_accuracy(model, test), seconds, seen / task.num_train)


def _endless(loader: Any) -> Any:
    while True:
        yield from loader


def _loader(task: Task, split: str, show: Any, size: int) -> Any:
    training = split == "train"
    return torch.utils.data.DataLoader(
        image_folder(task, split, show),
        batch_size=size,
        shuffle=training,
        drop_last=training,
        num_workers=2,
        persistent_workers=True,
    )


@torch.no_grad()
def _accuracy(model: torch.nn.Module, test: Any) -> float:
    model.eval()
    right = [(model(images).argmax(1) == labels).float() for images, labels in test]
    return float(torch.cat(right).mean())


if __name__ == "__main__":
    main(task)
