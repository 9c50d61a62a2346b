"""Scores for people and for scripts."""

import json

import pytest


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
