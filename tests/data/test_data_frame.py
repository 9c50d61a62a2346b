"""Data frames: columns by name, paths from the current folder."""

import numpy as np
import pytest
from PIL import Image

from trainwell.core.errors import DataError
from trainwell.data import load


class Column(list):
    """A column, with what pandas' has."""

    def tolist(self):
        return list(self)


class Frame:
    """What trainwell uses of a pandas `DataFrame`."""

    def __init__(self, **columns):
        self._columns = {name: Column(values) for name, values in columns.items()}
        self.columns = list(columns)

    def __getitem__(self, name):
        return self._columns[name]

    def __len__(self):
        return len(next(iter(self._columns.values())))

    def to_numpy(self):
        raise AssertionError


@pytest.fixture
def paths(tmp_path, monkeypatch):
    rng = np.random.default_rng(0)
    monkeypatch.chdir(tmp_path)
    names = [f"{i}.png" for i in range(20)]
    for name in names:
        Image.fromarray(rng.integers(0, 256, (9, 9, 3), dtype=np.uint8)).save(name)
    return names


@pytest.mark.parametrize(
    ("path", "label"), [("path", "target"), ("Image", "label"), ("filename", "class")]
)
def test_usual_names_of_columns(paths, path, label):
    splits = load(Frame(**{label: ["cat", "dog"] * 10, path: paths, "other": paths}))
    assert splits.classes == ("cat", "dog")
    assert len(splits.train) + len(splits.val) + len(splits.test) == 20


def test_splits_and_numbers(paths):
    sides = ["train"] * 12 + ["val"] * 8
    splits = load(Frame(path=paths, target=[0, 1] * 10, split=sides))
    assert splits.classes == ("0", "1")
    assert (len(splits.train), len(splits.val), splits.test) == (12, 8, None)


def test_messages(paths):
    with pytest.raises(DataError, match="the classes by data.target_column=NAME"):
        load(Frame(path=paths, kind=paths, color=paths))
    with pytest.raises(DataError, match="the images by data.image_column=NAME"):
        load(Frame(where=range(20), label=paths))
    labels = ["cat", float("nan")] * 10
    with pytest.raises(DataError, match=r"data frame, row 1: `label` is missing \(nan"):
        load(Frame(path=paths, label=labels))


def test_two_columns_of_one_name(paths):
    frame = Frame(path=paths, label=["a", "b"] * 10)
    frame.columns = ["path", "label", "label"]
    with pytest.raises(DataError, match="data frame has two columns called 'label'"):
        load(frame)
