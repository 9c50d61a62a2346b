import json

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from trainwell.training import Hook, MetricsLog, read_metrics


class Losses(Hook):
    def __init__(self):
        self.values = []

    def after_step(self, state, batch, loss):
        self.values.append(loss.item())


def test_lines_hold_the_mean_loss_since_the_last(setup, tmp_path):
    losses = Losses()
    setup.fit(setup.state(total_steps=5), [losses, MetricsLog(tmp_path, 6, 2)])
    lines = read_metrics(tmp_path / "metrics.jsonl")
    assert [x["step"] for x in lines] == [2, 4, 5]
    v = losses.values
    assert [x["loss"] for x in lines] == [sum(v[:2]) / 2, sum(v[2:4]) / 2, v[4]]
    assert [x["epoch"] for x in lines] == [0.333, 0.667, 0.833]
    assert all(x["images_per_second"] > 0 for x in lines)


def test_tensorboard_has_the_same_numbers(setup, tmp_path):
    setup.fit(setup.state(total_steps=4), [MetricsLog(tmp_path, 6, 2)])
    events = EventAccumulator(str(tmp_path)).Reload()
    written = [round(e.value, 4) for e in events.Scalars("train/loss")]
    assert written == [
        round(x["loss"], 4) for x in read_metrics(tmp_path / "metrics.jsonl")
    ]


def test_a_resumed_log_drops_what_lies_after_its_checkpoint(setup, tmp_path):
    path = tmp_path / "metrics.jsonl"
    lines = [
        {"event": "train", "step": s, "epoch": 0.5, "loss": 1.0, "lr": 0.1}
        for s in (2, 4, 6)
    ]
    path.write_text("".join(json.dumps(x) + "\n" for x in lines) + '{"event": "tr')
    state = setup.state(total_steps=6)
    state.step = 4
    setup.fit(state, [MetricsLog(tmp_path, 6, 2)])
    assert [x["step"] for x in read_metrics(path)] == [2, 4, 6]
    assert path.read_text().count("\n") == 3
