import shutil

import numpy as np
import pytest

from trainwell.data import load


@pytest.fixture
def root(class_folders, tmp_path, encoded, picture):
    """Splits with one of each: exact copy, near copy, two labels, repetition."""
    class_folders("train/a", "train/b", count=12)
    class_folders("val/a", "val/b", count=4, first=7000)
    class_folders("test/a", "test/b", count=4, first=9000)
    shutil.copy(tmp_path / "train/a/3.png", tmp_path / "val/a/copy.png")
    shutil.copy(tmp_path / "train/b/5.png", tmp_path / "test/a/other label.png")
    shutil.copy(tmp_path / "test/b/0.png", tmp_path / "test/b/again.png")
    bright = np.clip(picture(1002).astype(int) * 0.9 + 8, 0, 255).astype(np.uint8)
    (tmp_path / "test/b/near.jpg").write_bytes(encoded(bright, "JPEG", quality=95))
    (tmp_path / "train/a/notes.txt").write_text("text")
    return tmp_path


def test_what_is_found(root):
    audit = load(root).audit
    exact = {(p.first_split, p.first, p.second_split, p.second)
             for p in audit.exact_duplicates.pairs}  # fmt: skip
    assert exact == {
        ("train", "train/a/3.png", "val", "val/a/copy.png"),
        ("train", "train/b/5.png", "test", "test/a/other label.png"),
    }
    assert audit.exact_duplicates.count == 2
    near = [(p.first, p.second) for p in audit.near_duplicates.pairs]
    assert near == [("train/b/2.png", "test/b/near.jpg")]
    assert audit.label_conflicts == (("train/b/5.png", "test/a/other label.png"),)
    assert audit.repeated == 1
    assert audit.ignored == ("train/a/notes.txt",)
    assert audit.modes == {"RGB": 44}
    assert (audit.heights, audit.widths) == ((24, 24), (20, 20))
    assert audit.counts["test"] == {"a": 5, "b": 6}
    assert audit.imbalance == 1.0


def test_it_is_said_in_words(root):
    said = "\n".join(load(root).audit.warnings)
    for words in (
        "1 file ignored, not an image by name, first train/a/notes.txt.",
        "2 exact duplicates across splits; scores on them are inflated. First: "
        "val/a/copy.png is train/a/3.png.",
        "1 possible near duplicate across splits, by thumbnail. First: "
        "test/b/near.jpg and train/b/2.png.",
        "1 repetition of an image in its own split.",
        "1 image under several labels. First: train/b/5.png and "
        "test/a/other label.png.",
    ):
        assert words in said


def test_clean_data_gives_no_warning(class_folders):
    audit = load(class_folders("train/a", "train/b", "val/a", "val/b", count=12)).audit
    assert audit.warnings == ()


def test_imbalance_and_few_images(class_folders):
    class_folders("big", count=60)
    audit = load(class_folders("few", count=5, first=9000)).audit
    train = audit.counts["train"]
    assert audit.imbalance == train["big"] / train["few"]
    assert any("times the training images of the smallest" in w for w in audit.warnings)
    assert "Fewer than 10 training images of 'few'." in audit.warnings


def test_lists_are_capped_and_counts_are_not(picture):
    images = np.stack([picture(i) for i in range(150)])
    targets = np.arange(150) % 3
    audit = load({"train": (images, targets), "val": (images, (targets + 1) % 3)}).audit
    assert audit.exact_duplicates.count == 150
    assert len(audit.exact_duplicates.pairs) == 100
    assert audit.near_duplicates.count == 0
    assert audit.num_label_conflicts == 150
    assert len(audit.label_conflicts) == 100


def test_tiny_and_blank_images_are_not_called_near():
    rng = np.random.default_rng(0)
    tiny = np.repeat(rng.integers(0, 255, (1, 8, 8)), 40, axis=0).astype(np.uint8)
    tiny[:, 0, 0] = np.arange(40)
    blank = np.full((40, 32, 32), 200, np.uint8)
    blank[:, 0, 0] = np.arange(40)
    for images in (tiny, blank):
        audit = load((images, np.arange(40) % 2)).audit
        assert audit.near_duplicates.count == 0
