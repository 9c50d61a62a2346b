"""Gradual pruning: the removed share rises along a cubic curve.

    s(p) = share (1 - (1 - (p - start) / (end - start))^3)   for start <= p <= end

Use: for high sparsity; the network adapts while it loses weights, fast at first, when
most of them are redundant.
Side effects: training should continue after `end`, at a low learning rate, to recover.

Source: Zhu & Gupta, "To prune, or not to prune", 2017, eq. 1,
https://arxiv.org/abs/1710.01878, with 0 as the initial share.
"""

from trainwell.core import checks


def gradual_share(
    progress: float, *, share: float, start: float = 0.2, end: float = 0.7
) -> float:
    """Return the share to have been removed at this progress of the training.

    With `start` equal to `end`, all goes at once.

    Raises:
        ValueError: If a number is not in [0, 1], or `end` lies before `start`.

    Example:
        >>> from trainwell.prune import gradual_share
        >>> [round(gradual_share(p, share=0.8), 2) for p in (0.0, 0.5, 1.0)]
        [0.0, 0.75, 0.8]
    """
    for name, value in (("share", share), ("start", start), ("end", end)):
        checks.between(name, value, 0, 1)
    if end < start:
        raise ValueError(f"`end` must not lie before `start`, {start}, got {end}.")
    if progress < start:
        return 0.0
    if progress >= end:
        return share
    return share * (1 - (1 - (progress - start) / (end - start)) ** 3)
