"""Step 6: the meaning of the curves of a trial."""

from dataclasses import dataclass

from trainwell.diagnose import check_curves
from trainwell.tuning._trial import Trial

_GOOD = ("fits well", "still rising")


@dataclass(frozen=True)
class Reading:
    """The verdict on the curves of a trial.

    Attributes:
        trial: The trial.
        kind: Kind of the verdict of `diagnose.check_curves`.
        text: The verdict in one sentence, with what to try.

    Example:
        >>> spec = TrialSpec("coarse", "random", {"lr": 0.1}, epochs=2.0)
        >>> trial = Trial(0, spec, 0.9, (), "complete")
        >>> Reading(trial, "overfitting", "It overfits.").passed
        False
    """

    trial: Trial
    kind: str
    text: str

    @property
    def passed(self) -> bool:
        """Whether there is nothing to fix."""
        return self.kind in _GOOD


def read_curves(
    trial: Trial,
    num_classes: int | None,
    *,
    quality: str = "accuracy",
    chance: float | None = None,
) -> Reading:
    """Return the verdict on the curves of a trial.

    Args:
        trial: Finished trial.
        num_classes: Number of classes; None where none are predicted.
        quality: Metric by which curves are judged; see `diagnose.check_curves`.
        chance: Its value without a look at the image.

    Example:
        >>> spec = TrialSpec("coarse", "random", {"lr": 0.1}, epochs=2.0)
        >>> curve = [{"train_accuracy": a, "val_accuracy": 0.6, "val_loss": 1.0}
        ...          for a in (0.6, 0.99)]
        >>> read_curves(Trial(0, spec, 0.6, tuple(curve), "complete"), 10).kind
        'overfitting'
    """
    verdict = check_curves(
        [dict(line) for line in trial.curve],
        num_classes,
        quality=quality,
        chance=chance,
    )
    return Reading(trial, verdict.kind, verdict.text)
