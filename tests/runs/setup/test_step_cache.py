"""What was timed once is used again; a file that cannot be used is no error."""

import itertools
import json

import pytest
import torch
from torch import nn

from trainwell.core.files import read_regular
from trainwell.runs import Quiet, train
from trainwell.runs.setup import _step_cache as module
from trainwell.runs.setup._step_cache import step_key, times_kept
from trainwell.training import StepTime, _mixed_precision

TIMES = (StepTime("float32", "contiguous", 100.0, 2.5),)
OTHER = (StepTime("float32", "contiguous", 300.0, 2.5),)


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """An empty cache of this test's own."""
    monkeypatch.setenv("TRAINWELL_STEPS", str(tmp_path / "cache" / "steps.json"))
    return tmp_path / "cache" / "steps.json"


def test_the_place_is_the_users_cache(monkeypatch, tmp_path):
    monkeypatch.delenv("TRAINWELL_STEPS")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert times_kept("a", lambda: TIMES) == (TIMES, False)
    assert (tmp_path / "trainwell" / "steps.json").exists()


def test_the_second_time_nothing_is_timed():
    assert times_kept("a", lambda: TIMES) == (TIMES, False)
    assert times_kept("a", lambda: OTHER) == (TIMES, True)
    assert times_kept("b", lambda: OTHER) == (OTHER, False)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[1]",
        "{",
        "[" * 100_000,
        '{"a": 3}',
        '{"a": []}',
        '{"a": [["float32", "contiguous", NaN, 2.5]]}',
        '{"a": [["float32", "contiguous", -1, 2.5]]}',
        '{"a": [["float16", "contiguous", 1, 2.5]]}',
        '{"a": [["float32", 1, 2.5]]}',
        '{"a": [[["float32"], "contiguous", 1, 2.5]]}',
        '{"a": [["float32", ["contiguous"], 1, 2.5]]}',
    ],
)
def test_a_damaged_file_is_replaced(place, content):
    place.parent.mkdir()
    place.write_text(content)
    assert times_kept("a", lambda: TIMES) == (TIMES, False)
    assert times_kept("a", lambda: OTHER) == (TIMES, True)


def test_a_place_that_cannot_be_written_is_no_error(place):
    place.parent.write_text("a file where the folder should be")
    assert times_kept("a", lambda: TIMES) == (TIMES, False)
    assert times_kept("a", lambda: OTHER) == (OTHER, False)


def test_another_process_that_was_faster_is_followed():
    def measure():
        times_kept("a", lambda: OTHER)
        return TIMES

    assert times_kept("a", measure) == (OTHER, True)


def test_the_file_stays_small(place):
    for number in range(module._MOST + 20):
        module.times_kept(str(number), lambda: TIMES)
    kept = json.loads(read_regular(place))
    assert len(kept) == module._MOST
    assert list(kept)[-1] == str(module._MOST + 19)
    assert place.stat().st_size < 200_000


def test_the_key_is_that_of_the_machine_the_network_and_the_rest(monkeypatch):
    def make(width=4, activation=nn.ReLU):
        return nn.Sequential(nn.Conv2d(3, width, 3), activation())

    key = step_key(make(), batch=(8, 3, 9, 9))
    assert step_key(make(), batch=(8, 3, 9, 9)) == key  # whatever the weights
    frozen = make()
    frozen.requires_grad_(False)
    others = {
        step_key(make(5), batch=(8, 3, 9, 9)),
        step_key(make(activation=nn.GELU), batch=(8, 3, 9, 9)),
        step_key(frozen, batch=(8, 3, 9, 9)),
        step_key(make(), batch=(9, 3, 9, 9)),
    }
    changed = module.describe() | {"threads": 77}
    monkeypatch.setattr(module, "describe", lambda: changed)
    others.add(step_key(make(), batch=(8, 3, 9, 9)))
    assert len(others - {key}) == 5


def test_functions_in_a_network_do_not_change_its_key():
    class Own(nn.Linear):
        def extra_repr(self):
            return repr(object())

    assert step_key(Own(2, 2)) == step_key(Own(2, 2))


def test_the_same_command_gives_the_same_weights(tmp_path, monkeypatch):
    """The clock prefers another way to step in every run."""
    speeds = itertools.cycle([1.0, 9.0, 2.0, 8.0, 7.0])
    original = _mixed_precision._time

    def noisy(*args):
        time = original(*args)
        return StepTime(time.precision, time.memory_format, next(speeds), time.loss)

    monkeypatch.setattr(_mixed_precision, "_time", noisy)
    words = ("model=cifar_resnet20", "train.epochs=1", "train.batch_size=30", "seed=3")
    runs = [
        train(
            "synthetic:shapes,size=12,count=90,seed=3",
            *words,
            "train.threads=1",
            out=tmp_path / name,
            reporter=Quiet(),
        )
        for name in "abc"
    ]
    weights = {(run.path / "model.safetensors").read_bytes() for run in runs}
    assert len(weights) == 1
    assert len({run.summary["memory_format"] for run in runs}) == 1
    assert len({tuple(run.summary["step_timings"].items()) for run in runs}) == 1


def test_what_was_timed_earlier_is_said(opened):
    from trainwell.runs.setup._setup import build_setup

    class Listener(Quiet):
        def __init__(self):
            self.said = []

        def say(self, text):
            self.said.append(text)

    listener = Listener()
    torch.manual_seed(0)
    for _ in range(2):
        build_setup(opened("train.precision=auto"), reporter=listener)
    said = [text for text in listener.said if text.startswith("Steps in")]
    assert [text.endswith("timed in an earlier run.") for text in said] == [False, True]
