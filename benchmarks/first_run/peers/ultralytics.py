"""Ultralytics: `yolo classify train model=yolo26n-cls.yaml time=...`, random weights.

Its own weights come from the network only. Where nothing is held out it is given the
training images alone, and splits them four to one: it would validate on the test.
`epochs` is set to what a timed step promises, as the schedule of the first epoch
follows it; `time` sets it anew after each epoch.
"""

import os
import shutil
import tempfile
import time
from pathlib import Path

import torch
from PIL import Image

from benchmarks.first_run.peers._shared import (
    Clock,
    Task,
    answer,
    batch_size,
    read_task,
    seconds_so_far,
)

task = read_task()
os.environ["YOLO_OFFLINE"] = "true"
os.environ["YOLO_AUTOINSTALL"] = "false"

from ultralytics import YOLO  # noqa: E402

NETWORK = "yolo26n-cls.yaml"
SMALLEST = 10


def main(task: Task) -> None:
    with tempfile.TemporaryDirectory() as kept:
        images = Path(kept) / "images"  # it writes beside the images it reads
        shutil.copytree(task.data, images, copy_function=_copy)
        images.chmod(0o755)
        data = images if (images / "val").exists() else images / "train"
        clock = Clock(task.seconds)
        model = YOLO(NETWORK)
        batch = batch_size(16, task.num_train)
        epochs = _epochs(model.model, batch, clock, task)
        seen: list[int] = []
        model.add_callback(
            "on_train_batch_end", lambda trainer: seen.append(trainer.batch_size)
        )
        model.train(
            data=str(data),
            epochs=epochs,
            time=clock.left / 3600,
            imgsz=task.size,
            batch=batch,
            seed=task.seed,
            project=kept,
            device="cpu",
            pretrained=False,
            plots=False,
        )
        seconds = seconds_so_far()
        found = model.val(
            data=str(images),
            split="test",
            imgsz=task.size,
            project=kept,
            plots=False,
        )
        answer(found.top1, seconds, sum(seen) / task.num_train)


def _copy(source: str, target: str) -> None:
    """Copy an image; enlarge it if it is smaller than Ultralytics takes."""
    with Image.open(source) as image:
        if min(image.size) < SMALLEST:
            image.resize((task.size, task.size), Image.Resampling.BICUBIC).save(target)
        else:
            shutil.copyfile(source, target)


def _epochs(network: torch.nn.Module, batch: int, clock: Clock, task: Task) -> int:
    """Return how many epochs fit, from the second of two steps."""
    images = torch.rand(batch, 3, task.size, task.size)
    network.train()
    for _ in range(2):
        start = time.perf_counter()
        network(images).sum().backward()
    spent = time.perf_counter() - start
    network.zero_grad(set_to_none=True)
    return max(1, int(clock.left / (spent * task.num_train / batch)))


if __name__ == "__main__":
    main(task)
