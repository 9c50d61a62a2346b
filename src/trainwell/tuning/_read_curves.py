"""Step 6: what the curves of a trial mean."""

from dataclasses import dataclass

from trainwell.diagnose import judge_curves
from trainwell.tuning._tried import Tried

_GOOD = ("fits well", "still rising")


@dataclass(frozen=True)
class Reading:
    """What the curves of a trial say.

    Attributes:
        tried: The trial.
        kind: As of `diagnose.judge_curves`.
        text: The same in a sentence, with what to try.
    """

    tried: Tried
    kind: str
    text: str

    @property
    def passed(self) -> bool:
        """Whether there is nothing to mend."""
        return self.kind in _GOOD


def read_curves(tried: Tried, num_classes: int) -> Reading:
    """Judge the curves of a trial.

    Args:
        tried: Whose.
        num_classes: What chance is measured by.
    """
    verdict = judge_curves([dict(line) for line in tried.curve], num_classes)
    return Reading(tried, verdict.kind, verdict.text)
