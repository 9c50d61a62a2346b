"""One function trains with everything that a recipe specifies."""

import pytest
import torch

from trainwell.core.errors import RecipeError
from trainwell.recipes import read_recipe
from trainwell.runs.setup._setup import build_setup
from trainwell.runs.training._fit import fit_setup, new_state
from trainwell.training import Hook


class Losses(Hook):
    def __init__(self):
        self.losses, self.rates = [], []

    def before_step(self, state, batch, loss):
        self.losses.append(loss.detach().item())

    def after_step(self, state, batch, loss):
        self.rates.append(state.optimizer.param_groups[0]["lr"])


def trained(session, **replaced):
    setup, losses = build_setup(session), Losses()
    fit_setup(setup, new_state(setup, 4), hooks=[losses], **replaced)
    return losses, [p.detach().clone() for p in setup.model.parameters()]


def test_the_penalty_is_part_of_the_loss(opened):
    plain, _ = trained(opened())
    costly, _ = trained(opened("penalty=l2", "penalty.weight=0.1"))
    setup = build_setup(opened())
    weights = [m.weight for m in setup.model.modules() if hasattr(m, "weight")]
    expected = plain.losses[0] + 0.1 * sum(
        float(w.detach().square().sum()) for w in weights
    )
    assert costly.losses[0] == pytest.approx(expected, rel=1e-5)


def test_gradients_are_treated(opened):
    plain = ("optimizer=sgd", "optimizer.weight_decay=0")
    limited = (*plain, "gradients=clip_norm", "gradients.limit=1e-6")
    start = [p.detach() for p in build_setup(opened(*plain)).model.parameters()]
    moved = []
    for recipe in (plain, limited):
        _, end = trained(opened(*recipe))
        pairs = zip(end, start, strict=True)
        moved.append(sum(float((a - b).abs().sum()) for a, b in pairs))
    assert 0 < moved[1] < 1e-3 * moved[0]


def test_a_schedule_in_place_of_the_recipes(opened):
    session = opened("optimizer.lr=0.5", "schedule=constant")
    losses, _ = trained(session, schedule=lambda progress: 0.1)
    assert losses.rates == pytest.approx([0.05] * 4)
    assert trained(session)[0].rates == pytest.approx([0.5] * 4)


def test_an_average_is_kept_if_the_recipe_says_so(opened):
    setup = build_setup(opened("train.average=0.5"))
    state = fit_setup(setup, new_state(setup, 3))
    weights = next(iter(setup.model.parameters()))
    average = next(iter(state.average.parameters()))
    assert not torch.equal(weights, average)
    assert new_state(build_setup(opened()), 3).average is None


def test_a_warm_up_in_steps_counts_steps(opened):
    words = ("schedule.name=constant", "schedule.warmup=3", "optimizer.lr=0.4")
    found, _ = trained(opened(*words))
    assert found.rates == pytest.approx([0.1, 0.2, 0.3, 0.4])
    share, _ = trained(opened(*words[::2], "schedule.warmup=0.5"))
    assert share.rates == pytest.approx([0.004, 0.202, 0.4, 0.4])


def test_a_warm_up_is_a_share_or_whole_steps():
    with pytest.raises(RecipeError, match="a share below 1, or a whole number"):
        read_recipe(None, ["schedule.warmup=2.5"])
