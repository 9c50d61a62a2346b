"""What there is to choose from."""

from trainwell.core.recipe_keys import complete, recipe_keys
from trainwell.models import names
from trainwell.recipes import PRESETS, keys


def test_every_key_with_its_meaning(invoke):
    lines = invoke("show", "recipe").stdout.splitlines()
    heads = [line.partition("  (")[0] for line in lines[::2]]
    assert heads == [entry.key for entry in recipe_keys()]
    for line, (key, meaning) in zip(lines[1::2], keys().items(), strict=True):
        assert line.strip().startswith(meaning.partition(" (")[0]), key
    crop = lines[lines.index(next(x for x in lines if x.startswith("augment.crop")))]
    assert "none | pad_crop | resized_crop | short_side" in crop
    assert "(0.1)  number >= 0, < 1" in next(x for x in lines if "data.val_share" in x)


def test_the_keys_of_a_section(invoke, refused):
    lines = invoke("show", "recipe", "optimizer.l").stdout.splitlines()
    assert [x.split()[0] for x in lines[::2]] == [
        "optimizer.lr",
        "optimizer.lookahead",
        "optimizer.likelihood",
    ]
    assert "Did you mean `optimizer`?" in refused("show", "recipe", "optimiser")


def test_every_network(invoke):
    lines = invoke("show", "models").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [
        *names(),
        "timm:NAME",
        "torchvision:NAME",
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
    assert "trainwell.losses.arcface_loss" in text
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


def drawn(path):
    from PIL import Image

    with Image.open(path) as image:
        image.load()
        return image.size


def test_augmentation_is_drawn_and_named(invoke, tmp_path):
    out = tmp_path / "a.png"
    result = invoke(
        "show",
        "augment",
        "synthetic:shapes,size=16,count=60",
        *("augment=randaugment", "augment.cutout=0.5", "augment.crop=none"),
        *("--out", out, "--images", 2, "--draws", 3),
    )
    lines = result.stdout.splitlines()
    assert lines[-1] == f"Wrote {out}."
    assert [line.startswith("  ") for line in lines[:4]] == [False, True, True, True]
    assert sum(line.endswith("cutout 0.5") for line in lines) == 6
    width, height = drawn(out)
    assert width > height > 100


def test_a_run_shows_what_it_saw(invoke, trained, tmp_path):
    _, run = trained
    out = tmp_path / "a.png"
    results = [
        invoke("show", "augment", run, "--sample", i, "--out", out) for i in range(3)
    ]
    seen = [r for r in results if r.exit_code == 0]  # one may be left out of an epoch
    assert seen
    assert drawn(out)[0] > 100
    assert len(seen[0].stdout.splitlines()) == 3


def test_augmentation_that_cannot_be_drawn(refused, trained, tmp_path):
    _, run = trained
    out = ("--out", tmp_path / "a.png")
    message = refused("show", "augment", "digits", "augment=randagment", *out)
    assert "Did you mean `randaugment`" in message
    assert "--sample" in refused("show", "augment", run, *out)
    assert "not the folder of a run" in refused(
        "show", "augment", "digits", "--sample", 1, *out
    )
    assert "keeps its recipe" in refused(
        "show", "augment", run, "augment=randaugment", "--sample", 1, *out
    )
    message = refused("show", "augment", "digits", "--out", tmp_path / "a.xyz")
    assert "must end in one of" in message
    message = refused("show", "augment", "digits", "--out", tmp_path / "no" / "a.png")
    assert "its folder does not exist" in message


def test_what_tab_completes():
    assert "augment=randaugment" in complete("augment=r")
    assert "augment.cutout=" in complete("augment.c")
