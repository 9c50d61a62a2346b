"""The coarse search on a hill whose top is known."""

import pytest
from tests.tuning.hill import DEFAULT, SPACE, Hill

from trainwell.tuning import Choices, Stage, Trial, coarse_search


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


@pytest.mark.parametrize("sampler", ["random", "grid"])
def test_names_alone_are_each_tried_once(sampler):
    space = {"model": Choices(("mlp", "lenet", "airbench"))}
    stage = Stage(0, 9, 1.0, 0, sampler)

    def work(numbers, propose):
        specs = [propose(n, []) for n in numbers]
        return [Trial(n, s, 0.5, (), "complete") for n, s in enumerate(specs)]

    found = coarse_search(work, {"model": "mlp"}, space, stage)
    tried = [t.spec.point["model"] for t in found.trials]
    assert tried[0] == "mlp"
    assert sorted(tried) == ["airbench", "lenet", "mlp"]
