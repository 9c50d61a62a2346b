"""Which losses fit a task with a head."""

from trainwell.tasks._task import Task


def losses_of(kind: type[Task], head: str | None) -> tuple[str, ...]:
    """Return the names of the losses that fit, the default first.

    Args:
        kind: What is predicted.
        head: One of `kind.heads`; any other name, or None, is a linear map.

    Example:
        >>> from trainwell.tasks import Keypoints
        >>> losses_of(Keypoints, "heatmap")
        ('adaptive_wing', 'l2')
    """
    return kind.heads.get(head or "", kind.losses)
