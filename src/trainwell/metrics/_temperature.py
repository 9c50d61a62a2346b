"""Temperature: one number that logits are divided by, so that probabilities are honest.

    p = softmax(z / T),    T = argmin sum_i -log p_i(y_i) + (log T)^2 / 2

over images that were not trained on. The second term is a standard normal prior on
log T, which weighs as much as one image: where every answer is right, the first alone
would make T as small as it may be.

Use: at the end of a training, with the validation images; `train.calibrate` does it.
Side effects: the order of the classes, and so every answer, stays the same; other
means of it, such as that of several views, may change in rare cases.
Source: Guo, Pleiss, Sun & Weinberger, "On Calibration of Modern Neural Networks",
2017, section 4.2, https://arxiv.org/abs/1706.04599. The prior is ours.
"""

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar

HIGHEST = 100.0
"""The highest temperature that is tried; the lowest is one over it."""

_MOST = 5_000_000  # logits that are looked at: one number needs no more


def fit_temperature(
    logits: npt.NDArray[np.floating], targets: npt.NDArray[np.int64]
) -> float:
    """Return the temperature that the logits are best divided by.

    The mean of -log p(target) is never above that of a temperature of 1.

    Args:
        logits: Outputs before the softmax, shape (n, classes).
        targets: Class indices, shape (n,).

    Raises:
        ValueError: If there is no image.

    Example:
        >>> too_modest = np.array([[0.2, 0.0], [0.1, 0.0], [0.0, 0.3]])
        >>> fit_temperature(too_modest, np.array([0, 0, 1])) < 0.75
        True
    """
    if not len(targets):
        raise ValueError("`targets` must hold one image or more, got none.")
    step = -(-logits.size // _MOST)
    z, y = logits[::step].astype(np.float64), targets[::step]
    z -= z.max(1, keepdims=True)
    of_target = z[np.arange(len(y)), y]

    def cost(log_t: float) -> float:
        scale = np.exp(-log_t)
        log_sum = np.log(np.exp(z * scale).sum(1))
        return float((log_sum - of_target * scale).sum() + log_t**2 / 2)

    limit = float(np.log(HIGHEST))
    found = minimize_scalar(
        cost, bounds=(-limit, limit), method="bounded", options={"xatol": 1e-5}
    )
    better = bool(np.isfinite(found.fun)) and found.fun < cost(0.0)
    return float(np.exp(found.x)) if better else 1.0
