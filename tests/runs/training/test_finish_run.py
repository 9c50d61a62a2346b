"""An interrupted run is usable: it can be finished, resumed, and made longer."""

import json
import shutil
from contextlib import contextmanager

import pytest

import trainwell as tw
from trainwell.core.errors import Interrupted, RunError
from trainwell.runs import Quiet, finish_run, train
from trainwell.training import Hook

KEYS = (
    "model=softmax",
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
)


class StopAt(Hook):
    def __init__(self, epoch):
        self.epoch = epoch

    def after_step(self, state, batch, loss):
        if state.step == self.epoch:
            state.stop = "signal"


class Impatient(Quiet):
    def __init__(self, step):
        self.step = step

    @contextmanager
    def training(self, per_epoch):
        yield StopAt(self.step)


@pytest.fixture(scope="module")
def interrupted(digits_folder, tmp_path_factory):
    """A run of 20 epochs that was stopped in the sixth."""
    path = tmp_path_factory.mktemp("runs") / "run"
    with pytest.raises(Interrupted, match="trainwell finish .*run` makes a model"):
        train(
            digits_folder, *KEYS, "train.epochs=20", out=path, reporter=Impatient(100)
        )
    return path


@pytest.fixture
def run(interrupted, tmp_path):
    return shutil.copytree(interrupted, tmp_path / "run")


def evaluated(path):
    lines = map(json.loads, (path / "metrics.jsonl").read_text().splitlines())
    return [line for line in lines if line["event"] == "evaluate"]


def test_predict_says_what_to_do(run):
    with pytest.raises(RunError, match=f"`trainwell finish {run}` makes a model"):
        tw.load(run)


def test_the_model_has_the_best_weights_so_far(run, digits_folder):
    found = finish_run(run, reporter=Quiet())
    best = max(line["val_accuracy"] for line in evaluated(run))
    assert found.summary["val_accuracy"] == pytest.approx(best, abs=1e-6)
    assert found.summary["stopped_by"] == "finish"
    assert found.summary["epochs"] < 20
    assert found.report.exists()
    scores = tw.evaluate(run, digits_folder)
    assert scores.accuracy == pytest.approx(found.summary["test_accuracy"])
    assert finish_run(run, reporter=Quiet()).summary == found.summary


def test_a_run_without_an_evaluation_takes_its_weights(digits_folder, tmp_path):
    with pytest.raises(Interrupted):
        train(
            digits_folder,
            *KEYS,
            "train.epochs=20",
            out=tmp_path / "r",
            reporter=Impatient(2),
        )
    assert not (tmp_path / "r" / "checkpoints" / "best.safetensors").exists()
    found = finish_run(tmp_path / "r", reporter=Quiet())
    assert 0 < found.summary["test_accuracy"] <= 1


def test_a_finished_run_becomes_longer(run, digits_folder):
    finish_run(run, reporter=Quiet())
    before = len(evaluated(run))
    longer = train(
        digits_folder, "train.epochs=25", out=run, resume=True, reporter=Quiet()
    )
    assert longer.summary["epochs"] == 25
    assert longer.summary["stopped_by"] == "plan"
    assert len(evaluated(run)) > before
    assert "epochs: 25.0" in (run / "recipe.yaml").read_text()
    again = train(digits_folder, out=run, resume=True, reporter=Quiet())
    assert again.summary == longer.summary


def test_an_interrupted_run_ends_earlier(run, digits_folder):
    shorter = train(
        digits_folder, "train.epochs=12", out=run, resume=True, reporter=Quiet()
    )
    assert shorter.summary["epochs"] == 12


def test_it_cannot_end_before_where_it_is(run, digits_folder):
    before = (run / "recipe.yaml").read_text()
    with pytest.raises(
        RunError, match="was trained for .* epochs in .* already; `trainwell finish"
    ):
        train(digits_folder, "train.epochs=1", out=run, resume=True, reporter=Quiet())
    assert (run / "recipe.yaml").read_text() == before
    resumed = train(digits_folder, out=run, resume=True, reporter=Quiet())
    assert resumed.summary["epochs"] == 20


def test_other_keys_stay(run, digits_folder):
    with pytest.raises(RunError, match="keeps its recipe, but for its length"):
        train(digits_folder, "optimizer.lr=9", out=run, resume=True, reporter=Quiet())


@pytest.mark.parametrize("what", ["nothing", "no state", "members"])
def test_what_cannot_be_finished(tmp_path, what):
    if what != "nothing":
        (tmp_path / "recipe.yaml").write_text("seed: 1")
    if what == "members":
        (tmp_path / "members").mkdir()
    message = {
        "nothing": "not the folder of a run",
        "no state": "has saved no state yet",
        "members": "trains several networks",
    }
    with pytest.raises(RunError, match=message[what]):
        finish_run(tmp_path, reporter=Quiet())


def test_a_longer_run_that_is_interrupted_answers_with_no_older_model(
    run, digits_folder
):
    finish_run(run, reporter=Quiet())
    assert tw.load(run)
    with pytest.raises(Interrupted):
        train(
            digits_folder,
            "train.epochs=40",
            out=run,
            resume=True,
            reporter=Impatient(150),
        )
    with pytest.raises(RunError, match="is not a finished run. `trainwell finish"):
        tw.load(run)
    assert finish_run(run, reporter=Quiet()).summary["stopped_by"] == "finish"


def test_a_finished_run_keeps_its_model_where_it_cannot_become_shorter(
    run, digits_folder
):
    before = finish_run(run, reporter=Quiet())
    kept = {p.name: p.read_bytes() for p in run.iterdir() if p.suffix == ".json"}
    with pytest.raises(RunError, match="was trained for"):
        train(digits_folder, "train.epochs=1", out=run, resume=True, reporter=Quiet())
    after = {p.name: p.read_bytes() for p in run.iterdir() if p.suffix == ".json"}
    assert after == kept
    assert finish_run(run, reporter=Quiet()).summary == before.summary
