"""Step 6: what the curves of a trial mean."""

from dataclasses import dataclass

from trainwell.diagnose import check_curves
from trainwell.tuning._trial import Trial

_GOOD = ("fits well", "still rising")


@dataclass(frozen=True)
class Reading:
    """What the curves of a trial say.

    Attributes:
        trial: The trial.
        kind: As of `diagnose.check_curves`.
        text: The same in a sentence, with what to try.
    """

    trial: Trial
    kind: str
    text: str

    @property
    def passed(self) -> bool:
        """Whether there is nothing to mend."""
        return self.kind in _GOOD


def read_curves(trial: Trial, num_classes: int) -> Reading:
    """Judge the curves of a trial.

    Args:
        trial: Whose.
        num_classes: What chance is measured by.
    """
    verdict = check_curves([dict(line) for line in trial.curve], num_classes)
    return Reading(trial, verdict.kind, verdict.text)
