"""Loading: files to normalised batches, ours against a DataLoader of two workers.

    python -m benchmarks.loading ../shared/data

Rows: first reading of a folder (hashing, checking, decoding), and batches per second
from decoded images in memory and from JPEG files on the fly. The peer is what PyTorch
users write: Pillow, a resize and a flip per sample, in a DataLoader with workers.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch.utils.data import DataLoader
from torch.utils.data import Dataset as TorchDataset

from benchmarks._timing import compare, seconds
from trainwell.augment.policies import PadCrop, RandomResizedCrop
from trainwell.core.device import num_cores
from trainwell.data import load, open_store
from trainwell.preprocess import Standardize
from trainwell.training import KeyedBatches, RenderSettings

BATCH, ROUNDS = 128, 5
HALF = Standardize((0.5, 0.5, 0.5), (0.25, 0.25, 0.25))


class Peer(TorchDataset):
    """Pillow per sample: open, random resized crop or shift, flip, normalise."""

    def __init__(self, paths: list[Path], size: int, pad: int) -> None:
        self.paths, self.size, self.pad = paths, size, pad

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, index: int):
        image = Image.open(self.paths[index]).convert("RGB")
        width, height = image.size
        if self.pad:
            dx, dy = torch.randint(-self.pad, self.pad + 1, (2,)).tolist()
            image = image.transform(image.size, Image.AFFINE, (1, 0, dx, 0, 1, dy))
        else:
            scale = float(torch.rand(1)) * 0.65 + 0.35
            w, h = width * scale**0.5, height * scale**0.5
            x, y = (torch.rand(2) * torch.tensor([width - w, height - h])).tolist()
            box = (x, y, x + w, y + h)
            image = image.resize((self.size,) * 2, Image.BILINEAR, box)
        if torch.rand(1) < 0.5:
            image = image.transpose(Image.FLIP_LEFT_RIGHT)
        pixels = torch.from_numpy(np.array(image)).permute(2, 0, 1)
        return pixels.float().div_(255).sub_(0.5).div_(0.25)


def measure(folder: Path, size: int, pad: int) -> None:
    print(f"\n{folder.name}, {size} px")
    kwargs = {"threads": num_cores(), "short_side": size * 3 // 2}
    print(f"  first reading {seconds(lambda: load(folder)):.2f} s", end="")
    print(f", again {seconds(lambda: load(folder)):.2f} s")
    train = load(folder).train
    policy = PadCrop(size, pad, flip=True) if pad else RandomResizedCrop(flip=True)
    settings = RenderSettings(
        size=size,
        fit="stretch",
        border="reflect",
        standardize=HALF,
        device=torch.device("cpu"),
        threads=num_cores(),
    )

    def ours(memory_limit: int):
        batches = KeyedBatches(
            dataset=train,
            store=open_store(train, memory_limit=memory_limit, **kwargs),
            policy=policy,
            settings=settings,
            batch_size=BATCH,
            seed=0,
        )
        return lambda: sum(len(b) for b in batches.stream(0, batches.per_epoch))

    paths = [folder / name for name in train.names]
    peer = DataLoader(
        Peer(paths, size, pad), BATCH, shuffle=True, num_workers=2, drop_last=True
    )
    images = len(train) // BATCH * BATCH
    works = {
        "DataLoader, 2 workers": lambda: sum(len(b) for b in peer),
        "ours, from files": ours(0),
        "ours, in memory": ours(10**10),
    }
    times = compare(works, ROUNDS)
    base = times["DataLoader, 2 workers"]
    for name, spent in times.items():
        print(f"  {name:<22} {images / spent:9,.0f} images/s   {base / spent:6.1f}x")


def main() -> None:
    data = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    torch.set_num_threads(1)
    measure(data / "cifar10_mini", 32, 2)
    measure(data / "clothing", 128, 0)


if __name__ == "__main__":
    main()
