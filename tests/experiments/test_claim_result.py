"""Results as JSON: written, read back, refused."""

import json

import pytest

from trainwell.core.errors import RunError
from trainwell.experiments import ClaimResult, Verdict, load_result, save_result

RESULT = ClaimResult(
    "sums",
    False,
    ({"loss": [0.5, float("inf")], "none": None}, {"loss": [], "word": "float"}),
    Verdict("undecided", "1 ± 2."),
    1.5,
    "2026-01-31",
    {"torch": "2"},
)


def test_there_and_back(tmp_path):
    save_result(RESULT, tmp_path / "a" / "sums.json")
    assert load_result(tmp_path / "a" / "sums.json") == RESULT
    assert RESULT.num_seeds == 2
    json.loads(
        (tmp_path / "a" / "sums.json").read_text(),
        parse_constant=lambda word: pytest.fail(word),
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"name": "x"}', '{"verdict": 3}'])
def test_another_file(tmp_path, text):
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(RunError, match="is no result of an experiment"):
        load_result(tmp_path / "x.json")
