"""Whether validation images come from elsewhere than those that are trained on.

    a_cv - a_val > 0.15   and   > 3 standard errors of the difference

a_cv is cross-validated on n training images, a_val is of a classifier of all of them
on m validation images; each accuracy a has a variance of a (1 - a) / n.

Source: the variance is that of a fraction; the limits are ours.
"""

_FAR, _SURE = 0.15, 3.0


def explain_gap(
    cross_validated: float, validation: float, counts: tuple[int, int]
) -> str:
    """Return a sentence if validation is far below; empty if it is not.

    Args:
        cross_validated: Accuracy on folds held out of the training images.
        validation: Accuracy on validation images.
        counts: Number of training and of validation images.

    Example:
        >>> explain_gap(0.43, 0.12, (2000, 300))[:40]
        'Cross-validation within the training ima'
        >>> explain_gap(0.43, 0.40, (2000, 300))
        ''
    """
    pairs = zip((cross_validated, validation), counts, strict=True)
    error = sum(a * (1 - a) / max(n, 1) for a, n in pairs) ** 0.5
    if cross_validated - validation <= max(_FAR, _SURE * error):
        return ""
    return (
        f"Cross-validation within the training images says {cross_validated:.3f}, "
        f"validation {validation:.3f}: validation comes from elsewhere (other places, "
        "cameras or days). Believe validation, if the images to predict come from "
        "elsewhere too."
    )
