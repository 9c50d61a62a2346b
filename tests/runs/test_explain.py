"""The page of a finished run, from Python."""

import numpy as np
import pytest
from PIL import Image

from trainwell.core.errors import DataError, UserError
from trainwell.runs import explain


@pytest.fixture(scope="module")
def files(digits_folder):
    return sorted((digits_folder / "test").rglob("*.png"))[:3]


def test_a_page_and_files(finished, files, tmp_path):
    page = explain(
        finished.path,
        files,
        top=2,
        out=tmp_path / "a.html",
        png=tmp_path / "maps",
        methods=["saliency", "occlusion"],
    )
    text = page.read_text()
    assert page == tmp_path / "a.html"
    assert text.count("<article") == 3
    assert text.count('alt="saliency of') == 6
    assert text.count('alt="occlusion of') == 6
    saved = sorted((tmp_path / "maps").glob("*.png"))
    assert len(saved) == 12
    with Image.open(saved[0]) as picture:
        assert min(picture.size) >= 8


def test_bad_images_are_left_out_if_asked(finished, files, tmp_path):
    bad = []
    page = explain(
        finished.path,
        [b"no image", files[0]],
        out=tmp_path / "a.html",
        methods=["saliency"],
        on_bad=lambda name, error: bad.append(name),
    )
    assert bad == ["image 0"]
    assert page.read_text().count("<article") == 1
    with pytest.raises(DataError):
        explain(finished.path, [b"no image"], out=tmp_path / "b.html")
    with pytest.raises(DataError, match="no image could be read"):
        explain(
            finished.path,
            [b"no image"],
            out=tmp_path / "b.html",
            on_bad=lambda name, error: None,
        )
    assert not (tmp_path / "b.html").exists()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"methods": ["gradcam"]}, "Did you mean `grad_cam`"),
        ({"target": "class 11"}, "`target` must be one of class 0, class 1"),
        ({"layer": "no layer", "methods": ["grad_cam"]}, "`layer` must be a layer"),
        ({"layer": "no layer"}, "`layer` must be a layer"),
        ({"top": 0}, "`top` must be a whole number above 0"),
    ],
)
def test_errors(finished, tmp_path, wrong, message):
    image = np.zeros((8, 8), np.uint8)
    with pytest.raises((UserError, ValueError), match=message):
        explain(finished.path, image, out=tmp_path / "a.html", **wrong)
