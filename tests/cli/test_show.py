"""What there is to choose from."""

from trainwell.models import names
from trainwell.recipes import PRESETS, keys


def test_every_key_with_its_meaning(invoke):
    lines = invoke("show", "recipe").stdout.splitlines()
    shown = dict(line.split(None, 1) for line in lines)
    assert shown == keys()


def test_every_network(invoke):
    lines = invoke("show", "models").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [
        *names(),
        "timm:NAME",
        "hf:NAME",
        "package.module:Class",
    ]


def test_every_preset_with_its_text(invoke):
    lines = invoke("show", "presets").stdout.splitlines()
    shown = dict(line.split(None, 1) for line in lines)
    assert shown.keys() == PRESETS.keys()
    assert "textbook" in shown["resnet"]


def test_alone_it_shows_help(invoke):
    assert "presets" in invoke("show").output
