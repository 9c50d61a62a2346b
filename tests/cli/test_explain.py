"""`trainwell explain` as a user runs it."""

import shutil

import pytest


@pytest.fixture
def image(pictures, tmp_path):
    path = tmp_path / "a.png"
    shutil.copy(next(pictures.rglob("*.png")), path)
    return path


def test_a_page(trained, invoke, image, tmp_path):
    page = tmp_path / "page.html"
    result = invoke("explain", trained[1], image, "--out", page, "--top", 3)
    assert result.exit_code == 0
    assert result.stdout == f"{page}\n"
    assert page.read_text().count("<h3>") == 3


def test_one_class_one_method_and_files(trained, invoke, image, tmp_path):
    words = ("--target", "7", "--method", "occlusion", "--method", "saliency")
    more = ("--out", tmp_path / "page.html", "--png", tmp_path / "maps")
    assert invoke("explain", trained[1], image, *words, *more).exit_code == 0
    names = sorted(path.name for path in (tmp_path / "maps").iterdir())
    assert names == ["000-0-a-7-occlusion.png", "000-0-a-7-saliency.png"]


def test_a_broken_image_among_others(trained, invoke, image, tmp_path):
    broken = tmp_path / "b.png"
    broken.write_bytes(b"no image")
    page = tmp_path / "page.html"
    result = invoke(
        "explain", trained[1], image, broken, "--out", page, "--method", "saliency"
    )
    assert result.exit_code == 2
    assert "1 of 2 images were not explained" in result.stderr
    assert page.read_text().count("<article") == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--target", "8"), "`target` must be one of 0, 1, 7; got '8'."),
        (("--method", "cam"), "`methods` must be one of grad_cam, hires_cam"),
        (("--method", "grad_cam", "--layer", "x"), "`layer` must be a layer"),
    ],
)
def test_errors_in_one_line(trained, refused, image, tmp_path, words, message):
    line = refused("explain", trained[1], image, *words, "--out", tmp_path / "p.html")
    assert line.startswith(message)


def test_no_run_and_no_image(trained, refused, image, tmp_path):
    assert "is not a folder" in refused("explain", tmp_path / "gone", image)
    assert "gone.png" in refused("explain", trained[1], tmp_path / "gone.png")
