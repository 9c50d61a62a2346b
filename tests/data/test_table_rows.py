"""Tables as people have them, in every format alike."""

import io
import json

import numpy as np
import pytest
from PIL import Image

from trainwell.core.errors import DataError
from trainwell.data import Reading, load, load_labelled
from trainwell.data._data_frame import FrameTable
from trainwell.data._jsonl import read_jsonl
from trainwell.data._parquet import read_parquet
from trainwell.data._reading import AS_FOUND
from trainwell.data._table import read_csv
from trainwell.data._table_rows import read_table
from trainwell.tasks import readers

NUM = 30


class Frame(dict):
    @property
    def columns(self):
        return list(self)

    def __getitem__(self, name):
        values = super().__getitem__(name)
        return type("Column", (list,), {"tolist": lambda self: list(self)})(values)

    def to_numpy(self):
        raise AssertionError


@pytest.fixture
def images(tmp_path):
    """Write 30 images; return the folder of the tables."""
    draw = np.random.default_rng(0)
    (tmp_path / "images").mkdir()
    for i in range(NUM):
        pixels = draw.integers(0, 256, (8, 8, 3)).astype(np.uint8)
        Image.fromarray(pixels).save(tmp_path / "images" / f"{i}.png")
    return tmp_path


def csv_of(root, columns, separator=","):
    rows = [columns, *zip(*columns.values(), strict=True)]
    cells = [["" if v is None else str(v) for v in row] for row in rows]
    path = root / "t.csv"
    path.write_text("\n".join(separator.join(row) for row in cells))
    return path


def parquet_of(root, columns):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pa.table(columns), root / "t.parquet")
    return root / "t.parquet"


def read_all(root, columns, reading=AS_FOUND):
    """Read the same columns as CSV, Parquet and a data frame."""
    frame = FrameTable(Frame(columns))
    frame.root = root
    return [
        read_csv(csv_of(root, columns), reading),
        read_parquet(parquet_of(root, columns), reading),
        read_table(frame, reading),
    ]


def test_one_set_of_rules(images):
    names = [f"images/{i}.png" for i in range(NUM)]
    columns = {"file": names, "label": [float(i % 2) for i in range(NUM)]}
    sources = read_all(images, columns)
    for source in sources:
        assert source.splits == sources[0].splits
        assert source.splits["all"].labels[:3] == ["0", "1", "0"]
        assert source.notes == sources[0].notes
    columns["label"] = [i * 37 % 100 / 7 for i in range(NUM)]
    for read, path in ((read_csv, csv_of), (read_parquet, parquet_of)):
        with pytest.raises(
            DataError, match=r"`label` must be text or an integer: 5\.28"
        ):
            read(path(images, columns))


def test_missing_values_are_named_and_skipped(images):
    names = [f"images/{i}.png" for i in range(NUM)]
    labels = ["cat" if i % 2 else "dog" for i in range(NUM)]
    labels[3], labels[8], names[5] = "NA", None, "null"
    for source in read_all(images, {"path": names, "target": labels}):
        assert len(source.splits["all"].paths) == NUM - 3
        reasons = [bad.reason.partition(" (")[0] for bad in source.bad]
        of_target, of_path = "`target` is missing", "`path` is missing"
        assert reasons == [of_target, of_path, of_target]
    path = str(csv_of(images, {"path": names, "target": labels}))
    text = r"t.csv, line 5: `target` is missing \(NA\) \(2 more rows are bad\)"
    with pytest.raises(DataError, match=text):
        load(path)
    splits = load(path, bad_images="skip")
    assert sum(map(len, (splits.train, splits.val, splits.test))) == NUM - 3
    assert "3 bad images left out" in splits.audit.warnings[0]


def test_ids_folders_endings_and_groups(images):
    columns = {
        "id_code": list(range(NUM)),
        "diagnosis": ["a" if i % 2 else "b" for i in range(NUM)],
        "patient": [f"p{i // 3}" for i in range(NUM)],
    }
    reading = Reading(image_folder="images", image_suffix="png", group_column="patient")
    for source in read_all(images, columns, reading):
        part = source.splits["all"]
        assert part.paths[7] == images / "images" / "7.png"
        assert part.groups[7] == "p2"
    lost = r"add data\.image_folder=images data\.image_suffix=\.png"
    with pytest.raises(DataError, match=lost):
        load(str(csv_of(images, columns)))


