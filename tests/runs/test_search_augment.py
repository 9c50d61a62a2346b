"""A search on real files of images: what it reads, writes, and survives."""

import json
import signal
from collections import Counter
from types import SimpleNamespace

import numpy as np
import pytest
import yaml

from trainwell import data
from trainwell.augment.policies import Population, SubPolicies, read_policy
from trainwell.core.errors import UserError
from trainwell.recipes import read_recipe
from trainwell.runs import Interrupted, Quiet, search_augment, train
from trainwell.runs import _search_augment as searching
from trainwell.runs import _search_clock as clocks
from trainwell.runs import _search_density as density
from trainwell.runs import _search_pace as pace
from trainwell.runs import _search_parts as parts
from trainwell.runs import _search_population as population
from trainwell.train import TimeLimit
from trainwell.tune import FastAutoAugment, PopulationAugment

SOURCE = "synthetic:shapes,size=12,count=240,seed=3"
FAST = (
    "model.name=softmax",
    "train.epochs=4",
    "train.batch_size=16",
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
    "train.checkpoint_seconds=0.01",
)
DENSITY = FastAutoAugment(folds=2, rounds=2, trials=4, top=2)
PBA = PopulationAugment(members=4, interval=1)


class Stopped(BaseException):
    """As sudden as a kill."""


def search(out, method, *more, resume=False, budget=None):
    return search_augment(
        SOURCE,
        *FAST,
        *more,
        method=method,
        out=out,
        resume=resume,
        budget=budget,
        reporter=Quiet(),
    )


@pytest.fixture(scope="module", params=[DENSITY, PBA], ids=["density", "pba"])
def found(request, tmp_path_factory):
    """A method, what it found, and what it opened meanwhile."""
    opened = []
    original = data.open_store

    def watched(dataset, **how):
        opened.append(dataset)
        return original(dataset, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts.data, "open_store", watched)
        out = tmp_path_factory.mktemp("search") / "policy.yaml"
        return request.param, search(out, request.param), opened


def tried(found):
    log = json.loads(found.log.read_text())
    return log["trials"] if "trials" in log else log["rounds"]


def test_the_file_is_a_policy_that_says_where_it_comes_from(found):
    method, result, _ = found
    assert read_policy(result.path) == result.policy
    kind = SubPolicies if method is DENSITY else Population
    assert isinstance(result.policy, kind)
    header = [x for x in result.path.read_text().splitlines() if x.startswith("#")]
    assert SOURCE in header[0]
    assert type(method).__name__ in header[1]
    assert "seed 0" in header[2]
    assert "held-out" in header[3]


def test_the_log_holds_everything(found):
    method, result, _ = found
    log = json.loads(result.log.read_text())
    assert log["source"] == SOURCE
    assert log["seconds"] > 0
    if method is DENSITY:
        assert len(log["trials"]) == 2 * 2 * 4
        assert len(log["plain"]) == 2
        assert len(result.policy.sub_policies) == 2 * 2 * 2 * 5
    else:
        assert [len(turns) for turns in log["rounds"]] == [4] * 4
        best = max(turn[2] for turn in log["rounds"][-1])
        assert log["lineage"][-1][2] == best
        assert f"{best:.4f} best" in result.words[1]
        assert sum(result.policy.epochs) == 4


def test_no_checkpoint_is_left(found):
    left = sorted(p.name for p in found[1].log.parent.iterdir())
    assert [name for name in left if "checkpoint" in name or "tensors" in name] == []


def test_only_training_images_are_read(found):
    splits = data.load(SOURCE)
    keys = np.concatenate([dataset.keys for dataset in found[2]])
    assert set(keys) <= set(splits.train.keys)
    hidden = set(splits.val.keys) | set(splits.test.keys)
    assert not hidden & set(keys)


def test_a_training_can_use_it(found, tmp_path):
    path = f"augment.file={found[1].path}"
    run = train(SOURCE, *FAST, path, out=tmp_path / "run", reporter=Quiet())
    assert (run.path / "policy.yaml").read_text() == found[1].path.read_text()


