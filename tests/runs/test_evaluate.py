import shutil

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.runs import evaluate


def test_the_test_split_as_in_training(finished, digits_folder):
    scores = evaluate(finished.path, digits_folder)
    assert scores.accuracy == pytest.approx(finished.summary["test_accuracy"])
    assert scores.confusion.sum() == 80
    assert np.trace(scores.confusion) == round(80 * scores.accuracy)
    assert sum(count for _, count in scores.per_class.values()) == 80


def test_the_runs_own_validation_split(finished, digits_folder):
    scores = evaluate(finished.path, digits_folder, split="val")
    assert len(scores.evaluation.targets) == finished.summary["num_val"]
    assert scores.accuracy == pytest.approx(finished.summary["val_accuracy"])


def test_a_split_that_lacks_classes_shifts_nothing(finished, digits_folder, tmp_path):
    for name in ("class 7", "class 2"):
        shutil.copytree(digits_folder / "test" / name, tmp_path / name)
    scores = evaluate(finished.path, tmp_path)
    assert set(scores.per_class) == {"class 2", "class 7"}
    assert set(scores.evaluation.targets) == {2, 7}
    assert scores.accuracy > 0.5


def test_an_unknown_class_is_refused(finished, digits_folder, tmp_path):
    shutil.copytree(digits_folder / "test" / "class 7", tmp_path / "seven")
    shutil.copytree(digits_folder / "test" / "class 8", tmp_path / "class 8")
    with pytest.raises(DataError, match="seven"):
        evaluate(finished.path, tmp_path)
