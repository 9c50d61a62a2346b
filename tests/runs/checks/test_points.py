"""Points are checked where they are what is predicted."""

import numpy as np
import pytest
from PIL import Image

import trainwell as tw
from trainwell.runs import Quiet

SHAPE = np.array([[-6.0, -5], [6, -5], [0, 1], [-4, 6], [4, 6]])
NAMES = ("left_eye", "right_eye", "nose", "left_mouth", "right_mouth")


@pytest.fixture
def table(tmp_path):
    """A table of 40 faces; what `change` does to their points is written."""

    def make(change=lambda i, points: points):
        rng = np.random.default_rng(0)
        rows = ["path," + ",".join(f"{n}_x,{n}_y" for n in NAMES)]
        for i in range(40):
            points = rng.uniform(0.8, 1.3) * SHAPE + 16 + rng.normal(0, 0.3, (5, 2))
            pixels = rng.integers(0, 256, (32, 32, 3), np.uint8)
            Image.fromarray(pixels).save(tmp_path / f"{i}.png")
            values = change(i, points).reshape(-1)
            rows.append(f"{i}.png," + ",".join(f"{v:.2f}" for v in values))
        (tmp_path / "t.csv").write_text("\n".join(rows))
        return tmp_path / "t.csv"

    return make


def levels(table):
    return {f.name: f for f in tw.check(table, reporter=Quiet()).findings}


def test_good_points_raise_no_alarm(table):
    found = levels(table())
    for name in ("points outside", "left and right", "mean shape", "shapes"):
        assert found[name].level == "pass"


def test_exchanged_names_are_named(table):
    def exchange(i, points):
        return points[[1, 0, 2, 4, 3]] if i == 7 else points

    found = levels(table(exchange))["left and right exchanged"]
    assert found.level == "fail"
    assert "7.png" in found.what


def test_classes_have_no_points(digits_folder):
    names = [f.name for f in tw.check(digits_folder, reporter=Quiet()).findings]
    assert "points outside" not in names
