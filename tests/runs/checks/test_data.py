"""Data and a training on it, checked before the first step."""

import shutil

import numpy as np
import pytest
from PIL import Image
from sklearn.datasets import load_digits

from trainwell.core.errors import DataError, ModelError, RecipeError
from trainwell.runs import Quiet, check_data


def check(source, *words):
    return check_data(source, *words, reporter=Quiet())


def level_of(found):
    return {finding.name: finding.level for finding in found.findings}


@pytest.fixture(scope="module")
def arrays():
    digits = load_digits()
    images = (digits.images[:500] * 15.9).astype(np.uint8)
    return images, digits.target[:500]


def test_good_data_passes(digits_folder):
    found = check(digits_folder)
    assert set(level_of(found).values()) == {"pass", "untested"}
    assert not found.failed
    assert found.model is None
    assert found.skipped == ()


def test_a_training_is_tried(arrays):
    found = check(arrays, "lenet", "optimizer.lr=0.03")
    assert found.model == "lenet"
    assert set(level_of(found).values()) == {"pass", "untested"}
    assert found.findings[-1].name == "learning"


def test_a_rate_too_high_fails(arrays):
    found = check(arrays, "mlp", "optimizer=sgd", "optimizer.lr=1000")
    assert found.failed
    assert level_of(found)["learning rate too high"] == "fail"


@pytest.fixture
def damaged(digits_folder, tmp_path):
    """A copy in which each kind of fault is planted."""
    root = tmp_path / "damaged"
    shutil.copytree(digits_folder, root)
    train, test = root / "train", root / "test"
    for path in sorted((train / "class 1").iterdir())[:9]:
        shutil.copy(path, test / "class 1" / f"copy {path.name}")
    shutil.rmtree(test / "class 7")
    for path in sorted((train / "class 3").iterdir())[5:]:
        path.unlink()
    first = sorted((train / "class 5").iterdir())[0]
    shutil.copy(first, train / "class 6" / "also.png")
    (train / "class 0" / "broken.png").write_bytes(b"no image")
    Image.new("L", (8, 8), 130).save(train / "class 2" / "grey.png")
    return root


def test_what_is_wrong_is_named(damaged):
    found = check(damaged, "mlp", "data.bad_images=skip")
    levels = level_of(found)
    assert levels["bad files"] == "warn"
    assert levels["class missing"] == "warn"
    assert levels["few images"] == "warn"
    assert levels["class imbalance"] == "warn"
    assert levels["leaked images"] == "fail"
    assert levels["labels contradict"] == "warn"
    assert levels["constant images"] == "warn"
    by_name = {finding.name: finding for finding in found.findings}
    assert "class 7" in by_name["class missing"].what
    assert "class 3" in by_name["few images"].what
    assert by_name["leaked images"].numbers["copies"] == 9
    assert all(f.try_next for f in found.findings if f.level in ("warn", "fail"))


def test_shuffled_labels_are_seen(arrays):
    images, targets = arrays
    shuffled = np.random.default_rng(0).permutation(targets)
    assert level_of(check((images, shuffled)))["labels unrelated"] == "warn"


def test_users_errors(arrays, tmp_path):
    with pytest.raises(DataError):
        check(tmp_path / "none")
    with pytest.raises(ModelError, match="Did you mean `lenet`"):
        check(arrays, "lenett")
    with pytest.raises(RecipeError, match="Did you mean"):
        check(arrays, "lenet", "optimiser.lr=1")


def test_what_cannot_be_tested_is_no_pass(digits_folder):
    found = check_data(digits_folder, "data.val_share=0", reporter=Quiet())
    levels = {f.name: f.level for f in found.findings}
    assert levels["labels agree"] == levels["preprocessing alike"] == "untested"
    assert levels["near copies"] == "untested"
    assert levels["files"] == "pass"
