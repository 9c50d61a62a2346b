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


def test_techniques_by_group(invoke):
    text = invoke("show", "techniques", "losses").stdout
    assert "loss.name=arcface" in text
    assert "trainwell.losses.arcface" in text
    assert "optimizer.name" not in text


def test_an_unknown_group(refused):
    message = refused("show", "techniques", "losing")
    assert message.startswith("`group` must be one of Activations")


def test_a_schedule_is_drawn(invoke, tmp_path):
    text = invoke("show", "schedule", "linear", "final=0.5").stdout
    rows = text.splitlines()
    assert rows[0].startswith("       1 ┤█")
    assert rows[0].rstrip()[-1] != "█"
    assert rows[10].rstrip().endswith("█")  # half of the height is left at the end
    invoke("show", "schedule", "step", "--out", tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_a_schedule_that_is_none(refused):
    assert refused("show", "schedule", "cosin").endswith("Did you mean `cosine`?")
