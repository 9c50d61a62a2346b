import shutil

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data._probe import content_key
from trainwell.runs import evaluate
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.folder._split_images import read_split_images


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


def test_the_split_is_named(finished, digits_folder):
    assert evaluate(finished.path, digits_folder).split == "test"
    for name in ("validation", "VAL", "valid"):
        scores = evaluate(finished.path, digits_folder, split=name)
        assert scores.split == scores.numbers()["split"] == "val"
        assert len(scores.evaluation.targets) == finished.summary["num_val"]
    with pytest.raises(DataError, match="must be train, val or test; got 'holdout'"):
        evaluate(finished.path, digits_folder, split="holdout")


def test_no_spelling_of_a_path_is_another_source(finished, digits_folder, monkeypatch):
    monkeypatch.chdir(digits_folder.parent)
    want = evaluate(finished.path, digits_folder)
    for spelled in (
        digits_folder.name,
        f"{digits_folder.name}/",
        f"./{digits_folder.name}/train/..",
    ):
        scores = evaluate(finished.path, spelled)
        assert (scores.split, scores.accuracy) == (want.split, want.accuracy)
        assert scores.confusion.tolist() == want.confusion.tolist()


def test_training_images_are_left_out_wherever_they_lie(
    finished, digits_folder, tmp_path
):
    learned = set(read_split_images(RunFolder(finished.path)).train.tolist())
    files = [
        file
        for file in sorted((digits_folder / "train").rglob("*.png"))
        if content_key(file.read_bytes()) in learned
    ]
    for i, file in enumerate(files[::3]):
        place = tmp_path / "else" / file.parent.name
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, place / f"renamed {i}.png")
    with pytest.raises(DataError, match=r"all \d+ images are among those"):
        evaluate(finished.path, tmp_path / "else")
    for file in (digits_folder / "test" / "class 7").iterdir():
        shutil.copy(file, tmp_path / "else" / "class 7" / f"test {file.name}")
    count = len(list((digits_folder / "test" / "class 7").iterdir()))
    scores = evaluate(finished.path, tmp_path / "else")
    assert scores.per_class.keys() == {"class 7"}
    assert scores.per_class["class 7"][1] == count
    left, lacking = scores.notes
    assert left == f"Left out: {len(files[::3])} images that the run was trained on."
    assert lacking.startswith("What is evaluated has no image of 'class 0', 'class 1',")


def test_images_of_the_same_place_that_changed_are_new(finished, tmp_path, monkeypatch):
    images = np.random.default_rng(0).integers(0, 256, (20, 8, 8), np.uint8)
    labels = ["class 3"] * 20
    scores = evaluate(finished.path, (images, labels))
    assert (scores.split, len(scores.evaluation.targets)) == ("all", 20)
    assert len(scores.notes) == 1


def test_a_missing_class_leaves_the_others_right(finished, digits_folder, tmp_path):
    whole = evaluate(finished.path, digits_folder)
    for file in digits_folder.rglob("*.png"):
        if file.parent.name != "class 0":
            place = tmp_path / "less" / file.relative_to(digits_folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, place)
    scores = evaluate(finished.path, tmp_path / "less")
    assert scores.per_class == {
        name: found for name, found in whole.per_class.items() if name != "class 0"
    }


def test_unreadable_images_are_treated_as_in_training(
    finished, digits_folder, tmp_path
):
    shutil.copytree(digits_folder / "test", tmp_path / "new")
    (tmp_path / "new" / "class 1" / "broken.png").write_bytes(b"")
    with pytest.raises(DataError, match="broken"):
        evaluate(finished.path, tmp_path / "new")
    assert evaluate(finished.path, tmp_path / "new", bad_images="skip").split == "test"


def test_a_model_without_its_run_says_that_nothing_is_left_out(
    finished, digits_folder, tmp_path
):
    for name in ("model.json", "model.safetensors"):
        shutil.copy(finished.path / name, tmp_path / name)
    scores = evaluate(tmp_path, digits_folder, split="train")
    assert "none is left out" in scores.notes[-1]
    assert scores.accuracy > 0.5
