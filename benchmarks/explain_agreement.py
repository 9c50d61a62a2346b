"""Maps of `trainwell.explain` against those of captum, where that is installed.

    python -m benchmarks.explain_agreement

Prints the largest difference of each map, relative to its largest value, on
an untrained network in float64, and how long Grad-CAM takes, in forward and backward
passes of the same images in the same chunks.
"""

import time

import torch
import torch.nn.functional as F
from captum import attr
from torch import Tensor

from trainwell import explain
from trainwell.models import create


def captum_maps(network: torch.nn.Module, x: Tensor, y: Tensor) -> dict[str, Tensor]:
    cam = attr.LayerGradCam(network, network.layer3)
    small = cam.attribute(x, y, relu_attributions=True)
    integrated = attr.IntegratedGradients(network)
    occluded = attr.Occlusion(network).attribute(x, (3, 4, 4), (3, 2, 2), 0.0, y)
    return {
        "saliency": attr.Saliency(network).attribute(x, y).amax(1),
        "integrated_gradients": integrated.attribute(x, target=y, n_steps=32).sum(1),
        "grad_cam": F.interpolate(small, x.shape[2:], mode="bilinear")[:, 0],
        "occlusion": occluded[:, 0],
    }


def own_maps(network: torch.nn.Module, x: Tensor, y: Tensor) -> dict[str, Tensor]:
    return {
        "saliency": explain.saliency(network, x, y),
        "integrated_gradients": explain.integrated_gradients(network, x, y, steps=32),
        "grad_cam": explain.grad_cam(network, x, y, layer="layer3"),
        "occlusion": explain.occlusion(network, x, y, size=4, stride=2),
    }


def grad_cam_time(images: int = 100, size: int = 64) -> float:
    """Return its time over that of a forward and a backward pass, medians of five."""
    network = create("resnet18", num_classes=10, image_size=size).model.eval()
    x = torch.randn(images, 3, size, size)

    def passes() -> None:
        for part in x.split(32):
            network(part).amax(1).sum().backward()
        network.zero_grad()

    def median(work: object) -> float:
        times = []
        for _ in range(6):
            start = time.perf_counter()
            work()  # type: ignore[operator]
            times.append(time.perf_counter() - start)
        return sorted(times[1:])[2]

    return median(lambda: explain.grad_cam(network, x)) / median(passes)


def main() -> None:
    torch.manual_seed(0)
    network = create("resnet18", num_classes=5, image_size=32).model.double().eval()
    for module in network.modules():
        if isinstance(module, torch.nn.ReLU):
            module.inplace = False  # captum's hooks cannot follow it
    x = torch.randn(6, 3, 32, 32).double()
    y = network(x).argmax(1)
    theirs, own = captum_maps(network, x, y), own_maps(network, x, y)
    for name, expected in theirs.items():
        apart = (own[name] - expected).abs().max() / expected.abs().max()
        print(f"{name:22}{apart.item():.1e}")
    print(f"grad_cam of 100 images: {grad_cam_time():.2f} forward and backward passes")


if __name__ == "__main__":
    main()
