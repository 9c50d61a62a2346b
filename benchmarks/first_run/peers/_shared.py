"""What all peers share: their arguments, their clock, their images, their answer."""

import argparse
import json
import os
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from benchmarks._torchvision_import import import_torchvision

STARTED = float(os.environ.get("FIRST_RUN_STARTED", time.time()))
STEPS_PER_EPOCH = 64
SMALLEST_BATCH = 16


@dataclass(frozen=True)
class Task:
    """What a peer is asked to do.

    Attributes:
        data: Folder with `train`, perhaps `val`, and `test`, each a folder per class.
        seconds: How long to train, from when everything is imported.
        seed: Of everything random.
        scratch: Whether to start from random weights.
        size: Side of the images in pixels.
        variant: What the peer's own file knows, such as widths.
    """

    data: Path
    seconds: float
    seed: int
    scratch: bool
    size: int
    variant: str

    @property
    def classes(self) -> list[str]:
        return sorted(p.name for p in (self.data / "train").iterdir() if p.is_dir())

    @property
    def num_train(self) -> int:
        return sum(1 for _ in (self.data / "train").glob("*/*"))


def read_task() -> Task:
    """Return what the command line asks for, with seeds set and torchvision at hand."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("seconds", type=float)
    parser.add_argument("seed", type=int)
    parser.add_argument("--scratch", action="store_true")
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--variant", default="")
    task = Task(**vars(parser.parse_args()))
    random.seed(task.seed)
    np.random.seed(task.seed)
    torch.manual_seed(task.seed)
    import_torchvision()
    return task


class Clock:
    """The time that training may take."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.start = time.perf_counter()

    @property
    def progress(self) -> float:
        """Part of the time that has passed, at most 1."""
        return min(1.0, (time.perf_counter() - self.start) / self.seconds)

    @property
    def left(self) -> float:
        return self.seconds - (time.perf_counter() - self.start)


def batch_size(default: int, num_train: int) -> int:
    """Return the library's own batch, halved where an epoch would have few steps."""
    while default > SMALLEST_BATCH and num_train < STEPS_PER_EPOCH * default:
        default //= 2
    return default


def image_folder(task: Task, split: str, transform: Any) -> Any:
    """Return a torchvision ImageFolder whose labels are those of `train`."""
    from torchvision.datasets import ImageFolder

    index = {name: i for i, name in enumerate(task.classes)}

    class ByName(ImageFolder):
        def find_classes(self, directory: str) -> tuple[list[str], dict[str, int]]:
            found = sorted(p.name for p in Path(directory).iterdir() if p.is_dir())
            return found, index

    return ByName(str(task.data / split), transform, allow_empty=True)


def seconds_so_far() -> float:
    """Seconds since the process was started, imports included."""
    return time.time() - STARTED


def answer(
    accuracy: float, seconds_to_model: float, epochs: float, **more: Any
) -> None:
    """Print the line that the benchmark reads."""
    found = {
        "accuracy": round(float(accuracy), 4),
        "seconds_to_model": round(seconds_to_model, 1),
        "epochs": round(float(epochs), 2),
    }
    print("\n" + json.dumps(found | more), flush=True)
