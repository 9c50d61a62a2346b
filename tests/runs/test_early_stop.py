"""Ctrl-C before the first step: what is left, and how to go on."""

import os
import signal

import pytest

from trainwell.core.errors import Interrupted, InterruptedEarly
from trainwell.runs import Quiet, search_augment, train, tune
from trainwell.runs._early_stop import early_stop
from trainwell.runs.training import _train_run
from trainwell.training import Hook

KEYS = ("model=softmax", "train.threads=1", "train.epochs=5")
FIXED = ("train.precision=float32", "train.memory_format=contiguous")
NOTHING = (
    "stopped before the first step; nothing is left of it. Start it again with the same "
    "command."
)


def press(*args, **options):
    os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_a_line(number):
    before = signal.getsignal(number)
    with pytest.raises(InterruptedEarly, match="nothing is left"), early_stop():
        os.kill(os.getpid(), number)
    assert signal.getsignal(number) is before


@pytest.mark.parametrize(
    "place",
    [
        "trainwell.runs.training._train.open_session",
        "trainwell.runs.training._train_run.build_setup",
        "trainwell.runs.training._train_run.first_look",
    ],
)
def test_nothing_is_left_of_a_training(tmp_path, monkeypatch, place, digits_folder):
    monkeypatch.setattr(place, press)
    with pytest.raises(InterruptedEarly) as caught:
        train(digits_folder, *KEYS, *FIXED, out=tmp_path / "run", reporter=Quiet())
    assert str(caught.value) == NOTHING
    assert not (tmp_path / "run").exists()


class TwiceInTheFirstStep(Hook):
    def on_start(self, state):
        press()
        press()


def test_in_the_first_step(tmp_path, digits_folder):
    with pytest.raises(InterruptedEarly, match="nothing is left"):
        train(
            digits_folder,
            *KEYS,
            *FIXED,
            out=tmp_path / "run",
            hooks=[TwiceInTheFirstStep()],
            reporter=Quiet(),
        )


class StopAt(Hook):
    def after_step(self, state, batch, loss):
        if state.step == 8:
            state.stop = "signal"


def test_a_resume_leaves_the_state_as_it_was(tmp_path, monkeypatch, digits_folder):
    out = tmp_path / "run"
    with pytest.raises(Interrupted):
        train(digits_folder, *KEYS, *FIXED, out=out, hooks=[StopAt()], reporter=Quiet())
    last = (out / "checkpoints" / "last.safetensors").read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(_train_run, "build_setup", press)
        with pytest.raises(InterruptedEarly) as caught:
            train(digits_folder, out=out, resume=True, reporter=Quiet())
    assert str(caught.value) == (
        f"stopped; {out} holds what was saved before. Resume with "
        f"the same command and `--resume --out {out}`, or the same call and "
        f'`resume=True, out="{out}"`.'
    )
    assert (out / "checkpoints" / "last.safetensors").read_bytes() == last
    assert train(digits_folder, out=out, resume=True, reporter=Quiet()).summary


def test_searches(tmp_path, monkeypatch, digits_folder):
    monkeypatch.setattr("trainwell.runs.tuning._open.open_data", press)
    with pytest.raises(InterruptedEarly, match="nothing is left"):
        tune(digits_folder, out=tmp_path / "t", reporter=Quiet())
    monkeypatch.setattr("trainwell.runs.augment_search._search.open_data", press)
    with pytest.raises(InterruptedEarly, match="nothing is left"):
        search_augment(digits_folder, out=tmp_path / "p.yaml", reporter=Quiet())
    assert list(tmp_path.iterdir()) == []
