"""A run under a time limit keeps what follows the last step free."""

import time

import pytest

from trainwell.runs import Quiet, train
from trainwell.runs.setup._setup import build_setup
from trainwell.runs.training import _evaluation, _plan_time
from trainwell.runs.training._evaluation import num_evaluated
from trainwell.runs.training._plan_time import time_limit


def test_the_plan_by_hand(opened):
    setup = build_setup(
        opened("train.epochs=null", "train.time=100s", "train.batch_size=10")
    )
    hook = time_limit(setup, 7)
    assert hook.seconds == pytest.approx(100 - setup.seconds - 2.0 - 2.0)
    regularly, finally_ = num_evaluated(setup)
    val, test = len(setup.splits.val), len(setup.splits.test)
    assert (regularly, finally_) == (2 * val, val + test)
    assert hook.every == 7
    assert hook.evaluation == pytest.approx(2 * val / 10 / 3)
    assert hook.final == pytest.approx((val + test) / (2 * val))


def test_building_takes_all_the_time(opened, tmp_path, monkeypatch):
    """No step fits: the untrained network is evaluated, and the run is finished."""
    monkeypatch.setattr(_plan_time, "_REPORT", 60.0)
    monkeypatch.setattr(_plan_time, "_SHARE", 3.0)
    run = train(
        "synthetic:shapes,size=12,count=90,seed=3",
        "model=mlp",
        "train.time=20s",
        "train.threads=1",
        out=tmp_path / "run",
        reporter=Quiet(),
    )
    assert run.summary["epochs"] == 0
    assert run.summary["stopped_by"] == "time"
    assert 0 <= run.summary["val_accuracy"] <= 1
    assert run.report.exists()


def test_what_follows_the_last_step_is_kept_free(tmp_path, monkeypatch):
    """Each evaluation of a split takes 0.3 s: of two now and then, of two at the end."""
    evaluate = _evaluation.evaluate

    def slow(*args, **how):
        time.sleep(0.3)
        return evaluate(*args, **how)

    monkeypatch.setattr(_evaluation, "evaluate", slow)
    run = train(
        "synthetic:shapes,size=12,count=90,seed=3",
        "model=mlp",
        "train.time=12s",
        "train.threads=1",
        out=tmp_path / "run",
        reporter=Quiet(),
    )
    val, test = run.summary["num_val"], run.summary["num_test"]
    free = 2.0 + 0.6 * (val + test) / (2 * val)
    assert run.summary["train_seconds"] == pytest.approx(12 - free, abs=0.7)


def test_a_solved_head_is_left_alone_where_little_would_be_learned(opened, tmp_path):
    first = train(
        "synthetic:shapes,size=12,count=90,seed=3",
        "model=mlp",
        "train.epochs=1",
        "train.threads=1",
        out=tmp_path / "first",
        reporter=Quiet(),
    )
    keys = (f"model.pretrained={first.path}", "transfer=auto", "train.time=20s")
    setup = build_setup(opened("train.epochs=null", *keys))
    hook = time_limit(setup, 7)
    assert hook.fewest == round(0.3 * setup.batches.per_epoch)
    assert hook.pace == 0, "no step was timed"
    plain = build_setup(opened("train.epochs=null", "train.time=20s"))
    assert time_limit(plain, 7).fewest == 0
