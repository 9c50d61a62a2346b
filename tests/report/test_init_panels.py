"""Pictures over depth: which there are, what they say, what they leave out."""

import math
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from trainwell.report._init_panels import init_panels

from .conftest import layer_row


def network(stds, *, gradients=None, **shares):
    """A hidden layer with an activation per deviation."""
    gradients = gradients or [0.1] * len(stds)
    rows = []
    for i, (std, gradient) in enumerate(zip(stds, gradients, strict=True), 1):
        rows.append(layer_row(depth=i, std=2 * std, gradient_norm=gradient))
        rows.append(layer_row(depth=i, std=std, role="activation", **shares))
    return rows


def label(panel):
    return ET.fromstring(panel.svg.replace("xlink:href", "href")).attrib["aria-label"]


def lines(panel):
    """Points of each line of a picture, as the strings of its path."""
    paths = re.findall(
        r'<g id="[^"]*line2d_\d+"><path d="([^"]*)" clip-path', panel.svg
    )
    return [re.findall(r"[ML] [-\d. ]+", path) for path in paths]


def drawn(panel):
    """The lines of the data alone; lines of the grid have two points each."""
    return [points for points in lines(panel) if len(points) > 2]


def height(point):
    """Of a point over the bottom of its picture."""
    return 180 - float(point.split()[2])


def test_deviations_behind_and_before_activations():
    panel, *_ = init_panels(network([0.5, 0.25, 0.125]))
    assert panel.title == "Standard deviation"
    assert panel.keys == (("val", "after the activation"), ("train", "before it"))
    assert label(panel) == (
        "Standard deviation of the outputs, from 0.5 at layer 1 to 0.12 at layer 3."
    )
    before, after = ([height(p) for p in points] for points in drawn(panel))
    assert after == sorted(after, reverse=True)
    assert len(before) == len(after) == 3
    double = [b - a for b, a in zip(before, after, strict=True)]
    halved = [a - b for a, b in pairwise(after)]
    assert double == pytest.approx([halved[0]] * 3, rel=1e-4)


def test_gradients():
    _, panel = init_panels(network([1.0] * 4, gradients=[1e-6, 1e-4, 1e-2, 0.5]))
    assert panel.title == "Gradient over weight"
    assert label(panel).endswith("1e-06 in the first layer, 0.5 in the last.")
    assert [len(points) for points in drawn(panel)] == [4]


def test_shares():
    rows = network([1.0] * 3, saturated=0.25)
    rows += [layer_row(depth=4, role="activation", dead=0.125)]
    panel = init_panels(rows)[-1]
    assert panel.title == "Dead or saturated"
    assert panel.keys == (("val", "dead units"), ("train", "saturated outputs"))
    assert label(panel) == (
        "Shares per layer: at most 0.125 of units dead, at most 0.250 of outputs "
        "saturated."
    )


@pytest.mark.parametrize(
    ("changes", "titles"),
    [
        ({}, ["Standard deviation", "Gradient over weight"]),
        ({"gradients": [0.0, 0.0]}, ["Standard deviation"]),
        ({"dead": 0.0}, ["Standard deviation", "Gradient over weight"]),
        ({"dead": 0.001}, ["Standard deviation", "Gradient over weight"]),
        (
            {"dead": 0.002},
            ["Standard deviation", "Gradient over weight", "Dead or saturated"],
        ),
    ],
)
def test_pictures_without_anything_in_them_are_left_out(changes, titles):
    panels = init_panels(network([1.0, 1.0], **changes))
    assert [panel.title for panel in panels] == titles


def test_what_a_logarithmic_axis_cannot_show_is_a_gap():
    stds = [1.0, 1.0, 0.0, 1.0, math.nan, 1.0, math.inf, 1.0, 1.0]
    panel = init_panels(network(stds, gradients=[0.0] * 9))[0]
    assert ["".join(p[0] for p in points) for points in drawn(panel)] == ["MLMMML"] * 2


def test_equal_levels_look_level():
    """A ripple of a few percent must not fill the picture."""
    panel = init_panels(network([1.0, 1.05, 1.0], gradients=[0.0] * 3))[0]
    after = drawn(panel)[-1]
    heights = [height(point) for point in after]
    assert 0 < max(heights) - min(heights) < 5  # of 180


@pytest.mark.parametrize(
    "rows",
    [
        network([1.0]),
        [layer_row()],
        [layer_row(role="activation")],
        network([math.nan] * 3, gradients=[math.nan] * 3),
        network([0.0] * 3, gradients=[math.inf] * 3),
        network([1e-30, 1.0, 1e30]),
    ],
    ids=["one layer", "no activation", "no weight", "nan", "zero", "extreme"],
)
def test_any_numbers_make_valid_pictures(rows):
    for panel in init_panels(rows):
        root = ET.fromstring(panel.svg.replace("xlink:href", "href"))
        assert "viewBox" in root.attrib
        assert "nan" not in re.sub(r'aria-label="[^"]*"', "", panel.svg)
