import dataclasses
import json
import shutil

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import load


def _names(splits) -> dict[str, str]:
    parts = {"train": splits.train, "val": splits.val, "test": splits.test}
    return {n: s for s, part in parts.items() if part for n in part.names}


def test_a_flat_folder_is_cut_in_three(class_folders):
    splits = load(class_folders("b10", "b9", "A", count=40))
    assert splits.classes == ("A", "b9", "b10")
    assert [p.classes for p in (splits.train, splits.val)] == [splits.classes] * 2
    assert len(_names(splits)) == 120
    for part in (splits.train, splits.val, splits.test):
        for name, target in zip(part.names, part.targets, strict=True):
            assert name.startswith(splits.classes[target] + "/")
    assert splits.heights == (24, 24.0, 24)
    assert splits.widths == (20, 20.0, 20)
    assert (splits.mirror, splits.channels) == (None, 3)


def test_train_alone_gives_a_validation_cut_and_no_test(class_folders):
    splits = load(class_folders("train/a", "train/b", count=30))
    assert splits.test is None
    assert len(splits.val) == pytest.approx(6, abs=3)
    assert "test" not in splits.audit.counts


def test_given_splits_are_kept(class_folders):
    splits = load(class_folders("train/a", "train/b", "val/a", "val/b", count=6))
    assert _names(splits) == {
        f"{s}/{c}/{i}.png": s for s in ("train", "val") for c in "ab" for i in range(6)
    }


def test_adding_images_moves_none_of_the_old(class_folders):
    root = class_folders("a", "b", count=60)
    before = _names(load(root))
    class_folders("a/new", "b/new", "c", count=40, first=50_000)
    after = _names(load(root))
    moved = [n for n, split in before.items() if after[n] != split]
    assert moved == []
    assert len(after) == 240


def test_moving_the_folder_or_renaming_files_changes_nothing(class_folders, tmp_path):
    root = class_folders("a", "b", count=30)
    first = load(root)
    sides = {k: s for s in ("train", "val", "test") for k in getattr(first, s).keys}
    for path in root.rglob("*.png"):
        path.rename(path.with_name(f"x{path.stem}.jpg"))
    root.rename(tmp_path.with_name("elsewhere"))
    second = load(tmp_path.with_name("elsewhere"))
    for split in ("train", "val", "test"):
        assert all(sides[key] == split for key in getattr(second, split).keys)
    shutil.move(tmp_path.with_name("elsewhere"), tmp_path)


def test_copies_land_on_one_side(class_folders, tmp_path):
    root = class_folders("a", "b", count=30)
    for path in sorted(root.rglob("*.png")):
        shutil.copy(path, path.with_name(f"copy_{path.name}"))
    splits = load(root)
    sides = _names(splits)
    assert all(side == sides[n.replace("copy_", "")] for n, side in sides.items())
    assert splits.audit.exact_duplicates.count == 0
    assert splits.audit.repeated == 60


def test_another_seed_cuts_elsewhere(class_folders):
    root = class_folders("a", "b", count=40)
    assert _names(load(root, seed=1)) != _names(load(root, seed=2))
    assert load(root, seed=1).test.fingerprint == load(root, seed=1).test.fingerprint


def test_fewer_per_class_leaves_the_other_splits_whole(class_folders):
    root = class_folders("a", "b", count=40)
    whole, few = load(root), load(root, per_class=5)
    assert np.bincount(few.train.targets).tolist() == [5, 5]
    assert set(few.train.names) < set(whole.train.names)
    assert few.val.names == whole.val.names
    assert few.test.names == whole.test.names
    for name, target in zip(few.train.names, few.train.targets, strict=True):
        assert name.startswith(few.classes[target] + "/")


def test_fewer_than_one_per_class_is_refused(class_folders):
    with pytest.raises(ValueError, match="per_class"):
        load(class_folders("a", "b", count=10), per_class=0)


def test_a_split_lacking_a_class_shifts_nothing(class_folders):
    splits = load(class_folders("train/a", "train/b", "train/c", "val/c", "val/a"))
    assert splits.classes == ("a", "b", "c")
    assert splits.val.targets.tolist() == [0] * 4 + [2] * 4
    assert "val has no image of 'b'." in splits.audit.warnings
    assert splits.audit.counts["val"] == {"a": 4, "b": 0, "c": 4}


def test_an_unknown_class_is_an_error_that_names_it(class_folders):
    root = class_folders("train/a", "train/c", "val/a", "val/b", "val/c")
    with pytest.raises(DataError, match=r"val has a class .* training: 'b'\."):
        load(root)


def test_classes_of_train_decide_even_if_another_split_comes_first(class_folders):
    root = class_folders("train/b", "train/c", "test/b", "val/c")
    splits = load(root)
    assert splits.classes == ("b", "c")
    assert splits.test.targets.tolist() == [0] * 4
    assert splits.val.targets.tolist() == [1] * 4