def test_the_seed_decides(found, tmp_path):
    method, result, _ = found
    again = search(tmp_path / "a.yaml", method)
    assert (again.policy, tried(again)) == (result.policy, tried(result))
    other = search(tmp_path / "b.yaml", method, "seed=1")
    assert tried(other) != tried(result)


def stopping(patch, module, name, calls):
    """Let a function end the process, as it were, at one of its calls."""
    original, count = getattr(module, name), iter(range(calls))

    def stopped(*words, **more):
        if next(count, None) is None:
            raise Stopped
        return original(*words, **more)

    patch.setattr(module, name, stopped)


@pytest.mark.parametrize("calls", [3, 22, 35])
def test_a_killed_search_goes_on_as_if_nothing_had_happened(found, tmp_path, calls):
    """Killed at a training step: in the first network or round, and later ones."""
    method, result, _ = found
    out = tmp_path / "policy.yaml"
    with pytest.MonkeyPatch.context() as patch:
        stopping(patch, clocks.StopAt, "after_step", calls)
        with pytest.raises(Stopped):
            search(out, method)
    assert not out.exists()
    again = search(out, method, resume=True)
    assert (again.policy, tried(again)) == (result.policy, tried(result))


def test_a_search_killed_among_trials_drops_a_torn_line(found, tmp_path):
    method, result, _ = found
    module, name = (
        (density, "loss_under") if method is DENSITY else (population, "judged")
    )
    out = tmp_path / "policy.yaml"
    with pytest.MonkeyPatch.context() as patch:
        stopping(patch, module, name, 6)
        with pytest.raises(Stopped):
            search(out, method)
    if method is DENSITY:
        lines = out.with_suffix(".search") / "trials.jsonl"
        assert len(lines.read_text().splitlines()) == 6
        lines.write_text(lines.read_text() + '{"fold": 0, "rou')
    again = search(out, method, resume=True)
    assert (again.policy, tried(again)) == (result.policy, tried(result))


def test_a_signal_saves_and_says_how_to_go_on(found, tmp_path, monkeypatch):
    method, result, _ = found
    steps = iter(range(1000))
    original = clocks.StopAt.after_step

    def signalled(hook, *words):
        original(hook, *words)
        if next(steps) == 12:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(clocks.StopAt, "after_step", signalled)
    out = tmp_path / "policy.yaml"
    with pytest.raises(Interrupted, match=rf"--resume --out {out}"):
        search(out, method)
    again = search(out, method, resume=True)
    assert (again.policy, tried(again)) == (result.policy, tried(result))


def test_time_spent_is_counted_over_resumes(tmp_path):
    clock = clocks.Clock(100.0)
    (tmp_path / "seconds.json").write_text("60.0")
    clock.keep_in(tmp_path / "seconds.json")
    clock.start -= 10
    assert clock.spent == pytest.approx(70, abs=1)
    assert clock.left == pytest.approx(30, abs=1)
    assert clock.useful == pytest.approx(28, abs=1)
    clock.noted -= 5
    clock.note()
    noted = float((tmp_path / "seconds.json").read_text())
    assert noted == pytest.approx(70, abs=1)


@pytest.fixture
def seconds(monkeypatch):
    """A clock that stands still unless told to go on."""
    now = [0.0]
    frozen = SimpleNamespace(perf_counter=lambda: now[0])
    monkeypatch.setattr(clocks, "time", frozen)

    def costs(module, name, amount):
        original = getattr(module, name)

        def slow(*words, **more):
            now[0] += amount
            return original(*words, **more)

        monkeypatch.setattr(module, name, slow)

    return costs


def test_trials_share_the_time_and_end_in_it(seconds, tmp_path):
    """98 of 100 s at 3 s each: 33 trials, as many on each part and in each round."""
    seconds(density, "loss_under", 3.0)
    how = FastAutoAugment(folds=2, rounds=2, trials=40, top=1, chains=1)
    result = search(tmp_path / "policy.yaml", how, budget="100s")
    counts = Counter((t["fold"], t["round"]) for t in tried(result))
    assert sorted(counts) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert set(counts.values()) <= {8, 9}


def paced(monkeypatch, **how):
    """Let a search believe in a pace."""
    measured = pace.measure

    def told(bench):
        return measured(bench)[0], pace.Pace(setup=0.0, **how)

    monkeypatch.setattr(searching, "measure", told)