@pytest.mark.parametrize(
    ("sign", "name"), [(";", "semi"), ("\t", "tabs"), ("|", "bars")]
)
def test_separators(images, sign, name):
    columns = {"path": ["images/1.png"] * 2, "target": ["a, b", "c"]}
    source = read_csv(csv_of(images, columns, sign))
    assert source.splits["all"].labels == ["a, b", "c"]
    assert f"separated by {name}" in source.notes[0]


def test_one_hot(images):
    one = [[int(i % 3 == k) for i in range(NUM)] for k in range(3)]
    names = [f"images/{i}.png" for i in range(NUM)]
    columns = {"image": names, "rust": one[0], "healthy": one[1], "scab": one[2]}
    for source in read_all(images, columns):
        assert source.classes == ("rust", "healthy", "scab")
        assert source.splits["all"].labels[:4] == ["rust", "healthy", "scab", "rust"]
    columns["scab"] = [1] * NUM
    with pytest.raises(
        DataError, match="exactly one of the columns rust, healthy, scab"
    ):
        read_all(images, columns)


def test_encoded_images_in_parquet(images):
    files = [(images / "images" / f"{i}.png").read_bytes() for i in range(NUM)]
    labels = [i % 2 for i in range(NUM)]
    plain = load(str(parquet_of(images, {"image": files, "label": labels})))
    named = [{"bytes": data, "path": f"{i}.png"} for i, data in enumerate(files)]
    struct = load(str(parquet_of(images, {"image": named, "label": labels})))
    paths = [f"images/{i}.png" for i in range(NUM)]
    by_path = load(str(csv_of(images, {"path": paths, "target": labels})))
    for splits in (plain, struct):
        assert splits.train.fingerprint == by_path.train.fingerprint
        assert np.array_equal(splits.train.sample(0)[0], by_path.train.sample(0)[0])
    assert struct.train.names[0].endswith(".png")
    assert plain.train.names[0].startswith(f"{images / 't.parquet'}, row ")


def test_names_of_classes_that_hugging_face_keeps(images):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = pa.table({"path": [f"images/{i}.png" for i in (1, 2)], "label": [1, 0]})
    kept = (
        b'{"info": {"features": {"label": {"names": ["cat", "dog"], '
        b'"_type": "ClassLabel"}}}}'
    )
    path = images / "t.parquet"
    parquet.write_table(table.replace_schema_metadata({b"huggingface": kept}), path)
    assert read_parquet(path).splits["all"].labels == ["dog", "cat"]


def test_torn_bytes_are_a_bad_image(images):
    buffer = io.BytesIO()
    Image.new("L", (8, 8)).save(buffer, "PNG")
    cells = [buffer.getvalue(), b"torn"] * 4
    path = str(parquet_of(images, {"image": cells, "label": ["a", "a", "b", "b"] * 2}))
    with pytest.raises(DataError, match=r"t\.parquet, row 1: not an image"):
        load(path)
    found = load_labelled(path, ("a", "b"), bad_images="skip")
    assert len(found) == 4


def test_options_of_tables_are_refused_elsewhere(images):
    for source in (
        str(images),
        "digits",
        (np.zeros((4, 8, 8), np.uint8), [0, 1, 0, 1]),
    ):
        with pytest.raises(DataError, match="`data.image_column` changes nothing"):
            load(source, reading=Reading(image_column="x"))
    path = str(csv_of(images, {"path": ["images/1.png"], "target": ["a"]}))
    with pytest.raises(DataError, match="`data.pattern` changes nothing"):
        load(path, reading=Reading(pattern="(?P<label>.)"))


def test_paths_written_on_windows(images):
    columns = {"path": ["images\\1.png", "images\\2.png"], "target": ["a", "b"]}
    for source in read_all(images, columns):
        assert source.splits["all"].paths[0] == images / "images" / "1.png"


