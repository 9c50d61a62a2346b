"""A small experiment on digits, stopped and gone on with."""

import json
from dataclasses import replace

import pytest

from trainwell.core.errors import RunError
from trainwell.experiments import EXPERIMENTS, Experiment, run_experiment
from trainwell.recipes import choose, read_recipe, refuse_unused
from trainwell.recipes._data_stats import DataStats
from trainwell.runs import Quiet

QUICK = Experiment(
    claim="Digits should not be flipped.",
    common=("train.epochs=1", "train.precision=float32", "train.batch_size=256"),
    variants={"as is": ("augment.flip=false",), "flipped": ("augment.flip=true",)},
)


def test_all_variants_of_all_seeds_are_trained_once(tmp_path):
    first = run_experiment(QUICK, "digits", out=tmp_path, seeds=[0], reporter=Quiet())
    made = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("model.safetensors")}
    both = run_experiment(QUICK, "digits", out=tmp_path, seeds=[0, 1], reporter=Quiet())
    assert [(o.variant, o.seed) for o in both] == [
        ("as is", 0),
        ("flipped", 0),
        ("as is", 1),
        ("flipped", 1),
    ]
    assert both[:2] == first
    assert all(p.stat().st_mtime_ns == t for p, t in made.items()), "trained again"
    written = json.loads((tmp_path / "results.json").read_text())
    assert written["claim"] == QUICK.claim
    assert [o["accuracy"] for o in written["outcomes"]] == [o.accuracy for o in both]
    assert "| flipped | 2 |" in (tmp_path / "results.md").read_text()
    summary = json.loads((tmp_path / "as_is" / "seed0" / "summary.json").read_text())
    assert both[0].accuracy == summary["test_accuracy"]


def test_a_variants_keys_go_before_what_was_asked_for_all(tmp_path):
    asked = replace(QUICK, seeded=("data.split_seed",))
    run_experiment(
        asked,
        "digits",
        out=tmp_path,
        seeds=[3],
        only=["flipped"],
        overrides=["augment.flip=false", "data.per_class=20"],
        reporter=Quiet(),
    )
    recipe = read_recipe(tmp_path / "flipped" / "seed3" / "recipe.yaml")
    assert recipe.augment.flip
    assert recipe.data.per_class == 20
    assert (recipe.seed, recipe.data.split_seed) == (3, 3)


def test_an_unknown_variant_is_refused(tmp_path):
    with pytest.raises(RunError, match="no variant 'x'; there are as is, flipped"):
        run_experiment(QUICK, "digits", out=tmp_path, only=["x"])


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_recipe_of_the_catalogue_is_one(name):
    facts = DataStats(
        num_train=5000,
        num_classes=10,
        channels=3,
        median_height=32,
        median_width=32,
        imbalance=1.0,
        mirror=True,
        accelerator=False,
        cores=2,
    )
    for keys in EXPERIMENTS[name].variants.values():
        asked = read_recipe(None, (*EXPERIMENTS[name].common, *keys))
        refuse_unused(choose(asked, facts)[0])
