"""Pictures for other packages: colours of the page, or of their own."""

from xml.dom import minidom

from trainwell.report import inline_svg, standalone_svg


def paint(figure):
    figure.subplots().plot([1, 2], [3, 4])


def test_a_picture_in_a_page_has_no_colours_of_its_own():
    svg = inline_svg(paint, name="a", label="A < B", size=(3, 2))
    assert svg.startswith('<svg class="plot"')
    assert "A &lt; B" in svg
    assert "var(--accent)" in svg
    assert "<style" not in svg


def test_a_file_is_whole_and_has_light_and_dark():
    svg = standalone_svg(paint, name="a", label="A < B")
    root = minidom.parseString(svg).documentElement
    assert root.tagName == "svg"
    assert root.getAttribute("aria-label") == "A < B"
    style = root.getElementsByTagName("style")[0].firstChild.data
    assert "prefers-color-scheme: dark" in style
    assert all(f"--{name}:" in style for name in ("ink", "accent", "series-6"))
