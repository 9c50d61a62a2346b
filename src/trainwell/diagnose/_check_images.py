"""Checks that image tensors have the values a network should read.

    blank:      standard deviation over all values below 1e-6
    repeated:   all images the same, or half of them copies of others of the split
    constant:   some images of one value each
    scale:      a value beyond 30, or a standard deviation beyond 5: raw pixel values
    flat:       a standard deviation below 0.02: divided by 255 twice
    disagree:   means of two splits apart by over half a standard deviation, or standard
                deviations by a factor over 1.5

Standardised images stay within a few units and images of 0..1 within one; 8 standard
deviations are beyond what photographs show, and 30 allows for whitening.

Source: LeCun, Bottou, Orr & Mueller, "Efficient BackProp", 1998, section 4.3 (inputs of
mean 0 and equal variances); the limits are ours.
"""

import torch
from torch import Tensor

from trainwell.diagnose._finding import Finding

_LARGEST, _LARGEST_STD = 30.0, 5.0
_SMALLEST_STD = 0.02
_SHIFT, _FACTOR = 0.5, 1.5
_BLANK = 1e-6
_FEW = 64  # images of a split, below which its statistics are too uncertain


def check_images(images: Tensor, *, split: str = "training") -> Finding:
    """Check the values of normalised images.

    Args:
        images: (n, channels, height, width) or (n, values), as the network reads them.
        split: Name of the split in the message.

    Example:
        >>> check_images(255 * torch.rand(8, 3, 4, 4)).name
        'unnormalised inputs'
        >>> check_images(torch.randn(8, 3, 4, 4)).level
        'pass'
    """
    flat = images.detach().float().flatten(1)
    if not torch.isfinite(flat).all():
        bad = (~torch.isfinite(flat)).any(1).sum().item()
        return Finding.fail(
            "not finite inputs",
            f"{bad} of {len(flat)} {split} images contain NaN or infinity.",
            {"images": bad},
            "look for them before the preprocessing; a standard deviation of 0 in a "
            "division makes them",
        )
    mean, std = flat.mean().item(), flat.std(correction=0).item()
    low, high = flat.min().item(), flat.max().item()
    constant = (flat.amax(1) == flat.amin(1)).double().mean().item()
    numbers = {"mean": mean, "std": std, "smallest": low, "largest": high}
    numbers["constant"] = constant
    values = (
        f"{split} images lie in {low:.3g} to {high:.3g}, mean {mean:.3g}, standard "
        f"deviation {std:.3g}"
    )
    rules = (
        (
            std < _BLANK or bool((flat == flat[0]).all()),
            Finding.fail,
            "blank inputs",
            f"All {split} images are the same: {values}.",
            "look at one batch as a picture; decoding or preprocessing lost the pixels",
        ),
        (
            max(abs(low), high) > _LARGEST or std > _LARGEST_STD,
            Finding.fail,
            "unnormalised inputs",
            f"Inputs are not normalised: {values}.",
            "divide by 255 and standardise with the training split's statistics",
        ),
        (
            std < _SMALLEST_STD,
            Finding.warn,
            "flat inputs",
            f"Inputs hardly vary: {values}.",
            "look for a second division by 255; standardise",
        ),
        (
            constant > 0,
            Finding.warn,
            "constant images",
            f"{constant:.1%} of the {split} images have only one value.",
            "look at them; they are often files that could not be read",
        ),
    )
    for found, make, name, message, remedy in rules:
        if found:
            return make(name, message, numbers, remedy)
    return Finding.passed("inputs", f"The {values}.", numbers)


def check_splits(training: Tensor, validation: Tensor) -> Finding:
    """Compare the preprocessing of two splits, channel by channel.

    Args:
        training: (n, channels, ...), as the network reads them.
        validation: Images of the other split, with the same channels.

    Raises:
        ValueError: If the splits have different channels.

    Example:
        >>> images = torch.randn(64, 3, 4, 4)
        >>> check_splits(images, images + 2).name
        'preprocessing differs'
    """
    name = "preprocessing alike"
    if min(len(training), len(validation)) < _FEW:
        message = f"A split has fewer than {_FEW} images: not compared."
        return Finding.untested(name, message)
    first, second = (
        x.float().transpose(0, 1).flatten(1) for x in (training, validation)
    )
    if first.shape[0] != second.shape[0]:
        raise ValueError(
            f"both splits must have the same channels, got {first.shape[0]} and "
            f"{second.shape[0]}."
        )
    if training.ndim == 2:
        first, second = first.reshape(1, -1), second.reshape(1, -1)
    std = first.std(1, correction=0).clamp_min(1e-12)
    other = second.std(1, correction=0).clamp_min(1e-12)
    shift = ((first.mean(1) - second.mean(1)) / std).abs().max().item()
    ratio = (other / std).log().abs().max().exp().item()
    numbers = {"shift": shift, "factor": ratio}
    values = (
        f"the means differ by {shift:.2g} standard deviations, and the standard "
        f"deviations by a factor of {ratio:.2g}"
    )
    if shift > _SHIFT or ratio > _FACTOR:
        return Finding.fail(
            "preprocessing differs",
            "Training and validation images are not preprocessed in the same way: "
            f"{values}.",
            numbers,
            "apply the same statistics, fitted on training images, in both places",
        )
    message = f"Between training and validation {values}."
    return Finding.passed(name, message, numbers)