def test_two_columns_of_one_name(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("path,label, label\n1.png,a,b\n")
    with pytest.raises(
        DataError, match=r"t\.csv, line 1 has two columns called 'label'"
    ):
        read_csv(path)
    lines = tmp_path / "t.jsonl"
    lines.write_text('{"path": "1.png", "label": "a"}\n{"path": "2", "path": "3"}\n')
    with pytest.raises(DataError, match=r"line 2: the name 'path' stands twice"):
        read_jsonl(lines)


def test_two_columns_of_one_name_in_parquet(tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = pa.Table.from_arrays([["1.png"], ["a"], ["b"]], ["path", "label", "label"])
    parquet.write_table(table, tmp_path / "t.parquet")
    with pytest.raises(DataError, match=r"two columns called 'label'; rename one"):
        read_parquet(tmp_path / "t.parquet")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a,b.png,cat", '3 cells for 2 columns; put cells that hold "," in quotes'),
        ("3.png", "1 cell for 2 columns"),
        ("3.png,cat,,x", '4 cells for 2 columns; put cells that hold "," in quotes'),
    ],
)
def test_a_row_has_a_cell_per_column(tmp_path, row, reason):
    path = tmp_path / "t.csv"
    path.write_text(f"path,target\n1.png,cat\n\n2.png,dog,,\n{row}\n")
    source = read_csv(path)
    assert source.splits["all"].labels == ["cat", "dog"]
    (bad,) = source.bad
    assert (bad.path, bad.reason) == (f"{path}, line 5", reason)
    with pytest.raises(DataError, match=r"line 5: \d cells? for 2 columns"):
        load(path)


@pytest.mark.parametrize("name", ["x" * 5000, "a\\" * 2500])
def test_a_path_too_long_for_the_system_is_no_crash(tmp_path, name):
    path = tmp_path / "t.jsonl"
    path.write_text(json.dumps({"path": name, "target": "a"}))
    assert "The images are not where the table says" in read_jsonl(path).notes[-1]


ODD = [
    ({"age": [f"{i}.5" for i in range(NUM)]}, "old", "`age` must be a number, got"),
    (
        {"age": [str(i) for i in range(NUM)], "kg": ["1.5", "2"] * 15},
        "?",
        "must be a n",
    ),
    (
        {"sea": ["0", "1"] * 15, "sky": ["1", "1", "0"] * 10},
        "yes",
        "must be 0 or 1, got",
    ),
    (
        {f"{axis}{i}": ["1.5"] * NUM for i in range(2) for axis in "xy"},
        "left",
        "'left' is no coordinate in pixels",
    ),
    ({"grade": ["1", "2", "3"] * 10}, "good", "`grade` must be a number, got"),
]


@pytest.mark.parametrize(("targets", "odd", "text"), ODD)
def test_a_row_whose_target_cannot_be_read_is_skipped_or_named(
    images, targets, odd, text
):
    first = next(iter(targets))
    targets = {name: [*column] for name, column in targets.items()}
    targets[first][4] = odd
    paths = [f"images/{i}.png" for i in range(NUM)]
    table = csv_of(images, {"path": paths, **targets})
    task = "ordinal" if first == "grade" else "auto"
    reading = Reading(target_column=tuple(targets), readers=readers(task))
    with pytest.raises(DataError) as caught:
        load(table, reading=reading)
    line = str(caught.value)
    assert line.startswith(f"cannot use {table}, line 6: ")
    assert text in line
    assert repr(odd) in line
    assert "\n" not in line
    assert "data.bad_images=skip" in line
    found = load(table, reading=reading, bad_images="skip")
    assert [bad.path for bad in found.audit.bad_images] == [f"{table}, line 6"]
    assert sum(map(len, (found.train, found.val, found.test))) == NUM - 1


def test_where_most_rows_cannot_be_read_the_column_is_another_one(images):
    paths = [f"images/{i}.png" for i in range(NUM)]
    table = csv_of(images, {"path": paths, "name": ["a", "b"] * 15})
    reading = Reading(target_column="name", readers=readers("regression"))
    with pytest.raises(DataError, match=r"line 2: `name` must be a number, got 'a'"):
        load(table, reading=reading, bad_images="skip")
