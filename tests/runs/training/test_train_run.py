"""One network: the hooks that watch it are set as the recipe says."""

import json

from trainwell.runs import Quiet, train


def test_a_short_run_has_as_many_evaluations_as_it_can_pay(digits_folder, tmp_path):
    keys = (
        "model=softmax",
        "train.threads=1",
        "train.precision=float32",
        "train.memory_format=contiguous",
        "train.epochs=3",
    )
    run = train(digits_folder, *keys, out=tmp_path / "run", reporter=Quiet())
    lines = map(json.loads, (run.path / "metrics.jsonl").read_text().splitlines())
    epochs = [line["epoch"] for line in lines if line["event"] == "evaluate"]
    assert epochs == [1.0, 2.0, 3.0]
    assert {"val", "test"} == {*run.summary["metrics"]}
    assert run.summary["select"] == "accuracy"
