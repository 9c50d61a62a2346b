import pytest

from trainwell.core.errors import DataError
from trainwell.data import _limits


def test_an_array_may_take_the_memory_and_no_more(monkeypatch):
    monkeypatch.setattr(_limits, "max_array_bytes", lambda: 1 << 20)
    assert _limits.refuse_large_array("a", (1024, 1024), 1) == 1 << 20
    with pytest.raises(
        DataError, match=r"a declares the shape \(1024, 1025\), 1\.001 M"
    ):
        _limits.refuse_large_array("a", (1024, 1025), 1)


def test_rows_and_bytes_of_tables(tmp_path):
    _limits.refuse_many_rows("a", _limits.MAX_ROWS)
    with pytest.raises(
        DataError, match="20,000,001 rows, more than the limit of 20,000"
    ):
        _limits.refuse_many_rows("a", _limits.MAX_ROWS + 1)
    _limits.refuse_large_table(tmp_path, _limits.MAX_TABLE_BYTES)
    with pytest.raises(DataError, match="more than the limit of 4 GiB for a table"):
        _limits.refuse_large_table(tmp_path, _limits.MAX_TABLE_BYTES + 1)


def test_units():
    assert [_limits.readable(1.5 * 1024**i) for i in (0, 1, 4, 5)] == [
        "1.5 bytes", "1.5 KiB", "1.5 TiB", "1.5 PiB",
    ]  # fmt: skip
