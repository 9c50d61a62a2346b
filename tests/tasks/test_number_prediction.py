"""Numbers of an image, and how they are printed."""

import numpy as np

from trainwell.tasks import NumberPrediction
from trainwell.tasks._number_prediction import number_table

NAMES, UNITS = ("age", "weight"), ("years", "")
PLAIN = NumberPrediction("a.png", NAMES, UNITS, (41.2345678, -0.5))
WIDE = NumberPrediction("a.png", NAMES, UNITS, (41.2345678, -0.5), (2.5, 1.0))


def test_lines_have_units_and_widths():
    assert PLAIN.words(1) == ["age", "41.23 years", "weight", "-0.5"]
    assert WIDE.words(1) == ["age", "41.23 ± 2.5 years", "weight", "-0.5 ± 1"]
    assert repr(PLAIN) == "NumberPrediction('a.png', age=41.23, weight=-0.5)"


def test_intervals():
    assert PLAIN.interval(0) is None
    np.testing.assert_allclose(WIDE.interval(1), (-1.5, 0.5))


def test_json_has_what_is_known():
    assert PLAIN.tree() == {
        "values": {
            "age": {"value": 41.23457, "unit": "years"},
            "weight": {"value": -0.5},
        }
    }
    assert WIDE.tree()["values"]["weight"] == {"value": -0.5, "interval": [-1.5, 0.5]}


def test_tables_have_a_column_for_every_number():
    labels = ("age (years)", "weight")
    assert number_table([PLAIN], labels) == ([*labels], [["41.23457", "-0.5"]])
    head, ((*row,),) = number_table([WIDE], labels)
    ends = [f"age (years) {end}" for end in ("low", "high")]
    assert head == ["age (years)", *ends, "weight", "weight low", "weight high"]
    assert row == ["41.23457", "38.73457", "43.73457", "-0.5", "-1.5", "0.5"]
    assert number_table([], labels) == ([*labels], [])
