"""Run folders as training leaves them, without a training."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from trainwell.diagnose import Layer
from trainwell.infer import ModelMetadata, Preprocessing, write_metadata
from trainwell.models import ModelSpec
from trainwell.preprocess import Standardize
from trainwell.report._run_files import RunFiles
from trainwell.tasks import Classification

HOSTILE_CLASSES = (
    "<script>console.error('class')</script>",
    "a&b \"quoted\" 'name' </td></table>",
    "{{ 7 * 7 }} $x^2$ \\frac",
    "\u202eright to left <img src=https://example.com/x.png>",
)
HOSTILE_FILE = "<img src=x onerror=console.error('file')>/\udc80{0}.png"
HOSTILE_SOURCE = "data/<script>console.error('source')<!-- it's"

RECIPE = """name: auto
seed: 3
data:
  image_size: 8
loss:
  label_smoothing: 0.2
train:
  epochs: 4.0
  time: null
"""


def predictions(classes, n, seed=0):
    """Return probabilities that are right about two times in three, and targets."""
    rng = np.random.default_rng(seed)
    targets = np.arange(n) % len(classes)
    logits = rng.normal(size=(n, len(classes)))
    logits[np.arange(n), targets] += 1.5 + np.log(len(classes)) / 2
    probabilities = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    return probabilities.astype(np.float32), targets


def telling(probabilities, targets, most=12):
    """Return the places of the worst mistakes and of the least certain answers."""
    of_true = probabilities[np.arange(len(targets)), targets]
    wrong = np.flatnonzero(probabilities.argmax(1) != targets)
    worst = sorted(wrong, key=lambda i: of_true[i])[:most]
    certain = sorted(range(len(targets)), key=lambda i: probabilities[i].max())[:most]
    return np.array(sorted({*worst, *certain}))


def audit_of(source, classes):
    return {
        "source": source,
        "counts": {s: dict.fromkeys(classes, 5) for s in ("train", "val", "test")},
        "heights": [8, 8],
        "widths": [8, 20],
        "modes": {"RGB": 1200},
        "bad_images": [],
        "ignored": [],
        "num_ignored": 0,
        "exact_duplicates": {"count": 0, "pairs": []},
        "near_duplicates": {"count": 0, "pairs": []},
        "repeated": 0,
        "label_conflicts": [],
        "num_label_conflicts": 0,
        "imbalance": 1.25,
        "warnings": [],
    }


def metrics(evaluations=4):
    """Return lines of four epochs, best at the third."""
    train = [
        {
            "event": "train",
            "step": 2 * i,
            "epoch": i / 10,
            "loss": 2 / (1 + i / 10) + 0.1 * (i % 2),
            "lr": 0.1 * (1 - i / 41),
        }
        for i in range(1, 41)
    ]
    judged = [
        {
            "event": "evaluate",
            "step": 20 * i,
            "epoch": float(i),
            "val_loss": 1.5 / i,
            "val_accuracy": (0.3, 0.5, 0.66, 0.6)[i - 1],
            "train_loss": 1.4 / i,
            "train_accuracy": (0.4, 0.6, 0.7, 0.75)[i - 1],
        }
        for i in range(5 - evaluations, 5)
    ]
    return sorted(train + judged, key=lambda line: line["step"])


def summary_of(split):
    return {
        "val_accuracy": 0.66,
        "test_accuracy": 0.65 if split == "test" else None,
        "train_seconds": 75.2,
        "images_per_second": 1234.5,
        "processor_busy": 0.93,
        "num_parameters": 98765,
        "epochs": 4.0,
        "best_epoch": 3.0,
        "precision": "bfloat16",
        "memory_format": "channels_last",
        "verdict": "It fits <b>well</b>.",
        "stopped_by": "plan",
    }


@pytest.fixture
def write_run(tmp_path):
    """Return a function that writes a run folder and returns it with its summary."""

    def write(
        classes=("cat", "dog", "owl"),
        *,
        n=60,
        split="test",
        size=8,
        channels=3,
        evaluations=4,
        source="photos",
        file_name="{0}.png",
        audit=None,
        stopped_by="plan",
    ):
        run = tmp_path / "run"
        (run / "predictions").mkdir(parents=True)
        probabilities, targets = predictions(classes, n)
        for name in ("val", "test") if split == "test" else ("val",):
            np.savez_compressed(
                run / "predictions" / f"{name}.npz",
                probabilities=probabilities,
                targets=targets,
                names=np.array([file_name.format(i) for i in range(n)]),
            )
        indices = telling(probabilities, targets)
        pixels = np.random.default_rng(1).integers(
            0, 256, (len(indices), size, size, channels), np.uint8
        )
        np.savez_compressed(
            run / "examples.npz",
            images=pixels,
            indices=indices,
            frames=np.tile([0.0, 0.0, size, size], (len(indices), 1)),
            split=np.array(split),
        )
        (run / "recipe.yaml").write_text(RECIPE)
        lines = [json.dumps(line) + "\n" for line in metrics(evaluations)]
        (run / "metrics.jsonl").write_text("".join(lines))
        files = {
            "environment": {"trainwell": "0.1.0", "cores": 2, "accelerator": None},
            "origin": {
                "source": source,
                "fingerprint": "0123abcd",
                "chosen": "1,200 colour images <in> 3 classes.",
            },
            "audit": audit_of(source, classes) | (audit or {}),
        }
        for name, content in files.items():
            (run / f"{name}.json").write_text(json.dumps(content))
        (run / "model.json").write_text(write_metadata(_card(classes, size, channels)))
        return run, summary_of(split) | {"stopped_by": stopped_by}

    return write


@pytest.fixture
def files_of():
    """Return a function that makes the files of a run of any task by hand."""

    def make(task, predictions, targets, size=8):
        count = len(targets)
        rng = np.random.default_rng(2)
        return RunFiles(
            recipe="",
            lines=[],
            environment={},
            origin={},
            audit={},
            metadata=SimpleNamespace(task=task, classes=task.labels),
            split="test",
            probabilities=np.asarray(predictions, np.float32),
            targets=np.asarray(targets),
            names=np.array([f"{i}.png" for i in range(count)]),
            images=rng.integers(0, 256, (count, size, size, 3), np.uint8),
            indices=np.arange(count),
            frames=np.tile([0.0, 0.0, size, size], (count, 1)),
        )

    return make


@pytest.fixture
def hostile_run(write_run):
    """A run whose every name tries to be more than text."""
    audit = {
        "warnings": ["1 bad image left out, first <iframe src=x>."],
        "bad_images": [{"path": "<svg onload=console.error(1)>", "reason": "<b>&"}],
    }
    return write_run(
        HOSTILE_CLASSES,
        file_name=HOSTILE_FILE,
        source=HOSTILE_SOURCE,
        audit=audit,
    )


def _card(classes, size, channels):
    return ModelMetadata(
        task=Classification(tuple(classes)),
        model=ModelSpec("lenet", len(classes), channels, size, {}),
        preprocessing=Preprocessing(
            image_size=size,
            channels=channels,
            short_side=size,
            fit="pad",
            border="mean",
            standardize=Standardize((0.5,) * channels, (0.25,) * channels),
        ),
    )


def layer_row(**changes):
    """A row of a report on the start of a network."""
    row = {
        "name": "layer",
        "kind": "Linear",
        "role": "weight",
        "depth": 1,
        "shape": (4,),
        "mean": 0.0,
        "std": 1.0,
        "saturated": None,
        "dead": None,
        "gradient_norm": None,
        "counts": (1, 2),
        "edges": (-2.0, 0.0, 2.0),
    }
    return Layer(**{**row, **changes})
