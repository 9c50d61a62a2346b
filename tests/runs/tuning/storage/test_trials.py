"""Trials as rows of a study."""

from trainwell.runs.tuning.storage._database import open_database
from trainwell.runs.tuning.storage._trials import Rows
from trainwell.tuning import Range, Trial, TrialSpec


def test_begun_and_finished(tmp_path):
    storage, _ = open_database(f"sqlite:///{tmp_path}/a.db", "s")
    rows = Rows(storage, "s")
    spec = TrialSpec("coarse", "random", {"optimizer.lr": 0.5}, 2.0)
    assert rows.begun(4) is None
    rows.begin(4, spec, {"optimizer.lr": Range(0.01, 0.1)})
    assert rows.begun(4) == spec
    assert rows.finished() == []
    trial = Trial(4, spec, 0.75, ({"val_accuracy": 0.75, "epoch": 2.0},), "complete")
    rows.finish(trial)
    assert Rows(storage, "s").finished() == [trial]
