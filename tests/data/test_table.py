import os
import sys

import pytest

from trainwell.core.errors import DataError, MissingDependencyError
from trainwell.data import _limits, load
from trainwell.data._parquet import read_parquet
from trainwell.data._table import read_csv


def _csv(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_paths_are_relative_to_the_table(tmp_path):
    source = read_csv(_csv(tmp_path, "path,target\na/1.png,cat\n/b.png,2\n"))
    part = source.splits["all"]
    assert [str(p) for p in part.paths] == [f"{tmp_path}/a/1.png", "/b.png"]
    assert part.labels == ["cat", "2"]


def test_splits_other_columns_order_and_byte_order_marks(tmp_path):
    text = "Split, target ,who,path\nvalid,a,x,1.png\ntrain,b,y,2.png\nTEST,a,z,3.png\n"
    source = read_csv(_csv(tmp_path, text, "utf-8-sig"))
    assert {s: (p.paths[0].name, p.labels) for s, p in source.splits.items()} == {
        "val": ("1.png", ["a"]),
        "train": ("2.png", ["b"]),
        "test": ("3.png", ["a"]),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fil,label\na,a\n", "columns path and target .* it has fil, label"),
        ("", "it has none"),
        ("path,target\n", "has no rows"),
        ("path,target,split\n1.png,a,dev\n", "line 2: split must be .* got 'dev'"),
    ],
)
def test_what_is_wrong_is_said(text, message, tmp_path):
    with pytest.raises(DataError, match=message):
        read_csv(_csv(tmp_path, text))


def test_not_utf8(tmp_path):
    with pytest.raises(DataError, match="cannot read"):
        read_csv(_csv(tmp_path, "path,target\né.png,a\n", "latin-1"))


def test_parquet_equals_csv(tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    columns = {
        "path": ["1.png", "2.png", "3.png"],
        "target": [10, 2, 10],
        "split": ["train", "train", "val"],
    }
    parquet.write_table(pa.table(columns), tmp_path / "t.parquet")
    rows = "\n".join(",".join(map(str, r)) for r in zip(*columns.values(), strict=True))
    by_csv = read_csv(_csv(tmp_path, "path,target,split\n" + rows))
    assert read_parquet(tmp_path / "t.parquet").splits == by_csv.splits


def test_parquet_of_whole_floats_and_broken_files(tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "t.parquet"
    parquet.write_table(pa.table({"path": ["1", "2"], "target": [1.0, 3.0]}), path)
    assert read_parquet(path).splits["all"].labels == ["1", "3"]
    parquet.write_table(pa.table({"path": ["1"], "target": [1.5]}), path)
    with pytest.raises(DataError, match=r"row 0: `target` must be .* integer: 1\.5"):
        read_parquet(path)
    path.write_bytes(b"PAR1 nothing")
    with pytest.raises(DataError, match="cannot read"):
        read_parquet(path)


def test_parquet_without_pyarrow_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingDependencyError, match=r"trainwell\[parquet\]"):
        read_parquet(tmp_path / "t.parquet")


def test_a_table_of_real_images_equals_its_folder(shared_data, tmp_path):
    root = shared_data / "clothing"
    lines = [
        f"{path},{path.parent.name},{split}"
        for split in ("train", "val", "test")
        for path in sorted((root / split).glob("*/*"))[::9]
    ]
    table = _csv(tmp_path, "path,target,split\n" + "\n".join(lines))
    splits = load(table)
    assert len(splits.train) + len(splits.val) + len(splits.test) == len(lines)
    whole = load(root)
    keys = dict(zip(whole.test.names, whole.test.keys.tolist(), strict=True))
    short = [name[name.index("test/") :] for name in splits.test.names]
    assert [keys[name] for name in short] == splits.test.keys.tolist()
    assert splits.classes == whole.classes


def test_many_rows_in_few_bytes_are_refused(tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    one = pa.DictionaryArray.from_arrays(pa.repeat(0, 10_500_000), pa.array(["a"]))
    table = pa.table({"path": one, "target": one})
    path = tmp_path / "t.parquet"
    parquet.write_table(pa.concat_tables([table, table]), path)
    assert path.stat().st_size < 1 << 20
    with pytest.raises(
        DataError, match="21,000,000 rows, more than the limit of 20,00"
    ):
        read_parquet(path)


def test_one_limit_of_rows_for_all_tables(tmp_path, monkeypatch):
    monkeypatch.setattr(_limits, "MAX_ROWS", 2)
    path = _csv(tmp_path, "path,target\n1,a\n2,b\n3,a\n")
    with pytest.raises(DataError, match="has 3 rows, more than the limit of 2; give"):
        read_csv(path)


def test_a_table_without_end(tmp_path):
    os.mkfifo(tmp_path / "a.csv")
    with pytest.raises(DataError, match=r"a\.csv is a pipe or a device, not a regular"):
        load(tmp_path / "a.csv")
    with (tmp_path / "b.csv").open("wb") as stream:
        stream.truncate(1 << 36)
    with pytest.raises(DataError, match="has 64 GiB, more than the limit of 4 GiB"):
        load(tmp_path / "b.csv")


def test_rows_that_name_a_device(tmp_path, class_folders):
    class_folders("a", "b", count=3)
    rows = "".join(f"{n}/{i}.png,{n}\n" for n in "ab" for i in range(3))
    table = _csv(tmp_path, f"path,target\n{rows}/dev/zero,a\n")
    with pytest.raises(DataError, match="/dev/zero: it is a pipe or a device, not a"):
        load(table)


def test_one_long_text_in_many_rows_is_refused(tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    one = pa.DictionaryArray.from_arrays(pa.repeat(0, 5000), pa.array(["a" * 10**6]))
    parquet.write_table(pa.table({"path": one, "target": one}), tmp_path / "t.parquet")
    assert (tmp_path / "t.parquet").stat().st_size < 1 << 17
    with pytest.raises(
        DataError, match=r"has 4\.657 GiB, more than the limit of 4 GiB"
    ):
        read_parquet(tmp_path / "t.parquet")
