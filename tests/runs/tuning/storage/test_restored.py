"""Values of a study from elsewhere are checked, and one line says what is wrong."""

from dataclasses import asdict

import pytest

from trainwell.core.errors import RunError
from trainwell.runs.tuning.storage._claims import is_alive
from trainwell.runs.tuning.storage._restored import restored
from trainwell.tuning import Trial, TrialSpec

SPEC = TrialSpec("coarse", "random", {"optimizer.lr": 0.1}, epochs=2.0)
TRIAL = Trial(3, SPEC, 0.9, ({"val_accuracy": 0.9},), "complete")


def test_what_was_written_is_read():
    assert restored(Trial, asdict(TRIAL), "trial") == TRIAL
    assert restored(TrialSpec, asdict(SPEC), "proposal") == SPEC


@pytest.mark.parametrize(
    "value",
    [
        None,
        5,
        [],
        {},
        "x",
        {**asdict(TRIAL), "number": "3"},
        {**asdict(TRIAL), "score": None},
        {**asdict(TRIAL), "curve": 4},
        {**asdict(TRIAL), "curve": [{"val_accuracy": "high"}]},
        {**asdict(TRIAL), "spec": []},
        {**asdict(TRIAL), "spec": {**asdict(SPEC), "point": {"optimizer.lr": []}}},
        {**asdict(TRIAL), "spec": {**asdict(SPEC), "epochs": "2"}},
    ],
)
def test_wrong_kinds_are_one_line(value):
    with pytest.raises(
        RunError, match="the study holds no trial that can be read"
    ) as e:
        restored(Trial, value, "trial")
    assert "\n" not in str(e.value)


@pytest.mark.parametrize(("worker", "beat"), [("x", 1.0), (5, 1.0), ("a/1/2", "soon")])
def test_a_claim_that_no_worker_wrote_is_dead(worker, beat):
    assert is_alive(worker, beat) is False
