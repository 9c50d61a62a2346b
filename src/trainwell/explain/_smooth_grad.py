"""SmoothGrad: saliency of the mean gradient over noisy copies of an image.

    M = max over channels of |mean_k d s_y / d x (x + sigma e_k)|,   e_k ~ N(0, 1)
    sigma = noise (max x - min x)

Use: where plain saliency is too noisy to read.
Side effects: as many passes as samples. All images get the same noise, so a map depends
on the image and the seed alone.
Source: Smilkov et al., "SmoothGrad: removing noise by adding noise", 2017,
https://arxiv.org/abs/1706.03825; the maximum over channels as in `saliency`.
"""

import torch
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.explain._reading import reading
from trainwell.explain._scores import chunks, fixed_target, input_gradient
from trainwell.explain._types import Target


def smooth_grad(
    network: nn.Module,
    images: Tensor,
    target: Target = None,
    *,
    samples: int = 16,
    noise: float = 0.15,
    seed: int = 0,
    chunk: int = 32,
) -> Tensor:
    """Return maps (n, height, width): saliency, averaged over noise.

    Args:
        network: From images to outputs; it is left as it was.
        images: Standardised, (n, channels, height, width).
        target: Output to explain; the largest of each image by default.
        samples: Noisy copies of each image.
        noise: Standard deviation, as a share of the range of an image's values.
        seed: Of the noise.
        chunk: Images at a time.

    Raises:
        ValueError: If an argument cannot be used.
        ModelError: If the network has no gradient.

    Example:
        >>> net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(4, 2))
        >>> images = torch.rand(3, 1, 2, 2)
        >>> torch.allclose(smooth_grad(net, images), saliency(net, images))
        True
    """
    checks.positive("samples", samples)
    checks.between("noise", noise, 0, 10)
    random = torch.Generator().manual_seed(seed)
    shape = (samples, *images.shape[1:])
    drawn = torch.randn(shape, generator=random).to(images)
    with reading(network):
        found = []
        for x, y in chunks(images, target, chunk):
            fixed = fixed_target(network, x, y)
            span = x.flatten(1).amax(1) - x.flatten(1).amin(1)
            sigma = noise * span[:, None, None, None]
            total = sum(input_gradient(network, x + sigma * e, fixed) for e in drawn)
            found.append((torch.as_tensor(total) / samples).abs().amax(1))
    return torch.cat(found)
