"""The rate for a batch size, from the rate that suits another.

    lr' = lr B / B0            (linear)
    lr' = lr sqrt(B / B0)      (sqrt)

Use: linear for SGD, with a warm-up when the batch grows by more than a few times; sqrt
for Adam and its kin.
Side effects: beyond some thousands of samples per batch the rule breaks down.
Source: Goyal et al., "Accurate, Large Minibatch SGD", 2017, section 2.1,
https://arxiv.org/abs/1706.02677; Krizhevsky, "One weird trick", 2014, section 5
(sqrt), https://arxiv.org/abs/1404.5997. The lectures' slide says to divide by the
growth of the batch; the paper it cites multiplies, and so do we.
"""

from typing import Literal

from trainwell.core import checks


def scale_rate(
    lr: float,
    *,
    batch_size: int,
    base_batch_size: int = 256,
    rule: Literal["linear", "sqrt"] = "linear",
) -> float:
    """Return the learning rate for batches of `batch_size`.

    Args:
        lr: The rate that suits batches of `base_batch_size`.
        batch_size: Samples per optimizer step, over all processes.
        base_batch_size: Samples per optimizer step that `lr` was chosen for.
        rule: `linear` or `sqrt` in the growth of the batch.

    Raises:
        ValueError: If a batch size is not positive, `lr` is negative, or the rule is
            unknown.

    Example:
        >>> from trainwell.schedules import scale_rate
        >>> scale_rate(0.1, batch_size=512, base_batch_size=256)
        0.2
    """
    checks.between("lr", lr, 0, float("inf"))
    checks.positive("batch_size", batch_size)
    checks.positive("base_batch_size", base_batch_size)
    checks.one_of("rule", rule, ("linear", "sqrt"))
    growth = batch_size / base_batch_size
    return lr * (growth if rule == "linear" else growth**0.5)
