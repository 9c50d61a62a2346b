"""Whether answers rest on a mark at one place of the images: a suspected shortcut.

place:  the windows of a fifth of the image in which the mean map of a class, each map
        divided by its sum, is fullest; three are tried, the worst is reported
moved:  share of images of other classes that are answered with this class once the
        window of one of its images is pasted into them
other:  the same with the window of an image of a third class

A watermark, a scanner's mark or a tag takes its class along wherever it is pasted; a
part of an object, or of a background, seldom does.

Use: on images that the network was not trained on, with maps of
`explain.occlusion`; Grad-CAM is too coarse for networks that flatten their last maps.
Side effects: some forward passes; the network is not changed.
Source: ours; the fault: Lapuschkin et al., "Unmasking Clever Hans predictors and
assessing what machines really learn", 2019, https://arxiv.org/abs/1902.10178
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from trainwell.core.modes import evaluating
from trainwell.diagnose._finding import Finding

NAME = "shortcut"
_WINDOW = 5  # windows side by side
_STRIDES = 4  # places per side of a window
_FEWEST, _MOST = 4, 32  # images of a class; images that are pasted into
_PLACES = 3  # windows that are tried for each class
_MOVES, _BEYOND = 0.5, 0.3  # share that moves; how much more than by other windows

Place = tuple[slice, slice]


def check_shortcut(
    network: nn.Module,
    images: Tensor,
    targets: Tensor,
    maps: Tensor,
    classes: Sequence[str],
) -> list[Finding]:
    """Return a warning for each class whose answers rest on one place, or a pass.

    Args:
        network: Classifier.
        images: Standardised, (n, channels, height, width).
        targets: Their classes, (n,).
        maps: What the answers rest on, (n, height, width).
        classes: Names.

    Raises:
        ValueError: If the shapes do not fit each other.

    Example:
        >>> class Corner(torch.nn.Module):  # answers by the brightness of one corner
        ...     def forward(self, x):
        ...         bright = x[:, 0, -2:, -2:].mean((1, 2))
        ...         return torch.stack([0 * bright, bright - 0.5], 1)
        >>> images, maps = torch.zeros(20, 1, 10, 10), torch.zeros(20, 10, 10)
        >>> images[10:, :, -2:, -2:], maps[:, -2:, -2:] = 1, 1
        >>> targets = torch.arange(20) // 10
        >>> found = check_shortcut(Corner(), images, targets, maps, ("cat", "dog"))
        >>> print(found[-1].what[:54])
        dog: what the answer rests on lies at the bottom right
    """
    expected = (len(images), *images.shape[2:])
    if tuple(maps.shape) != expected or targets.shape != expected[:1]:
        raise ValueError(
            f"`maps` must be {expected} and `targets` {expected[:1]}, as the images "
            f"are; got {tuple(maps.shape)} and {tuple(targets.shape)}."
        )
    shares = maps.abs() / maps.abs().sum((1, 2), keepdim=True).clamp_min(1e-12)
    found, tested = [], 0
    for index, name in enumerate(classes):
        own, others = (torch.nonzero(m)[:, 0] for m in _sides(targets, index))
        if min(len(own), len(others)) < _FEWEST:
            continue
        tested += 1
        place, numbers = max(
            (
                (place, _moved(network, images, own, others, place, shares, index))
                for place in _fullest(shares[own].mean(0))
            ),
            key=lambda pair: pair[1]["moved"],
        )
        if numbers["moved"] >= _MOVES and numbers["moved"] - numbers["other"] > _BEYOND:
            found.append(_warning(name, images, place, numbers))
    if not tested:
        return [Finding.untested(NAME, "No class has enough images to test it.")]
    return found or [
        Finding.passed(NAME, f"No place takes the answer along, in {tested} classes.")
    ]


def _sides(targets: Tensor, index: int) -> tuple[Tensor, Tensor]:
    return targets == index, targets != index


def _fullest(mean: Tensor) -> list[Place]:
    """Return the windows of the largest sums that do not overlap, the fullest first."""
    rows, columns = (max(1, -(-side // _WINDOW)) for side in mean.shape)
    step = max(1, min(rows, columns) // _STRIDES)
    sums = F.avg_pool2d(mean[None, None], (rows, columns), step)[0, 0].clone()
    found = []
    for _ in range(_PLACES):
        row, column = divmod(int(sums.argmax()), sums.shape[1])
        top, left = step * row, step * column
        found.append((slice(top, top + rows), slice(left, left + columns)))
        near = [
            slice(max(0, p - n // step), p + n // step + 1)
            for p, n in ((row, rows), (column, columns))
        ]
        sums[near[0], near[1]] = -1
    return found


def _moved(  # noqa: PLR0913
    network: nn.Module,
    images: Tensor,
    own: Tensor,
    others: Tensor,
    place: Place,
    shares: Tensor,
    index: int,
) -> dict[str, float]:
    """Return the shares of images that a pasted window turns into this class."""
    heat = shares[own][:, place[0], place[1]].sum((1, 2))
    share = float(heat.mean())
    donors = own[heat.argsort(descending=True)][: max(1, len(own) // 2)]
    spread = torch.linspace(0, len(others) - 1, min(_MOST, len(others))).long()
    into = others[spread.to(others.device)]
    with evaluating(network, []):
        before = network(images[into]).argmax(1)
        into = into[before != index]
        if len(into) < _FEWEST:
            return {"moved": 0.0, "other": 0.0, "share": share, "images": 0.0}
        strangers = into.flip(0)
        moved, other = (
            _share(network, images, into, window, place, index)
            for window in (donors, strangers)
        )
    return {
        "moved": moved,
        "other": other,
        "share": share,
        "images": float(len(into)),
    }


def _share(  # noqa: PLR0913
    network: nn.Module,
    images: Tensor,
    into: Tensor,
    donors: Tensor,
    place: Place,
    index: int,
) -> float:
    pasted = images[into].clone()
    rows, columns = place
    chosen = donors[torch.arange(len(into), device=donors.device) % len(donors)]
    pasted[:, :, rows, columns] = images[chosen][:, :, rows, columns]
    return float((network(pasted).argmax(1) == index).float().mean())


def _warning(
    name: str, images: Tensor, place: Place, numbers: dict[str, float]
) -> Finding:
    where = _where(place, images.shape[2], images.shape[3])
    return Finding.warn(
        NAME,
        f"{name}: what the answer rests on lies at the {where} of its images "
        f"({numbers['share']:.0%} of the map). Pasted into {numbers['images']:.0f} "
        f"images of other classes, this fifth of the side turns {numbers['moved']:.0%} "
        f"of them into {name}; the same place of others, {numbers['other']:.0%}.",
        numbers,
        "look there for a mark, a tag or a frame, and crop or cover it in all images",
    )


def _where(place: Place, height: int, width: int) -> str:
    """Return the place in words."""
    middles = ((p.start + p.stop) / 2 for p in place)
    down, across = (
        names[min(2, int(3 * middle / side))]
        for names, middle, side in zip(
            (("top", "", "bottom"), ("left", "", "right")),
            middles,
            (height, width),
            strict=True,
        )
    )
    return f"{down} {across}".strip() or "middle"
