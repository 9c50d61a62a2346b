"""What a summary says of a run beside its metrics and its verdict."""

from collections.abc import Sequence
from statistics import mean

from trainwell.data import Splits
from trainwell.diagnose import Finding, check_data_time, check_statistics, faults
from trainwell.training import TrainState


def texts(findings: Sequence[Finding]) -> list[str]:
    return [f"{finding.what} Try {finding.try_next}." for finding in findings]


def leaked(splits: Splits) -> float:
    """Return the share of held-out images that are copies of training images."""
    held_out = len(splits.val) + (len(splits.test) if splits.test is not None else 0)
    return splits.audit.exact_duplicates.count / max(held_out, 1)


def busy(statistics: list[dict[str, float]]) -> float | None:
    """Return the share of the time in which the processor worked, if it was seen."""
    return round(mean(line["busy"] for line in statistics), 3) if statistics else None


def notes(
    statistics: list[dict[str, float]], state: TrainState, own_size: bool
) -> list[Finding]:
    """Return what was seen of layers and of time in the run that deserves a word."""
    waited = sum(line["data_seconds"] for line in statistics)
    phases = check_data_time(waited, state.step_seconds)
    return [*check_statistics(statistics, own_size=own_size), *faults([phases])]
