"""How often a run is evaluated: often enough to be a curve, and in little time."""

_POINTS = 5  # of a curve, where the time allows it
_EVERY = 15_000  # training images between two evaluations of a long run
_LONGEST = 5.0  # epochs between two evaluations


def evaluation_interval(epochs: float, num_train: int) -> float:
    """Return the epochs between two evaluations.

    A run has five evaluations or more. One costs about a twelfth of an epoch, so that
    runs of under five epochs have fewer: they would take over a tenth of the time.

    Args:
        epochs: Length of the run.
        num_train: Number of training images.

    Example:
        >>> [evaluation_interval(epochs, 5000) for epochs in (40, 10, 2, 1)]
        [3.0, 2.0, 1.0, 1.0]
    """
    usual = min(_LONGEST, max(1.0, round(_EVERY / num_train)))
    points = max(1, min(_POINTS, int(1.2 * epochs)))
    return min(usual, epochs / points)
