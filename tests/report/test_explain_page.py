"""The page of explanations: every map and name, and text that cannot become markup."""

import re

import numpy as np
from PIL import Image

from trainwell.report import AnswerShown, ImageShown, MapShown, write_explanations

PIXELS = np.full((8, 8, 3), 100, np.uint8)


def answer(name):
    maps = (MapShown("Grad-CAM", Image.new("RGB", (8, 8))),)
    return AnswerShown(name, "0.9", maps)


def page_of(tmp_path, **changes):
    given = {"name": "a.png", "pixels": PIXELS, "words": "cat  0.9"}
    given |= {"answers": (answer("cat"), answer("dog"))} | changes
    path = write_explanations([ImageShown(**given)], tmp_path / "x.html", model="lenet")
    return path.read_text()


def test_every_answer_has_its_maps(tmp_path):
    page = page_of(tmp_path)
    assert re.findall(r"<h3><bdi>(\w+)</bdi><b>0.9", page) == ["cat", "dog"]
    assert re.findall(r'alt="(Grad-CAM of \w+)"', page) == [
        "Grad-CAM of cat",
        "Grad-CAM of dog",
    ]
    assert page.count("<img") == 3
    assert "http" not in re.sub(r"http-equiv", "", page)  # complete in itself


def test_what_fools_it(tmp_path):
    page = page_of(tmp_path, fooled="dog after 3", other=PIXELS)
    assert page.count("<img") == 4
    assert "<figcaption>dog after 3" in page
    without = page_of(tmp_path, fooled="nothing nearby")
    assert without.count("<img") == 3
    assert "nothing nearby" in without


def test_text_is_escaped(tmp_path):
    page = page_of(tmp_path, name="<b>", words="<i>", answers=(answer("<s>"),))
    for tag in ("<b>.png", "<i>", "<s>"):
        assert tag not in page
    assert "&lt;s&gt;" in page


def test_notes_and_no_images(tmp_path):
    path = tmp_path / "deep" / "x.html"
    page = write_explanations([], path, model="<m>", notes=["<n> is missing"])
    assert "&lt;n&gt; is missing" in page.read_text()
    assert "&lt;m&gt;" in page.read_text()
