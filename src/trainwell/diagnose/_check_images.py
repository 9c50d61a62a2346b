"""Whether image tensors look as a network should see them.

    blank:      standard deviation over all values below 1e-6
    repeated:   all images the same, or half of them copies of others of the split
    constant:   some images of one value each
    scale:      a value beyond 30, or a deviation beyond 5: raw levels of 0..255
    flat:       a deviation below 0.02: divided by 255 twice
    disagree:   means of two splits apart by over half a deviation, or deviations by a
                factor over 1.5

Standardised images stay within a few units and images of 0..1 within one; 8 deviations
are beyond what photographs show, and 30 allows for whitening.

Source: LeCun, Bottou, Orr & Mueller, "Efficient BackProp", 1998, section 4.3 (inputs of
mean 0 and like variances); the limits are ours.
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
    """Judge the values of normalised images.

    Args:
        images: (n, channels, height, width) or (n, values), as the network reads them.
        split: How to call them.
    """
    flat = images.detach().float().flatten(1)
    if not torch.isfinite(flat).all():
        bad = (~torch.isfinite(flat)).any(1).sum().item()
        return Finding(
            "not finite inputs",
            "fail",
            f"{bad} of {len(flat)} {split} images hold NaN or infinity.",
            {"images": bad},
            "find them before the preprocessing; a deviation of 0 divides so",
        )
    mean, std = flat.mean().item(), flat.std(correction=0).item()
    numbers = {
        "mean": mean,
        "std": std,
        "smallest": flat.min().item(),
        "largest": flat.max().item(),
        "constant": (flat.amax(1) == flat.amin(1)).double().mean().item(),
    }
    words = (
        f"{split} images lie in {numbers['smallest']:.3g} to {numbers['largest']:.3g}, "
        f"mean {mean:.3g}, deviation {std:.3g}"
    )
    if std < _BLANK or (flat == flat[0]).all():
        return Finding(
            "blank inputs",
            "fail",
            f"All {split} images are the same: {words}.",
            numbers,
            "look at one batch as a picture; decoding or preprocessing lost the pixels",
        )
    if max(abs(numbers["smallest"]), numbers["largest"]) > _LARGEST or (
        std > _LARGEST_STD
    ):
        return Finding(
            "unnormalised inputs",
            "fail",
            f"Inputs are not normalised: {words}.",
            numbers,
            "divide by 255 and standardise with the training split's statistics",
        )
    if std < _SMALLEST_STD:
        return Finding(
            "flat inputs",
            "warn",
            f"Inputs hardly vary: {words}.",
            numbers,
            "look for a second division by 255; standardise",
        )
    if numbers["constant"] > 0:
        return Finding(
            "constant images",
            "warn",
            f"{numbers['constant']:.1%} of the {split} images have one value only.",
            numbers,
            "look at them; they are often files that could not be read",
        )
    return Finding("inputs", "pass", f"The {words}.", numbers)


def check_splits(training: Tensor, validation: Tensor) -> Finding:
    """Compare how two splits were preprocessed, channel by channel.

    Args:
        training: (n, channels, ...), as the network reads them.
        validation: The same of another split.
    """
    name = "preprocessing alike"
    if min(len(training), len(validation)) < _FEW:
        text = f"Fewer than {_FEW} images of a split: not compared."
        return Finding(name, "pass", text)
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
    deviation = first.std(1, correction=0).clamp_min(1e-12)
    other = second.std(1, correction=0).clamp_min(1e-12)
    shift = ((first.mean(1) - second.mean(1)) / deviation).abs().max().item()
    ratio = (other / deviation).log().abs().max().exp().item()
    numbers = {"shift": shift, "factor": ratio}
    words = (
        f"means differ by {shift:.2g} deviations, and deviations by a factor of "
        f"{ratio:.2g}"
    )
    if shift > _SHIFT or ratio > _FACTOR:
        return Finding(
            "preprocessing differs",
            "fail",
            f"Training and validation images are not preprocessed alike: {words}.",
            numbers,
            "apply the same statistics, fitted on training images, in both places",
        )
    return Finding(name, "pass", f"Between training and validation {words}.", numbers)
