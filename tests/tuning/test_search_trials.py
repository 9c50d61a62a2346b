"""The coarse and the finer search on a hill whose top is known."""

import math

import pytest

from trainwell.tuning import (
    Range,
    Stage,
    Trial,
    best_of,
    coarse_search,
    read_curves,
    refine_search,
)

SPACE = {"rate": Range(1e-4, 1.0), "decay": Range(1e-6, 1e-2)}
DEFAULT = {"rate": 0.5, "decay": 1e-5}
TOP = {"rate": 0.03, "decay": 2e-4}


def height(point):
    return 1 - sum((math.log10(point[k] / TOP[k]) / 4) ** 2 for k in TOP)


class Hill:
    """Does trials one after the other, and remembers them."""

    def __init__(self, most=10**6):
        self.trials, self.most = [], most

    def __call__(self, numbers, propose):
        mine = []
        for number in numbers:
            if len(self.trials) == self.most:
                break
            spec = propose(number, tuple(self.trials))
            score = height(spec.point)
            line = {"train_accuracy": score, "val_accuracy": score, "val_loss": 1.0}
            mine.append(Trial(number, spec, score, (line,), "complete"))
            self.trials.append(mine[-1])
        return mine


@pytest.mark.parametrize("sampler", ["random", "grid", "tpe"])
def test_the_default_is_trial_one_and_the_best_is_found(sampler):
    found = coarse_search(Hill(), DEFAULT, SPACE, Stage(0, 17, 2.0, 5, sampler))
    assert [t.number for t in found.trials] == list(range(17))
    assert found.default.spec.point == DEFAULT
    assert found.best.score == max(t.score for t in found.trials)
    assert found.best.score > found.default.score
    assert {t.spec.epochs for t in found.trials} == {2.0}
    assert found.passed


def test_random_brings_a_grid_of_as_many_to_compare():
    found = coarse_search(Hill(), DEFAULT, SPACE, Stage(0, 9, 1.0, 5))
    assert len(found.of("grid")) == len(found.of("random")) == 4
    assert len({t.spec.point["rate"] for t in found.of("grid")}) == 2
    assert len({t.spec.point["rate"] for t in found.of("random")}) == 4
    few = coarse_search(Hill(), DEFAULT, SPACE, Stage(0, 5, 1.0, 5))
    assert len(few.of("random")) == 4


def test_a_grid_alone_uses_every_point_once():
    found = coarse_search(Hill(), DEFAULT, SPACE, Stage(0, 10, 1.0, 5, "grid"))
    points = {tuple(t.spec.point.values()) for t in found.of("grid")}
    assert len(points) == 9


@pytest.mark.parametrize("sampler", ["random", "grid", "tpe"])
def test_rounds_close_in_on_the_top(sampler):
    hill = Hill()
    coarse = coarse_search(hill, DEFAULT, SPACE, Stage(0, 9, 1.0, 5))
    stage = Stage(9, 5, 4.0, 5, sampler)
    start = coarse.best.spec.point
    found = refine_search(hill, start, SPACE, stage, lambda number: number <= 4)
    assert [t.number for r in found.rounds for t in r.trials] == list(range(9, 29))
    widths = [
        math.log(r.space["rate"].high / r.space["rate"].low) for r in found.rounds
    ]
    whole = math.log(1e4)
    assert widths == pytest.approx([whole / 2, whole / 4, whole / 8, whole / 16])
    best = coarse.best
    for number, part in enumerate(found.rounds, 1):
        first = part.trials[0].spec
        assert (first.point, first.origin) == (best.spec.point, "best")
        for trial in part.trials:
            assert trial.spec.stage == f"refine {number}"
            assert not trial.spec.decays
            for name, values in part.space.items():
                x = trial.spec.point[name]
                assert values.low * 0.9999 <= x <= values.high * 1.0001
        best = best_of([best, *part.trials])
    assert found.best.score >= coarse.best.score
    assert found.best.score > 0.97


def test_a_round_that_is_cut_short_is_the_last():
    start = DEFAULT
    found = refine_search(
        Hill(7), start, SPACE, Stage(0, 5, 1.0, 0), lambda number: number < 9
    )
    assert [len(r.trials) for r in found.rounds] == [5, 2]
    none = refine_search(
        Hill(), start, SPACE, Stage(0, 5, 1.0, 0), lambda number: False
    )
    assert (none.best, none.passed) == (None, False)


def test_failed_and_pruned_trials_are_not_the_best():
    trials = coarse_search(Hill(), DEFAULT, SPACE, Stage(0, 3, 1.0, 5)).trials
    bad = [
        Trial(7 + i, trials[0].spec, 9.0, (), s)
        for i, s in enumerate(("failed", "pruned"))
    ]
    assert best_of([*bad, *trials]).score < 9
    assert best_of(bad) is None
    tie = [Trial(n, trials[0].spec, 0.5, (), "complete") for n in (4, 2, 3)]
    assert best_of(tie).number == 2


def test_curves_are_read_in_words():
    spec = coarse_search(Hill(), DEFAULT, SPACE, Stage(0, 1, 1.0, 5)).default.spec

    def reading(train, val):
        lines = [
            {"train_accuracy": t, "val_accuracy": v, "val_loss": 1.0}
            for t, v in zip(train, val, strict=True)
        ]
        return read_curves(Trial(0, spec, val[-1], tuple(lines), "complete"), 10)

    assert reading([0.2, 0.5], [0.2, 0.5]).kind == "still rising"
    assert reading([0.2, 0.5], [0.2, 0.5]).passed
    assert reading([0.5, 0.99], [0.5, 0.6]).kind == "overfitting"
    assert not reading([0.5, 0.99], [0.5, 0.6]).passed
    assert reading([0.1, 0.1], [0.1, 0.1]).kind == "chance"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"sampler": "gird"}, "Did you mean `grid`"),
        ({"count": 0}, "`count` must be positive"),
        ({"epochs": 0.0}, "`epochs` must be positive"),
    ],
)
def test_messages(wrong, message):
    with pytest.raises(ValueError, match=message):
        Stage(**{"first": 0, "count": 3, "epochs": 1.0, "seed": 0, **wrong})
