import numpy as np
import pytest
from PIL import Image

from trainwell.data import load


def put(folder, count, seed=0):
    folder.mkdir(parents=True, exist_ok=True)
    draw = np.random.default_rng(seed)
    for i in range(count):
        pixels = draw.integers(0, 256, (8, 8, 3)).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"{i}.png")


def table(folder, count, column="label"):
    rows = [f"{i}.png,{'cat' if i % 2 else 'dog'}" for i in range(count)]
    text = "\n".join([f"file_name,{column}", *rows])
    (folder / "metadata.csv").write_text(text)


def test_a_table_beside_the_images(tmp_path):
    put(tmp_path / "photos", 20)
    table(tmp_path / "photos", 20)
    splits = load(str(tmp_path / "photos"))
    assert splits.classes == ("cat", "dog")
    assert sum(map(len, (splits.train, splits.val, splits.test))) == 20


def test_a_table_in_every_split(tmp_path):
    for name, count in (("train", 20), ("validation", 8), ("test", 6)):
        put(tmp_path / "photos" / name, count, seed=count)
        table(tmp_path / "photos" / name, count)
    splits = load(str(tmp_path / "photos"))
    assert tuple(map(len, (splits.train, splits.val, splits.test))) == (20, 8, 6)
    assert splits.train.names[0].startswith("train/")


@pytest.mark.parametrize("column", ["text", "label"])
def test_captions_beside_class_folders_are_not_labels(tmp_path, column):
    for name in ("cat", "dog"):
        put(tmp_path / "photos" / name, 20, seed=len(name) + ord(name[0]))
    text = "a,b,c\n1,2,3\n"
    (tmp_path / "photos" / "metadata.csv").write_text(text)
    splits = load(str(tmp_path / "photos"))
    assert splits.classes == ("cat", "dog")
    assert any("metadata.csv" in note for note in splits.audit.notes)
