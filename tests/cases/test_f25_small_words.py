from pathlib import Path

import pytest

from trainwell.core.errors import DataError
from trainwell.data import load


def test_many_columns_are_named_shortly():
    header = ",".join(["label", *(f"pixel{i}" for i in range(784))])
    Path("digits.csv").write_text(header + "\n1," + ",".join("0" * 784) + "\n")
    with pytest.raises(
        DataError, match=r"has label, pixel0, pixel1, ... \(785 columns\)"
    ):
        load("digits.csv")
