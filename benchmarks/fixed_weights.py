"""Train ten small fixed recipes and print the SHA-256 of each model.safetensors.

Weights that no longer match show that a change which was meant to keep behaviour did
not. Precision, memory format and one thread are fixed, so that nothing is timed; the
hashes hold for one machine and one version of PyTorch.

python -m benchmarks.fixed_weights [NAME...]
"""

import hashlib
import json
import sys
import tempfile
from pathlib import Path

import safetensors.torch

import trainwell
from trainwell.training import load_tensors

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
CIFAR = str(DATA / "cifar10_mini")
WEIGHTS = DATA / "weights" / "mobilenet_v2-b0353104.pth"
FIXED = ("train.precision=float32", "train.memory_format=contiguous", "train.threads=1")

RECIPES: dict[str, tuple[str, ...]] = {
    "default": ("digits",),
    "cifar": (CIFAR, "train.epochs=2"),
    "ctaugment": ("digits", "augment=ctaugment", "train.epochs=3"),
    "ema": ("digits", "train.average=0.98", "train.epochs=3"),
    "swa": ("digits", "ensemble=swa", "ensemble.start=0.5", "train.epochs=4"),
    "snapshots": (
        "digits",
        "ensemble=snapshots",
        "ensemble.size=2",
        "train.epochs=4",
    ),
    "freeze": (
        CIFAR,
        "model.name=mobilenet_v2",
        f"model.pretrained={WEIGHTS}",
        "transfer.freeze=0.5",
        "transfer.rate=0.1",
        "data.per_class=30",
        "train.epochs=2",
    ),
    "prune": (
        "digits",
        "penalty=l1",
        "penalty.weight=0.001",
        "penalty.proximal=true",
        "prune=magnitude",
        "train.epochs=3",
    ),
    "kfac": ("digits", "model.name=mlp", "optimizer=kfac", "train.epochs=2"),
    "population": (
        CIFAR,
        f"augment.file={ROOT / 'records' / 'policies' / 'population_based.yaml'}",
        "data.per_class=60",
        "train.epochs=3",
    ),
}


def weights_hash(name: str) -> str:
    """Return the SHA-256 of the weights that a recipe ends with."""
    source, *overrides = RECIPES[name]
    with tempfile.TemporaryDirectory() as folder:
        run = trainwell.train(source, *overrides, *FIXED, out=Path(folder) / "run")
        tensors, numbers = load_tensors(run.path / "model.safetensors")
        # as files were before they had a digest in the header, to compare with records
        header = {"trainwell": json.dumps(numbers)}
        return hashlib.sha256(safetensors.torch.save(tensors, header)).hexdigest()


def main() -> None:
    for name in sys.argv[1:] or RECIPES:
        print(f"{name:10}  {weights_hash(name)}", flush=True)


if __name__ == "__main__":
    main()
