"""What a step found comes back from the study as it was."""

from dataclasses import asdict

from trainwell.runs.tuning._steps import restored
from trainwell.tuning import Trial, TrialSpec


def test_a_tree_becomes_the_dataclass_again():
    trial = Trial(
        3, TrialSpec("coarse", "grid", {"a": 0.1}, 2.0), 0.5, ({"x": 1.0},), "complete"
    )
    assert restored(Trial, asdict(trial)) == trial
