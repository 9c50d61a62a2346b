"""When the state is saved, by a clock made by hand."""

from trainwell.training import SaveRegularly
from trainwell.training import _checkpoint_hook as saver


def test_at_the_start_every_so_often_and_at_the_end(monkeypatch, tmp_path):
    now, saved = [0.0], []
    monkeypatch.setattr(saver.time, "perf_counter", lambda: now[0])
    monkeypatch.setattr(
        saver, "save_checkpoint", lambda path, state: saved.append(state)
    )
    hook = SaveRegularly(tmp_path / "state", seconds=10)
    hook.on_start("start")
    for now[0] in (4.0, 9.9, 10.0, 15.0, 20.1):
        hook.after_step(now[0], None, None)
    hook.on_end("end")
    assert saved == ["start", 10.0, 20.1, "end"]
