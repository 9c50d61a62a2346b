"""A search on real files of images: what it reads, writes and refuses."""

import json

import numpy as np
import pytest
import yaml

from trainwell import data
from trainwell.augment.policies import NUM_ENTRIES, Population, SubPolicies, read_policy
from trainwell.core.errors import UserError
from trainwell.runs import Quiet, search_augment, train
from trainwell.runs.augment_search import _population as population
from trainwell.tuning import PopulationAugment


def test_the_file_is_a_policy_that_says_where_it_comes_from(found, small):
    method, result, _ = found
    assert read_policy(result.path) == result.policy
    kind = SubPolicies if method is small.DENSITY else Population
    assert isinstance(result.policy, kind)
    header = [x for x in result.path.read_text().splitlines() if x.startswith("#")]
    assert small.SOURCE in header[0]
    assert type(method).__name__ in header[1]
    assert "seed 0" in header[2]
    assert "held-out" in header[3]


def test_the_log_holds_everything(found, small):
    method, result, _ = found
    log = json.loads(result.log.read_text())
    assert log["source"] == small.SOURCE
    assert log["seconds"] > 0
    if method is small.DENSITY:
        assert len(log["trials"]) == 2 * 2 * 4
        assert len(log["plain"]) == 2
        assert len(result.policy.sub_policies) == 2 * 2 * 2 * 5
    else:
        assert [len(turns) for turns in log["rounds"]] == [4] * 4
        best = max(turn[2] for turn in log["rounds"][-1])
        assert log["lineage"][-1][2] == best
        assert f"{best:.4f} best" in result.notes[1]
        assert sum(result.policy.epochs) == 4


def test_no_checkpoint_is_left(found):
    left = sorted(p.name for p in found[1].log.parent.iterdir())
    assert [name for name in left if "checkpoint" in name or "tensors" in name] == []


def test_only_training_images_are_read(found, small):
    splits = data.load(small.SOURCE)
    keys = np.concatenate([dataset.keys for dataset in found[2]])
    assert set(keys) <= set(splits.train.keys)
    hidden = set(splits.val.keys) | set(splits.test.keys)
    assert not hidden & set(keys)


def test_a_training_can_use_it(found, tmp_path, small):
    path = f"augment.file={found[1].path}"
    run = train(small.SOURCE, *small.FAST, path, out=tmp_path / "run", reporter=Quiet())
    assert (run.path / "policy.yaml").read_text() == found[1].path.read_text()


def test_the_seed_decides(found, tmp_path, small):
    method, result, _ = found
    again = small.search(tmp_path / "a.yaml", method)
    assert (again.policy, small.tried(again)) == (result.policy, small.tried(result))
    other = small.search(tmp_path / "b.yaml", method, "seed=1")
    assert small.tried(other) != small.tried(result)


def test_nothing_is_overwritten(tmp_path, small):
    mine = tmp_path / "policy.yaml"
    mine.write_text(yaml.safe_dump({"name": "cutout"}))
    for resume in (False, True):
        with pytest.raises(UserError, match="policy.yaml exists already; choose"):
            small.search(mine, small.DENSITY, resume=resume)
    assert [p.name for p in tmp_path.iterdir()] == ["policy.yaml"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["augment=randaugment"], "`augment.name` changes nothing in"),
        (["augment=mine.yaml"], "`augment.file` changes nothing in"),
        (["train.epochs=null", "train.time=9s"], "`train.time` changes nothing in"),
        (["train.average=0.9"], "`train.average` changes nothing in"),
        (
            ["schedule=reduce_on_plateau"],
            "`schedule.name=reduce_on_plateau` changes nothing",
        ),
        (["optimizr.lr=1"], "Did you mean `optimizer.lr`?"),
    ],
)
def test_what_a_search_leaves_out_is_refused(tmp_path, more, message, small):
    with pytest.raises(UserError) as caught:
        small.search(tmp_path / "policy.yaml", small.DENSITY, *more)
    assert message in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("method", ["DENSITY", "PBA"])
def test_too_little_time_is_refused_before_anything_is_written(tmp_path, method, small):
    with pytest.raises(UserError, match=r"`budget` of 0 s is too short: training"):
        small.search(tmp_path / "policy.yaml", getattr(small, method), budget="0.01s")
    assert list(tmp_path.iterdir()) == []


def test_bad_places_are_refused(tmp_path, small):
    with pytest.raises(UserError, match="must end in .yaml, got"):
        small.search(tmp_path / "policy", small.DENSITY)
    with pytest.raises(UserError, match="its folder does not exist"):
        small.search(tmp_path / "no" / "policy.yaml", small.DENSITY)
    with pytest.raises(ValueError, match="`method` must be one of fast_autoaugment"):
        small.search(tmp_path / "policy.yaml", "pbaa")


@pytest.mark.parametrize("method", ["DENSITY", "PBA"])
def test_chosen_operations_are_searched(tmp_path, method, small):
    options, out = getattr(small, method), tmp_path / "policy.yaml"
    small.search(out, options, ops="gamma, gaussian_noise")
    policy = read_policy(out)
    if method == "PBA":
        assert policy.operations == ("gamma", "gaussian_noise")
    else:
        names = {o[0] for chain in policy.sub_policies for o in chain}
        assert names == {"gamma", "gaussian_noise"}
    with pytest.raises(UserError, match="`ops` .*--ops.* Did you mean `gamma`"):
        small.search(tmp_path / "other.yaml", options, ops=["gama"])


def test_a_schedule_that_does_nothing_is_said(tmp_path, monkeypatch, small):
    warned = []
    monkeypatch.setattr(Quiet, "warn", lambda reporter, text: warned.append(text))
    zeros = [(0,) * 2 * NUM_ENTRIES] * 2
    monkeypatch.setattr(population, "first_policies", lambda *_: zeros)
    small.search(tmp_path / "a.yaml", PopulationAugment(members=2, interval=4))
    assert [text for text in warned if "does nothing" in text]
    warned.clear()
    fives = [(5,) * 2 * NUM_ENTRIES] * 2
    monkeypatch.setattr(population, "first_policies", lambda *_: fives)
    small.search(tmp_path / "b.yaml", PopulationAugment(members=2, interval=4))
    assert warned == []


def test_a_resumed_search_may_import_what_its_folder_names(
    tmp_path, monkeypatch, small
):
    out = tmp_path / "p.yaml"
    (tmp_path / "p.search").mkdir()
    (tmp_path / "p.search" / "recipe.yaml").write_text("model: {name: 'mynets:Net'}\n")
    with pytest.raises(
        UserError, match=r"names the network `mynets:Net`.*allow_import"
    ):
        search_augment(small.SOURCE, out=out, resume=True, reporter=Quiet())

    def reached(source, requested, *args):
        raise UserError(f"reached {requested.model.name}")

    monkeypatch.setattr("trainwell.runs.augment_search._search.open_data", reached)
    with pytest.raises(UserError, match="reached mynets:Net"):
        search_augment(
            small.SOURCE, out=out, resume=True, allow_import=True, reporter=Quiet()
        )
