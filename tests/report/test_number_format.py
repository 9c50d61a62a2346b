import math
import shlex
from pathlib import Path

import pytest
from markupsafe import Markup

from trainwell.report import _number_format as formats


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (13.94, "13.9 s"),
        (59.4, "59.4 s"),
        (59.97, "1 min 00 s"),
        (60, "1 min 00 s"),
        (250.4, "4 min 10 s"),
        (3599.6, "1 h 00 min"),
        (3900, "1 h 05 min"),
        (90_000, "25 h 00 min"),
    ],
)
def test_duration(seconds, text):
    assert formats.duration(seconds) == text


def test_score():
    assert formats.score(0.71449) == "0.714"
    assert formats.score(math.nan) == "–"


def test_many():
    assert formats.many(1, "image") == "1 image"
    assert formats.many(1200, "image") == "1,200 images"
    assert formats.many(2, "class", "classes") == "2 classes"


def test_span():
    assert formats.span([28, 28]) == "28"
    assert formats.span([160, 3740]) == "160 to 3,740"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("../data/photos/", "photos"),
        ("digits", "digits"),
        ("/", "/"),
        ("a.csv", "a.csv"),
    ],
)
def test_short_name(source, name):
    assert formats.short_name(source) == name


def test_a_path_breaks_behind_its_slashes_and_is_escaped():
    assert formats.breakable("a/<b>.png") == Markup("a/<wbr>&lt;b&gt;.png")


def test_the_command_survives_a_shell():
    source = "/data/it's; rm $HOME"
    line = formats.command(source, Path("runs/a b/recipe.yaml"), "lenet")
    assert shlex.split(line) == [
        "trainwell",
        "train",
        source,
        "--recipe",
        "runs/a b/recipe.yaml",
    ]


def test_the_command_of_arrays_is_python():
    line = formats.command("arrays", Path("runs/x/recipe.yaml"), "lenet")
    assert line == "trainwell.train((images, targets), recipe='runs/x/recipe.yaml')"


def test_sections_join_to_the_recipe():
    recipe = "name: auto\nseed: 0\ndata:\n  size: 8\n  list:\n  - 1\nloss:\n  x: a\n"
    parts = formats.sections(recipe)
    assert [part.split("\n")[0] for part in parts] == ["name: auto", "data:", "loss:"]
    assert "\n".join(parts) + "\n" == recipe


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("photos", "trainwell train photos --recipe r.yaml --allow-import"),
        (
            "arrays",
            "trainwell.train((images, targets), recipe='r.yaml', allow_import=True)",
        ),
    ],
)
def test_the_command_of_an_own_network_allows_it(source, expected):
    assert formats.command(source, Path("r.yaml"), "mynets:Net") == expected
