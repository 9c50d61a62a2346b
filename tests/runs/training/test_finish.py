"""After the last step."""

from types import SimpleNamespace

from trainwell.runs import Quiet, train
from trainwell.runs.training._finish import _kept
from trainwell.training import read_metrics


def test_the_summary_comes_last_and_has_what_scripts_read(finished):
    keys = {"task", "classes", "num_train", "num_val", "num_test", "val_accuracy"}
    keys |= {"test_accuracy", "train_seconds", "images_per_second", "num_parameters"}
    keys |= {"epochs", "best_epoch", "precision", "memory_format", "seed", "verdict"}
    assert keys <= set(finished.summary)
    written = [finished.path / n for n in ("summary.json", "report.html")]
    assert all(path.exists() for path in written)


def test_the_index_of_the_evaluation_that_is_kept():
    lines = [{"step": step} for step in (10, 20, 20, 30)]
    assert _kept(lines, SimpleNamespace(memory={"best_step": 20})) == 2
    assert _kept(lines, SimpleNamespace(memory={"best_step": 30})) == 3
    assert _kept(lines, SimpleNamespace(memory={"best_step": 40})) == -1


def test_the_verdict_and_the_summary_say_one_number(tmp_path):
    """In bfloat16, where the best weights are not the last ones."""
    run = train(
        "synthetic:shapes,size=12,count=240,seed=3",
        *("model=mlp", "train.epochs=12", "train.batch_size=16", "train.threads=1"),
        *("train.precision=bfloat16", "train.memory_format=contiguous"),
        *("optimizer.lr=0.03", "schedule=constant"),
        out=tmp_path / "run",
        reporter=Quiet(),
    )
    lines = read_metrics(run.path / "metrics.jsonl")
    curve = {x["epoch"]: x["val_accuracy"] for x in lines if x["event"] == "evaluate"}
    accuracy = run.summary["val_accuracy"]
    assert round(curve[run.summary["best_epoch"]], 6) == accuracy
    assert f"validation {accuracy:.3f}" in run.summary["verdict"]
