"""Folding: evaluation of whole networks with BatchNorm folded and not.

    python -m benchmarks.folding

Both evaluate the same images with the same weights, in turn, in float32.
"""

import torch

from benchmarks._timing import compare
from trainwell import models
from trainwell.core.device import num_cores
from trainwell.layers.norm import fold_batch_norm

CASES = [("resnet50", 224, 4), ("wide_resnet16_4", 32, 32)]
ROUNDS = 9


@torch.inference_mode()
def main() -> None:
    torch.set_num_threads(num_cores())
    print(f"median of {ROUNDS} rounds in turn, {num_cores()} threads")
    for name, size, batch in CASES:
        torch.manual_seed(0)
        model = models.create(name, num_classes=10, image_size=size).model.eval()
        folded = fold_batch_norm(model)
        images = torch.randn(batch, 3, size, size)
        plain = model(images)
        error = ((plain - folded(images)).abs().max() / plain.abs().max()).item()
        works = {
            "as trained": lambda net=model, x=images: net(x),
            "folded": lambda net=folded, x=images: net(x),
        }
        times = compare(works, ROUNDS)
        print(f"{name}, {batch} images of {size} px, outputs agree to {error:.0e}")
        for label, spent in times.items():
            gain = times["as trained"] / spent
            print(f"  {label:<12} {batch / spent:8.1f} images/s   {gain:.3f} x")


if __name__ == "__main__":
    main()
