"""Any table is read or refused in one line, and alike in every format."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainwell.core.errors import DataError
from trainwell.data._parquet import read_parquet
from trainwell.data._table import read_csv

NAMES = ("path", "image", "id", "target", "label", "split", "a", "b", "", "Class")
CELLS = (
    "1.png", "cat", "dog", "cat|dog", "1", "1.0", "0", "0.5", "NA", "", "nan", "true",
    "[1]", "['a','b']", "007", "train", "VAL", "1e3", "inf", "-", "é", "\\x.png", "{}",
)  # fmt: skip
quick = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@st.composite
def tables(draw):
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    count = draw(st.integers(0, 5))
    cells = st.lists(st.sampled_from(CELLS), min_size=count, max_size=count)
    return {name: draw(cells) for name in names}


def outcome(read, path):
    try:
        source = read(path)
    except DataError as error:
        return "refused" if "\n" not in str(error) else str(error)
    found = {s: (part.paths, part.labels) for s, part in source.splits.items()}
    return found if any(paths for paths, _ in found.values()) else "refused"


@quick
@given(columns=tables())
def test_csv_and_parquet_agree(columns, tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    rows = [columns, *zip(*columns.values(), strict=True)]
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    (tmp_path / "t.csv").write_text(text + "\n")
    parquet.write_table(pa.table(columns), tmp_path / "t.parquet")
    by_csv = outcome(read_csv, tmp_path / "t.csv")
    assert by_csv == outcome(read_parquet, tmp_path / "t.parquet")


@quick
@given(text=st.text(st.sampled_from('ab,;\t|"\n\r 01.\\é\0[]'), max_size=60))
def test_any_text_is_read_or_refused_in_one_line(text, tmp_path):
    (tmp_path / "t.csv").write_text("path,target\n" + text)
    with contextlib.suppress(DataError):
        read_csv(tmp_path / "t.csv")
    (tmp_path / "t.csv").write_text(text)
    found = outcome(read_csv, tmp_path / "t.csv")
    assert found == "refused" or isinstance(found, dict)
