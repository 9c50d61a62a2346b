"""Scores for people and for scripts."""

import json

import numpy as np
import pytest
from PIL import Image

import trainwell as tw


def test_for_people(trained, invoke, pictures):
    result = invoke("evaluate", trained[1], pictures)
    assert result.exit_code == 0
    first, *rest = result.stdout.splitlines()
    summary = json.loads((trained[1] / "summary.json").read_text())
    assert first.startswith(f"test: accuracy {summary['test_accuracy']:.4f}   loss ")
    assert first.endswith(f"{summary['num_test']} images")
    assert rest.pop(0).startswith("balanced accuracy ")
    assert [line.split()[0] for line in rest[:3]] == ["0", "1", "7"]
    assert (
        rest[3]
        == f"Left out: {summary['num_train']} images that the run was trained on."
    )


def test_for_scripts(trained, invoke, pictures):
    scores = json.loads(
        invoke("evaluate", trained[1], pictures, "--json", "--split", "train").stdout
    )
    summary = json.loads((trained[1] / "summary.json").read_text())
    assert scores["num_images"] == summary["num_train"]
    assert sum(map(sum, scores["confusion"])) == summary["num_train"]
    right = sum(scores["confusion"][i][i] for i in range(3))
    assert scores["accuracy"] == pytest.approx(right / summary["num_train"])


def test_unknown_classes(trained, refused):
    assert refused("evaluate", trained[1], "digits").startswith("digits")


def test_views(trained, invoke, refused, pictures, tmp_path):
    def scores(*options):
        said = invoke("evaluate", trained[1], pictures, "--json", *options).stdout
        return json.loads(said)["loss"]

    policy = tmp_path / "policy.yaml"
    policy.write_text("name: randaugment\nnum_ops: 1\n")
    found = {views: scores("--views", views) for views in ("none", "flip", "ten_crop")}
    found["policy"] = scores("--views", str(policy), "--draws", "2")
    assert found["none"] == scores()
    assert len(set(found.values())) == 4
    assert scores("--views", "flip", "--average", "logits") != found["flip"]
    for idle in (["--draws", "2"], ["--average", "logits"]):
        said = refused("evaluate", trained[1], pictures, *idle)
        assert f"`{idle[0].strip('-')}` needs" in said
    said = refused("evaluate", trained[1], pictures, "--views", "twirl")
    assert "must be one of none, flip" in said


@pytest.fixture(scope="module")
def ages(tmp_path_factory):
    """A run on the column `age`, and a table of other images that calls it `years`."""
    root = tmp_path_factory.mktemp("ages")
    rng = np.random.default_rng(0)
    tables = {"old": ["path,age"], "new": ["path,height,years"]}
    for name, lines in tables.items():
        for i in range(60):
            pixels = rng.integers(0, 256, (8, 8), np.uint8)
            Image.fromarray(pixels).save(root / f"{name}{i}.png")
            more = "1.5," if name == "new" else ""
            lines.append(f"{name}{i}.png,{more}{rng.uniform(0, 90):.2f}")
        (root / f"{name}.csv").write_text("\n".join(lines))
    keys = ("train.epochs=1", "train.threads=1", "train.precision=float32",
            "train.memory_format=contiguous")  # fmt: skip
    run = tw.train(root / "old.csv", *keys, model="mlp", out=root / "run",
                   reporter=tw.runs.Quiet())  # fmt: skip
    return run.path, root


def test_columns_of_another_table_are_named(ages, invoke, refused):
    run, root = ages
    new = root / "new.csv"
    assert "data.target_column" in refused("evaluate", run, new)
    said = invoke("evaluate", run, new, "data.target_column=years", "--json").stdout
    assert json.loads(said)["num_images"] == 60
    other = invoke("evaluate", run, new, "data.target_column=height", "--json").stdout
    assert json.loads(other)["mae"] != json.loads(said)["mae"]
    line = refused("evaluate", run, new, "data.target_column=year")
    assert "no column 'year'" in line
    assert "Did you mean `years`?" in line


@pytest.mark.parametrize("key", ["train.epochs=1", "data.val_share=0.3", "seed=3"])
def test_keys_that_say_nothing_of_how_data_are_read(ages, refused, key):
    run, root = ages
    line = refused("evaluate", run, root / "new.csv", key)
    name = key.partition("=")[0]
    assert line.startswith(f"`{name}` changes nothing in `trainwell evaluate`: ")
    assert "data.target_column" in line


def test_what_this_source_has_no_use_for(ages, refused):
    run, root = ages
    line = refused("evaluate", run, root / "old.csv", "data.points_origin=centre")
    assert line.startswith("`data.points_origin` changes nothing: it is for points")
    line = refused("evaluate", run, root / "old.csv", "data.pattern=x(?P<label>.)")
    assert line.startswith("`data.pattern` changes nothing")


def test_rows_to_skip_are_said_once(ages, invoke, refused):
    run, root = ages
    broken = root / "broken.csv"
    lines = (root / "new.csv").read_text().splitlines()
    broken.write_text("\n".join([*lines, "new0.png,1.5,"]))
    words = ("evaluate", run, broken, "data.target_column=years")
    assert "missing" in refused(*words)
    for skip in (["data.bad_images=skip"], ["--bad-images", "skip"]):
        found = invoke(*words, *skip, "--json")
        assert json.loads(found.stdout)["num_images"] == 60
    line = refused(*words, "data.bad_images=skip", "--bad-images", "skip")
    assert "`data.bad_images` is given twice" in line
