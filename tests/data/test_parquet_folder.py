import io

import numpy as np
import pytest
from PIL import Image

from trainwell.data import load


def write(path, count, seed, label="label"):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    draw = np.random.default_rng(seed)
    cells = []
    for i in range(count):
        buffer = io.BytesIO()
        pixels = draw.integers(0, 256, (8, 8, 3)).astype(np.uint8)
        Image.fromarray(pixels).save(buffer, "PNG")
        cells.append({"bytes": buffer.getvalue(), "path": f"{seed}_{i}.png"})
    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.table({"image": cells, label: [i % 2 for i in range(count)]})
    parquet.write_table(table, path)


def test_files_are_joined_by_split(tmp_path):
    data = tmp_path / "set" / "data"
    write(data / "train-00000-of-00002.parquet", 12, 0)
    write(data / "train-00001-of-00002.parquet", 8, 1)
    write(data / "validation-00000-of-00001.parquet", 6, 2)
    for source in (data, tmp_path / "set"):
        splits = load(str(source))
        assert (len(splits.train), len(splits.val), splits.test) == (20, 6, None)
        assert splits.classes == ("0", "1")


def test_files_without_splits(tmp_path):
    write(tmp_path / "part0.parquet", 20, 0)
    write(tmp_path / "part1.parquet", 10, 1)
    splits = load(str(tmp_path))
    assert sum(map(len, (splits.train, splits.val, splits.test))) == 30


def test_a_table_beside_class_folders_is_not_read(tmp_path):
    write(tmp_path / "photos" / "train.parquet", 4, 0)
    for name in ("cat", "dog"):
        (tmp_path / "photos" / name).mkdir()
        for i in range(10):
            pixels = np.random.default_rng([i, ord(name[0])]).integers(0, 256, (8, 8))
            image = Image.fromarray(pixels.astype(np.uint8))
            image.save(tmp_path / "photos" / name / f"{i}.png")
    assert load(str(tmp_path / "photos")).classes == ("cat", "dog")
