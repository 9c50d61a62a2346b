"""After the last step."""

from types import SimpleNamespace

from trainwell.runs.training._finish import _leaked


def test_the_fraction_of_held_out_images_that_are_copies():
    splits = SimpleNamespace(
        val=range(10),
        test=range(30),
        audit=SimpleNamespace(exact_duplicates=SimpleNamespace(count=2)),
    )
    assert _leaked(splits) == 0.05
    splits.test = None
    assert _leaked(splits) == 0.2


def test_the_summary_comes_last_and_has_what_scripts_read(finished):
    keys = {"task", "classes", "num_train", "num_val", "num_test", "val_accuracy"}
    keys |= {"test_accuracy", "train_seconds", "images_per_second", "num_parameters"}
    keys |= {"epochs", "best_epoch", "precision", "memory_format", "seed", "verdict"}
    assert keys <= set(finished.summary)
    written = [finished.path / n for n in ("summary.json", "report.html")]
    assert all(path.exists() for path in written)
