"""A trial is affordable as long as later stages keep their time."""

from types import SimpleNamespace

from trainwell.runs.tuning._plan import Plan, TimingEstimate
from trainwell.runs.tuning._run_steps import _worker
from trainwell.tuning import TrialSpec

TIMING = TimingEstimate(step=0.1, per_epoch=10, evaluation=0.0, setup=0.0)
PLAN = Plan(4, 1.0, 4, 2, 2.0, 2, 2.0, 3.0, 60.0)


def affordable(stage, left):
    search = SimpleNamespace(clock=SimpleNamespace(useful=left))
    worker = _worker(search, PLAN, TIMING, SimpleNamespace(pruner="none"), {})
    return worker.afford(TrialSpec(stage, "random", {}, 2.0))


def test_by_hand():
    """2 epochs take 2 s; after repeats the winner needs 3 s, of which 70 % are kept."""
    assert affordable("repeat", 2 + 0.7 * 3 + 0.01)
    assert not affordable("repeat", 2 + 0.7 * 3 - 0.01)
    assert not affordable("coarse", 2 + 0.7 * 3 + 0.01)