@pytest.mark.parametrize("names", [("a",), ("train/a", "val/a")])
def test_one_class_is_refused(names, class_folders):
    with pytest.raises(DataError, match="only the class 'a' to train on"):
        load(class_folders(*names))


def test_empty_sources_are_refused(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(DataError, match="has no images to train on"):
        load(tmp_path)
    (tmp_path / "train/a").mkdir(parents=True)
    with pytest.raises(DataError, match="has no training images"):
        load(tmp_path)


def test_a_class_whose_images_are_all_bad_is_refused_when_it_is_the_second(
    class_folders, tmp_path
):
    class_folders("a", count=5)
    (tmp_path / "b").mkdir()
    (tmp_path / "b/1.png").write_bytes(b"text")
    with pytest.raises(DataError, match="only the class 'a'"):
        load(tmp_path, bad_images="skip")


@pytest.mark.parametrize(
    ("shares", "message"),
    [((-0.1, 0.2), "`val_fraction` must be in "), ((0.5, 0.5), "must be below 1")],
)
def test_shares(shares, message, class_folders):
    root = class_folders("a", "b")
    with pytest.raises(ValueError, match=message):
        load(root, val_fraction=shares[0], test_fraction=shares[1])


def test_no_test_share(class_folders):
    assert load(class_folders("a", "b"), test_fraction=0.0).test is None


def test_grey_files_have_one_channel(class_folders, write, picture, encoded):
    grey = np.repeat(picture(3, channels=1), 3, axis=2)
    root = class_folders("a", "b", count=0)
    for i in range(8):
        path = root / "ab"[i % 2] / f"{i}.png"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(encoded(grey + np.uint8(i)))
    splits = load(root)
    assert splits.channels == splits.train.channels == 1
    assert splits.train.sample(0)[0].shape == (24, 20, 1)
    assert load(root, channels=3).train.sample(0)[0].shape == (24, 20, 3)
    write("a/colour.png", 9)
    assert load(root).channels == 3


def test_arrays_keep_their_channels_unless_told(picture):
    images = np.stack([picture(i, channels=4) for i in range(20)])
    targets = np.arange(20) % 2
    assert load((images, targets)).channels == 4
    assert load((images[..., :3], targets), channels=1).channels == 1
    grey = np.ascontiguousarray(images[..., 0])
    assert load((grey, targets)).channels == 1
    assert load((grey, targets), channels=3).train.sample(0)[0].shape == (24, 20, 3)
    mixed = {"train": (grey, targets), "test": (images[..., :3], targets)}
    assert load(mixed).channels == 3
    with pytest.raises(DataError, match="cannot make 3 channels of 4"):
        load((images, targets), channels=3)


def test_array_samples_stay_with_their_targets(picture):
    images = np.stack([picture(i) for i in range(60)])
    targets = np.arange(60) % 3 + 8
    splits = load((images, targets))
    assert splits.classes == ("8", "9", "10")
    for part in (splits.train, splits.val, splits.test):
        for k, name in enumerate(part.names):
            index = int(name[len("all[") : -1])
            image, target = part.sample(k)
            np.testing.assert_array_equal(image, images[index])
            assert part.classes[target] == str(targets[index])


def test_real_photographs(shared_data):
    splits = load(shared_data / "clothing")
    assert splits.classes == (
        "dress", "hat", "longsleeve", "outwear", "pants", "shirt", "shoes", "shorts",
        "skirt", "t-shirt",
    )  # fmt: skip
    counts = {s: len(getattr(splits, s)) for s in ("train", "val", "test")}
    assert counts == {"train": 1192, "val": 120, "test": 293}
    assert splits.heights.low >= 160 or splits.widths.low >= 160
    image, _ = splits.train.sample(0, 64)
    assert min(image.shape[:2]) == 64
    json.dumps(dataclasses.asdict(splits.audit))


def test_real_pngs_and_a_second_run_equal_the_first(shared_data):
    first = load(shared_data / "cifar10_mini")
    second = load(shared_data / "cifar10_mini")
    assert len(first.train) + len(first.val) == 5000
    assert len(first.test) == 1000
    assert (np.bincount(first.val.targets) >= 25).all()
    for split in ("train", "val", "test"):
        assert getattr(first, split).fingerprint == getattr(second, split).fingerprint
    assert first.audit == second.audit
    assert first.audit.exact_duplicates.count == 0
    assert first.audit.near_duplicates.count < 20


def test_what_is_done_with_bad_images_is_checked_before_the_source():
    with pytest.raises(ValueError, match="`bad_images` must be one of stop, skip"):
        load("no such folder", bad_images="ignore")
