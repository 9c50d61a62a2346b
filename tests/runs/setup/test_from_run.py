"""A finished model learns further classes: those that it knows are matched by name."""

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

import trainwell as tw
from trainwell.core.errors import RecipeError, RunError
from trainwell.recipes import read_recipe
from trainwell.runs import Quiet, train
from trainwell.runs.setup._from_run import completed_from_run

KEYS = (
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
)
COLOURS = {
    "amber": (230, 180, 20),
    "blue": (20, 40, 220),
    "green": (20, 200, 40),
    "rose": (240, 60, 150),
}


def data(*names, seed=0):
    """Noisy images about one colour per class."""
    generator = np.random.default_rng(seed)
    labels = np.repeat(names, 24)
    colours = np.array([COLOURS[name] for name in labels])[:, None, None]
    noise = generator.integers(-20, 21, (len(labels), 8, 8, 3))
    return (colours + noise).clip(0, 255).astype(np.uint8), labels


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    out = tmp_path_factory.mktemp("runs") / "first"
    keys = (*KEYS, "model=mlp", "train.epochs=8", "optimizer.lr=0.02")
    return train(data("blue", "green"), *keys, out=out, reporter=Quiet())


def test_a_class_is_added_in_front_and_the_others_are_still_known(run, tmp_path):
    """`amber` shifts every index by one."""
    keys = (
        *KEYS,
        f"model.pretrained={run.path}",
        "train.epochs=0.1",
        "optimizer.lr=1e-9",
    )
    longer = train(
        data("amber", "blue", "green"), *keys, out=tmp_path / "r", reporter=Quiet()
    )
    scores = tw.evaluate(longer, data("blue", "green", seed=5))
    assert scores.accuracy == 1.0
    old, new = (load_file(r.path / "model.safetensors") for r in (run, longer))
    head = [k for k in new if new[k].shape[0] == 3][0]
    assert torch.allclose(new[head][1:], old[head], atol=1e-6)
    assert not torch.allclose(new[head][0], old[head][0], atol=1e-3)


def test_it_learns_the_new_class(run, tmp_path):
    keys = (
        *KEYS,
        f"model.pretrained={run.path}",
        "train.epochs=12",
        "optimizer.lr=0.02",
    )
    longer = train(
        data("amber", "blue", "green", "rose"),
        *keys,
        out=tmp_path / "r",
        reporter=Quiet(),
    )
    assert (
        tw.evaluate(longer, data("amber", "blue", "green", "rose", seed=7)).accuracy
        > 0.95
    )


def test_network_and_size_are_those_of_the_run(run):
    recipe = completed_from_run(read_recipe(None, [f"model.pretrained={run.path}"]))
    assert (recipe.model.name, recipe.data.image_size, recipe.data.channels) == (
        "mlp",
        *sizes(run),
    )
    own = completed_from_run(
        read_recipe(None, [f"model.pretrained={run.path}", "model=lenet"])
    )
    assert own.model.name == "lenet"


def sizes(run):
    found = tw.load(run).metadata.preprocessing
    return found.image_size, found.channels


def test_what_is_no_run_or_holds_code(run, tmp_path):
    with pytest.raises(RunError, match="is not the folder of a run"):
        completed_from_run(read_recipe(None, [f"model.pretrained={tmp_path}"]))
    text = (run.path / "model.json").read_text().replace('"mlp"', '"mynets:Net"')
    (tmp_path / "model.json").write_text(text)
    with pytest.raises(RecipeError, match="name it yourself: model.name=mynets:Net"):
        completed_from_run(read_recipe(None, [f"model.pretrained={tmp_path}"]))


def test_the_head_of_a_run_is_asked_for_again(tmp_path):
    """Points start with the head that they had, unless the recipe says another."""
    generator, rows = np.random.default_rng(0), ["path,a_x,a_y,b_x,b_y"]
    for i in range(40):
        pixels = generator.integers(0, 256, (16, 16), np.uint8)
        Image.fromarray(pixels).save(tmp_path / f"{i}.png")
        rows.append(f"{i}.png,{i / 4 + 1},2,3,{i / 3 + 1}")
    (tmp_path / "t.csv").write_text("\n".join(rows))
    keys = (*KEYS, "model=airbench", "model.head=soft_argmax", "train.epochs=0.5")
    first = train(tmp_path / "t.csv", *keys, out=tmp_path / "r", reporter=Quiet())
    asked = read_recipe(None, [f"model.pretrained={first.path}"])
    assert completed_from_run(asked).model.head == "soft_argmax"
    for head in ("linear", "heatmap"):
        other = read_recipe(asked, [f"model.head={head}"])
        assert completed_from_run(other).model.head == head
    head = load_file(first.path / "model.safetensors")
    mean = next(v for k, v in head.items() if k.endswith("head.mean"))
    assert mean.tolist() == pytest.approx(tw.load(first).metadata.task.mean)
