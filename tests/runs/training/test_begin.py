"""One network in a run folder."""

import os
import signal

import numpy as np
import pytest

from trainwell.core.errors import Interrupted, RunError
from trainwell.runs import Quiet, RunFolder, train
from trainwell.runs.setup._setup import build_setup
from trainwell.runs.training import _train_run as train_run_module
from trainwell.runs.training._begin import begin, planned_epochs
from trainwell.training import EvaluateRegularly


def test_the_plan_under_a_time_limit_by_hand(opened):
    from dataclasses import replace

    session = opened("train.time=11s", "train.epochs=null")
    setup = replace(build_setup(session), seconds=1.0, timings={"float32": 160.0})
    images = setup.batches.per_epoch * setup.batches.batch_size
    assert planned_epochs(setup) == pytest.approx(160 * 10 / images)
    assert planned_epochs(replace(setup, timings={})) == 20


def test_a_run_goes_on_with_its_own_images_only(opened, tmp_path):
    session, folder = opened(), RunFolder(tmp_path)
    begin(folder, session.recipe, session)
    assert folder.read_json(folder.origin) == session.origin
    folder.last.parent.mkdir()
    folder.last.touch()
    begin(folder, session.recipe, session)
    other = session.subset(np.arange(10))
    with pytest.raises(RunError, match="the training images of .* are not those that"):
        begin(folder, session.recipe, other)


class Killed(BaseException):
    """As if by SIGKILL: nothing handles it."""


SOURCE = "synthetic:shapes,size=12,count=90,seed=3"
FAST = (
    "model.name=softmax",
    "train.epochs=30",
    "train.batch_size=16",
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
)


def weights(run):
    return (run.path / "model.safetensors").read_bytes()


def test_a_run_that_ended_by_patience_has_ended_after_a_kill_too(tmp_path):
    asked = (*FAST, "train.patience=1", "optimizer.lr=1e-9")
    whole = train(SOURCE, *asked, out=tmp_path / "whole", reporter=Quiet())
    assert whole.summary["stopped_by"] == "patience"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EvaluateRegularly, "on_end", killed)
        with pytest.raises(Killed):
            train(SOURCE, *asked, out=tmp_path / "run", reporter=Quiet())
    run = train(SOURCE, *asked, out=tmp_path / "run", resume=True, reporter=Quiet())
    assert weights(run) == weights(whole)
    assert run.summary["stopped_by"] == "patience"
    assert run.summary["epochs"] == whole.summary["epochs"] < 30


def killed(*arguments):
    raise Killed


@pytest.mark.parametrize("damaged", ["last", "best"])
def test_a_damaged_checkpoint_costs_little(damaged, tmp_path):
    asked = (*FAST[:1], "train.epochs=4", *FAST[2:], "train.checkpoint_seconds=0.001")
    whole = train(SOURCE, *asked, out=tmp_path / "whole", reporter=Quiet())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(train_run_module, "finish", killed)
        with pytest.raises(Killed):
            train(SOURCE, *asked, out=tmp_path / "run", reporter=Quiet())
    path, lines = getattr(RunFolder(tmp_path / "run"), damaged), []
    data = bytearray(path.read_bytes())
    data[-6:-2] = bytes(b ^ 0x55 for b in data[-6:-2])
    path.write_bytes(data)

    class Warned(Quiet):
        def warn(self, text):
            lines.append(text)

    run = train(SOURCE, *asked, out=tmp_path / "run", resume=True, reporter=Warned())
    assert f"{damaged}.safetensors is damaged" in " ".join(lines)
    assert run.summary["stopped_by"] == "plan"
    if damaged == "last":
        assert weights(run) == weights(whole)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_in_the_last_evaluation_says_how_to_go_on(number, tmp_path):
    asked = (*FAST[:1], "train.epochs=2", *FAST[2:])
    whole = train(SOURCE, *asked, out=tmp_path / "whole", reporter=Quiet())
    first = train_run_module.finish

    def interrupted(*parts):
        os.kill(os.getpid(), number)
        return first(*parts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(train_run_module, "finish", interrupted)
        with pytest.raises(Interrupted, match=r"step (\d+) of \1; .* --out .*run`"):
            train(SOURCE, *asked, out=tmp_path / "run", reporter=Quiet())
    run = train(SOURCE, *asked, out=tmp_path / "run", resume=True, reporter=Quiet())
    assert weights(run) == weights(whole)


def test_an_interrupted_ensemble_names_its_own_folder(tmp_path):
    asked = (*FAST, "ensemble=2")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(train_run_module, "finish", interrupt)
        with pytest.raises(Interrupted, match=r"--out [^`]*/run`"):
            train(SOURCE, *asked, out=tmp_path / "run", reporter=Quiet())


def interrupt(*arguments):
    raise KeyboardInterrupt


class Heard(Quiet):
    def __init__(self):
        self.warnings = []

    def warn(self, text):
        self.warnings.append(text)


@pytest.mark.parametrize(("steps", "warned"), [(5000, True), (20, False), (0.1, False)])
def test_a_warm_up_longer_than_the_run_is_said(steps, warned, tmp_path):
    heard = Heard()
    words = (f"schedule.warmup={steps}", "schedule.name=cosine", "train.epochs=10")
    train(SOURCE, *FAST, *words, out=tmp_path / "r", reporter=heard)
    assert any("longer than the run of 40" in w for w in heard.warnings) == warned
