import re
import xml.etree.ElementTree as ET

import matplotlib
import pytest

from trainwell.report._svg import ACCENT, _in_page_font, draw


def paint(figure):
    axes = figure.add_subplot()
    axes.plot([0, 1], [1, 2], "o-", color=ACCENT)
    axes.set_title("a title")


def test_colours_are_those_of_the_page():
    svg = draw(paint, name="one", label="A line")
    assert "var(--accent)" in svg
    assert "var(--line)" in svg
    assert "var(--muted)" in svg
    assert not re.search(r"#[0-9a-f]{6}\b(?!-)", svg)


def test_text_is_text_in_the_font_of_the_page():
    svg = draw(paint, name="one", label="A line")
    assert ">a title</text>" in svg
    assert "DejaVu" not in svg
    assert "font:" not in svg
    assert "font-size: 9px" in svg


@pytest.mark.parametrize(
    "style",
    [
        "font: 9px 'DejaVu Sans', sans-serif; text-anchor: middle",
        "font-size: 9px; font-family: 'DejaVu Sans', sans-serif; text-anchor: middle",
    ],
)
def test_the_font_of_older_and_newer_matplotlib(style):
    text = f'<text style="{style}">0.5</text>'
    expected = '<text style="font-size: 9px; text-anchor: middle">0.5</text>'
    assert _in_page_font(text) == expected


def test_it_is_well_formed_scalable_and_described():
    svg = draw(paint, name="one", label='2 < 3 & "so"')
    root = ET.fromstring(svg.replace("xlink:href", "href"))
    assert root.attrib["aria-label"] == '2 < 3 & "so"'
    assert root.attrib["role"] == "img"
    assert "viewBox" in root.attrib
    assert "width" not in root.attrib
    assert "metadata" not in svg
    assert "<style" not in svg


def test_ids_of_two_pictures_differ_and_references_hold():
    first, second = (draw(paint, name=name, label="") for name in ("one", "two"))
    ids = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in (first, second)]
    assert ids[0]
    assert not ids[0] & ids[1]
    used = set(re.findall(r'(?:url\(|href=")#([^")]+)', first))
    assert used
    assert used <= ids[0]


def test_the_same_picture_is_the_same_text():
    assert draw(paint, name="one", label="") == draw(paint, name="one", label="")


def test_settings_of_the_user_neither_count_nor_change():
    plain = draw(paint, name="one", label="")
    with matplotlib.rc_context({"lines.linewidth": 9, "axes.titlepad": 30}):
        assert draw(paint, name="one", label="") == plain
        assert matplotlib.rcParams["lines.linewidth"] == 9


def test_settings_come_back_after_a_failure():
    before = dict(matplotlib.rcParams)

    def fail(figure):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        draw(fail, name="one", label="")
    assert dict(matplotlib.rcParams) == before
