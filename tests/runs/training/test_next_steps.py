"""Commands that a run offers at its end: they work, and their numbers are right."""

import json
import re
import shlex

import pytest
from typer.testing import CliRunner

import trainwell as tw
from trainwell.cli._main import app
from trainwell.models import weights_file
from trainwell.runs import Quiet

SMALL = ("model=mlp", "train.epochs=2", "train.batch_size=16", "train.threads=1")
PHOTOS = "synthetic:shapes,size={},count=90,seed=3"


def offers(tmp_path, *fields, size=24, out="run"):
    run = tw.train(
        PHOTOS.format(size), *SMALL, *fields, out=tmp_path / out, reporter=Quiet()
    )
    return run, run.summary["next"]


def command(sentence):
    return shlex.split(sentence[sentence.index("trainwell ") :])[1:]


def test_mirror_images_are_offered_with_their_price_and_the_command_agrees(tmp_path):
    run, found = offers(tmp_path, "augment.flip=true")
    (sentence,) = [x for x in found if "mirror" in x]
    assert "twice the time per image" in sentence
    said = float(re.search(r"-> (\S+),", sentence)[1])
    args = [*command(sentence), "--split", "val", "--json"]
    result = CliRunner().invoke(app, args)
    assert result.exit_code == 0, result.output
    accuracy = float(re.search(r'"accuracy": (\S+?),', result.output)[1])
    assert said == pytest.approx(accuracy, abs=0.0006)
    assert f"validation {run.summary['val_accuracy']:.3f} ->" in sentence


def test_where_a_flip_changes_the_class_it_is_not_offered(tmp_path):
    _, found = offers(tmp_path, "augment.flip=false")
    assert not any("mirror" in x for x in found)


def test_under_a_time_limit_it_is_offered_and_not_measured(tmp_path):
    fields = ("augment.flip=true", "train.epochs=null", "train.time=5s")
    _, found = offers(tmp_path, *fields)
    (sentence,) = [x for x in found if "mirror" in x]
    assert "->" not in sentence


@pytest.mark.skipif(weights_file("efficientnet_lite0") is None, reason="no weights")
def test_random_weights_on_photographs_are_told_of_published_ones(tmp_path):
    _, found = offers(tmp_path, "data.split=stratified", "data.per_class=9", size=32)
    (sentence,) = [x for x in found if "published" in x]
    args = command(sentence)
    assert args[:2] == ["train", PHOTOS.format(32)]
    assert sorted(args[2:]) == ["data.per_class=9", "data.split=stratified"]
    args += ["train.time=5s", "train.threads=1", "--out", str(tmp_path / "again")]
    result = CliRunner().invoke(app, args)
    assert result.exit_code == 0, result.output
    summary = json.loads((tmp_path / "again" / "summary.json").read_text())
    assert summary["model"] == "efficientnet_lite0"
    assert not any("published" in x for x in summary["next"])
    _, small = offers(tmp_path, size=16, out="small")
    assert not any("published" in x for x in small)
