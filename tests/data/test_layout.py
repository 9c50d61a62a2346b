"""Random trees: each is read or refused in a line, and no image is lost silently."""

import random
import shutil

import pytest

from trainwell.core.errors import DataError
from trainwell.data._folder import read_folder

NAMES = (
    "train", "Training Data", "test_set", "val", "dev", "seg_train", "seg_test", "cat",
    "dog", "images", "masks", "labels", "annotations", "photos", "unknown", ".git",
    "__MACOSX", "mask", "bird", "train_masks", "test",
)  # fmt: skip
FILES = (
    "1.png", "2.JPG", "a", "b.nef", "c.txt", "d.xml", ".DS_Store", "train.csv",
    "e.json", "captions.txt",
)  # fmt: skip


def _grow(folder, choose, depth=0):
    folder.mkdir(parents=True, exist_ok=True)
    for name in choose.sample(FILES, choose.choice((0, 1, 2, 2, 3))):
        (folder / name).touch()
    if depth < 3:
        for name in choose.sample(NAMES, choose.choice((0, 2, 3)[: 3 - depth] + (2,))):
            _grow(folder / name, choose, depth + 1)


def _images(root):
    return {
        path
        for path in root.rglob("*")
        if path.name in ("1.png", "2.JPG")
        and not {".git", "__MACOSX"} & set(path.relative_to(root).parts)
    }


@pytest.mark.parametrize("seed", range(4))
def test_no_image_is_lost_without_a_word(seed, tmp_path):
    read, refused = 0, []
    for number in range(60):
        root = tmp_path / "photos"
        _grow(root, random.Random(f"{seed} {number}"))
        try:
            source = read_folder(root)
        except DataError as error:
            refused.append(str(error))
        else:
            read += 1
            parts = source.splits.values()
            taken = [path for part in parts for path in part.paths]
            assert len(taken) == len(set(taken))
            assert set(taken) <= _images(root)
            assert set(taken) == _images(root) or source.notes, source
        shutil.rmtree(root)
    assert read > 5
    assert len(refused) > 5
    assert not any("\n" in error for error in refused)
