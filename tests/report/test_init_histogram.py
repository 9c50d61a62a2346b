"""Bars of known counts, as text and as a picture."""

import math
import xml.etree.ElementTree as ET

import pytest

from trainwell.report._init_histogram import blocks, common_axis, heights, picture

from .conftest import layer_row


def test_the_axis_holds_nearly_all_of_all_layers():
    wide = layer_row(mean=1.0, std=2.0, edges=(-100.0, 0.0, 100.0))
    narrow = layer_row(mean=0.0, std=1.0, edges=(-3.0, 0.0, 20.0))
    assert common_axis([wide, narrow]) == (1 - 3.5 * 2, 1 + 3.5 * 2)
    assert common_axis([narrow]) == (-3.0, 3.5)


def test_the_axis_of_a_constant_has_a_width():
    constant = layer_row(mean=2.0, std=0.0, edges=(1.5, 2.0, 2.5))
    assert common_axis([constant]) == (1.5, 2.5)


def test_the_axis_without_anything_finite():
    broken = layer_row(mean=math.nan, std=math.nan, counts=(0, 0), edges=(0, 0, 0))
    assert common_axis([broken]) == (-1.0, 1.0)
    assert common_axis([]) == (-1.0, 1.0)
    assert common_axis([broken, layer_row()]) == common_axis([layer_row()])


def test_heights_are_roots_of_counts():
    row = layer_row(counts=(1, 4, 16, 0), edges=(0.0, 1.0, 2.0, 3.0, 4.0))
    assert heights(row, (0.0, 4.0), 4) == pytest.approx([0.25, 0.5, 1.0, 0.0])


def test_counts_are_shared_out_between_bars():
    """Bins of 1 in bars of 0.5, 2 and 1.5."""
    row = layer_row(counts=(2, 8), edges=(0.0, 1.0, 2.0))
    assert heights(row, (0.0, 2.0), 4) == pytest.approx([0.5, 0.5, 1.0, 1.0])
    row = layer_row(counts=(2, 8, 6, 1), edges=(0.0, 1.0, 2.0, 3.0, 4.0))
    assert heights(row, (0.0, 4.0), 2) == pytest.approx([1.0, (7 / 10) ** 0.5])
    row = layer_row(counts=(2, 8, 4), edges=(0.0, 1.0, 2.0, 3.0))
    assert heights(row, (0.0, 3.0), 2) == pytest.approx([(6 / 8) ** 0.5, 1.0])


def test_what_lies_beside_the_axis_is_left_out():
    row = layer_row(counts=(100, 4, 1), edges=(0.0, 1.0, 2.0, 3.0))
    assert heights(row, (1.0, 3.0), 2) == pytest.approx([1.0, 0.5])
    assert heights(row, (2.0, 4.0), 2) == pytest.approx([1.0, 0.0])
    assert heights(row, (5.0, 7.0), 2) == [0.0, 0.0]


def test_blocks_show_any_output_at_all():
    counts = (10_000, 1, 0, 2500)
    row = layer_row(counts=counts, edges=(0.0, 1.0, 2.0, 3.0, 4.0))
    assert blocks(row, (0.0, 4.0), 4) == "█▁ ▄"


def test_a_layer_that_is_not_finite_has_no_bars():
    row = layer_row(mean=math.nan, std=math.nan, counts=(0, 0), edges=(0, 0, 0))
    assert blocks(row, (-1.0, 1.0), 5) == " " * 5
    shape = ET.fromstring(picture(row, (-1.0, 1.0))).findall("path")[-1]
    assert set(shape.attrib["d"].removeprefix("M0 30").split("h2")) == {
        "V30.0",
        "V30Z",
    }


def test_the_picture():
    row = layer_row(counts=(4, 1), edges=(-1.0, 1.0, 3.0), role="activation")
    svg = ET.fromstring(picture(row, (-1.0, 3.0)))
    assert svg.attrib["class"] == "histogram activation"
    assert svg.attrib["viewBox"] == "0 0 132 30"
    assert svg.attrib["aria-label"] == "layer: outputs from -1 to 3"
    zero, bars = (path.attrib["d"] for path in svg.findall("path"))
    assert zero == "M33.0 0V30"
    assert bars == f"M0 30{'V1.0h2' * 33}{'V15.5h2' * 33}V30Z"


@pytest.mark.parametrize("axis", [(0.5, 3.0), (-3.0, -0.5)])
def test_zero_is_marked_only_where_it_is(axis):
    svg = ET.fromstring(picture(layer_row(), axis))
    assert len(svg.findall("path")) == 1


def test_names_are_text():
    row = layer_row(name='<b>"&')
    assert (
        ET.fromstring(picture(row, (0.0, 1.0)))
        .attrib["aria-label"]
        .startswith('<b>"&: outputs')
    )
