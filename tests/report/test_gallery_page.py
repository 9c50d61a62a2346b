"""The page of experiments: counts, sections, and text that cannot become markup."""

import re

from markupsafe import Markup

from trainwell.report import GalleryItem, write_gallery


def item(name, section="S", word="held", numbers="1."):
    return GalleryItem(
        name,
        section,
        "T",
        "deck 1",
        "C.",
        ("E.",),
        "K.",
        word,
        numbers,
        "made",
        Markup(""),
    )


def test_counts_and_sections(tmp_path):
    items = [item("a"), item("b", "Z", "undecided"), item("c", "S", "not held")]
    page = write_gallery(items, tmp_path / "x.html").read_text()
    assert re.findall(r"<h2>(.)</h2>", page) == ["S", "Z"]
    assert re.findall(r'<article id="(.)"', page) == ["a", "c", "b"]
    assert re.findall(r"<dd>(\d) <small>of 3", page) == ["1", "1", "1"]


def test_text_is_escaped(tmp_path):
    page = write_gallery([item("a", numbers="<b>1")], tmp_path / "x.html").read_text()
    assert "&lt;b&gt;1" in page
