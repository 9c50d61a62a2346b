"""When the state is saved, by a clock made by hand."""

import pytest

from trainwell.training import SaveRegularly, load_checkpoint
from trainwell.training import _checkpoint_hook as saver


def test_at_the_start_every_so_often_and_at_the_end(monkeypatch, setup, tmp_path):
    now, saved = [0.0], []
    monkeypatch.setattr(saver.time, "perf_counter", lambda: now[0])
    monkeypatch.setattr(
        saver, "save_checkpoint", lambda path, state: saved.append(state.step)
    )
    hook = SaveRegularly(tmp_path / "state", seconds=10)
    state = setup.state(total_steps=8)
    hook.on_start(state)
    for now[0] in (4.0, 9.9, 10.0, 15.0, 20.1):
        state.step += 1
        hook.after_step(state, None, None)
    hook.on_end(state)
    assert saved == [0, 3, 5, 5]
    assert hook.step == 5


@pytest.mark.parametrize(
    ("step", "stop", "ended"),
    [
        (8, "", True),
        (3, "patience", True),
        (3, "time", True),
        (3, "good enough", True),
        (3, "", False),
        (3, "signal", False),
        (3, "round", False),
    ],
)
def test_before_what_follows_the_last_step(step, stop, ended, setup, tmp_path):
    state, path = setup.state(total_steps=8), tmp_path / "state.safetensors"
    hook = SaveRegularly(path, seconds=1e9)
    hook.on_start(state)
    state.step, state.stop = step, stop
    assert state.ended == ended
    hook.after_step(state, None, None)
    fresh = setup.state()
    load_checkpoint(path, fresh)
    assert (fresh.step, fresh.stop) == ((step, stop) if ended else (0, ""))