def test_networks_get_their_share_of_the_time(seconds, tmp_path, monkeypatch):
    limits = []

    def noted(limit, per_epoch):
        limits.append(limit)
        return TimeLimit(1000.0, per_epoch)

    monkeypatch.setattr(density, "TimeLimit", noted)
    paced(monkeypatch, train=0.1, judge=0.001)
    search(tmp_path / "policy.yaml", DENSITY, budget="50s")
    assert limits == [0.5 * 49 / 2, 0.5 * 49]


def test_rounds_fill_the_time(seconds, tmp_path, monkeypatch):
    """Rounds of 4 s in 19.6 of 20 s: four of an epoch, one of 0.9, in steps of 1/8."""
    seconds(population._Trainer, "train", 1.0)
    paced(monkeypatch, train=1 / (172 * 0.8), judge=0.0)
    result = search(tmp_path / "policy.yaml", PBA, budget="20s")
    log = json.loads(result.log.read_text())
    assert log["epochs"] == [1, 1, 1, 1, 0.875]
    assert sum(result.policy.epochs) == 4.875


def test_rounds_follow_the_time_that_the_last_one_took(seconds, tmp_path, monkeypatch):
    """Planned as 1 s each, they take 4 s: of twenty there are but five."""
    seconds(population._Trainer, "train", 1.0)
    paced(monkeypatch, train=0.25 / (172 * 0.8), judge=0.0)
    result = search(tmp_path / "policy.yaml", PBA, budget="20s")
    assert len(tried(result)) == 5


def test_the_recipe_of_a_resumed_search_stays(tmp_path):
    out = tmp_path / "policy.yaml"
    with pytest.MonkeyPatch.context() as patch:
        stopping(patch, clocks.StopAt, "after_step", 3)
        with pytest.raises(Stopped):
            search(out, DENSITY)
    saved = read_recipe(out.with_suffix(".search") / "recipe.yaml")
    assert (saved.seed, saved.train.epochs) == (0, 4)
    with pytest.raises(UserError, match="`seed`=1 differs from the run's 0"):
        search(out, DENSITY, "seed=1", resume=True)
    with pytest.raises(UserError, match="begun with another method"):
        search(out, PBA, resume=True)
    with pytest.raises(UserError, match=r"holds a search; add --resume"):
        search(out, DENSITY)


def test_nothing_is_overwritten(tmp_path):
    mine = tmp_path / "policy.yaml"
    mine.write_text(yaml.safe_dump({"name": "cutout"}))
    for resume in (False, True):
        with pytest.raises(UserError, match="policy.yaml exists already; choose"):
            search(mine, DENSITY, resume=resume)
    assert [p.name for p in tmp_path.iterdir()] == ["policy.yaml"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["augment=randaugment"], "`augment.name` has no use here"),
        (["augment=mine.yaml"], "`augment.file` has no use here"),
        (["train.epochs=null", "train.time=9s"], "`train.time` has no use here"),
        (["train.average=0.9"], "`train.average` has no use here"),
        (["schedule=reduce_on_plateau"], "`schedule=reduce_on_plateau` has no use"),
        (["optimizr.lr=1"], "Did you mean `optimizer.lr`?"),
    ],
)
def test_what_a_search_leaves_out_is_refused(tmp_path, more, message):
    with pytest.raises(UserError) as caught:
        search(tmp_path / "policy.yaml", DENSITY, *more)
    assert message in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("method", [DENSITY, PBA])
def test_too_little_time_is_refused_before_anything_is_written(tmp_path, method):
    with pytest.raises(UserError, match=r"`--budget` of 0 s is too short: training"):
        search(tmp_path / "policy.yaml", method, budget="0.01s")
    assert list(tmp_path.iterdir()) == []


def test_bad_places_are_refused(tmp_path):
    with pytest.raises(UserError, match="must end in .yaml, got"):
        search(tmp_path / "policy", DENSITY)
    with pytest.raises(UserError, match="its folder does not exist"):
        search(tmp_path / "no" / "policy.yaml", DENSITY)
    with pytest.raises(ValueError, match="`method` must be one of fast_autoaugment"):
        search(tmp_path / "policy.yaml", "pbaa")
