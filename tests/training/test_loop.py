"""The loop: order of events, rates, clipping, stopping, exact resume."""

import torch
from torch import nn

from trainwell.schedules import constant
from trainwell.training import Hook, load_checkpoint, save_checkpoint


class Log(Hook):
    def __init__(self, stop_at=None):
        self.events, self.rates, self.stop_at = [], [], stop_at

    def on_start(self, state):
        self.events.append("start")

    def before_step(self, state, batch, loss):
        assert all(p.grad is not None for p in state.model.parameters())
        self.events.append(f"before {state.step}")

    def after_step(self, state, batch, loss):
        self.events.append(f"after {state.step}")
        self.rates.append(state.optimizer.param_groups[0]["lr"])
        if state.step == self.stop_at:
            state.stop = "signal"

    def on_end(self, state):
        self.events.append("end")


def weights(state):
    return torch.cat([v.double().flatten() for v in state.model.state_dict().values()])


def test_order_of_events_and_rate_of_each_step(setup):
    log = Log()
    setup.fit(setup.state(total_steps=2), [log])
    assert log.events == ["start", "before 0", "after 1", "before 1", "after 2", "end"]
    assert log.rates == [0.05, 0.025]


def test_a_hook_can_stop_the_run(setup):
    state = setup.fit(setup.state(total_steps=9), [Log(stop_at=4)])
    assert state.step == 4
    assert state.stop == "signal"


def test_a_hook_can_make_the_plan_longer_and_shorter(setup):
    class Replan(Hook):
        def after_step(self, state, batch, loss):
            state.total_steps = {2: 5, 5: 9, 6: 7}.get(state.step, state.total_steps)

    long = setup.state(total_steps=2)
    log = Log()
    setup.fit(long, [Replan(), log], schedule=constant())
    assert long.step == 7
    plain = setup.fit(setup.state(total_steps=7), schedule=constant())
    assert torch.equal(weights(long), weights(plain))


def test_it_learns(setup):
    class First(Hook):
        losses = []

        def after_step(self, state, batch, loss):
            self.losses.append(loss.item())

    setup.fit(setup.state(total_steps=60), [First()])
    assert First.losses[-1] < 0.5 * First.losses[0]


def test_resume_in_the_middle_of_an_epoch_is_bit_exact(setup, tmp_path):
    whole = setup.fit(setup.state(average=True))
    half = setup.fit(setup.state(average=True), [Log(stop_at=7)])
    assert half.step % setup.batches().per_epoch
    save_checkpoint(tmp_path / "c.safetensors", half)
    torch.manual_seed(99)
    resumed = setup.state(average=True)
    load_checkpoint(tmp_path / "c.safetensors", resumed)
    assert (resumed.step, resumed.total_steps) == (7, 12)
    setup.fit(resumed)
    assert torch.equal(weights(whole), weights(resumed))
    assert torch.equal(
        torch.cat([p.flatten() for p in whole.average.parameters()]),
        torch.cat([p.flatten() for p in resumed.average.parameters()]),
    )


def test_the_penalty_counts_in_loss_and_gradient(setup):
    losses, norms = [], []

    class Look(Hook):
        def before_step(self, state, batch, loss):
            losses.append(loss.item())
            norms.append(next(state.model.parameters()).grad.norm().item())

    setup.fit(setup.state(total_steps=1), [Look()], schedule=constant())
    charged = setup.state(total_steps=1)
    weight = next(charged.model.parameters())
    cost = 0.5 * weight.square().sum().item()
    setup.fit(
        charged,
        [Look()],
        schedule=constant(),
        penalty=lambda: 0.5 * weight.square().sum(),
    )
    assert abs(losses[1] - losses[0] - cost) < 1e-5
    assert norms[1] != norms[0]


def test_the_average_is_the_recursion_written_out(setup):
    state = setup.state(total_steps=3, average=True)
    expected = [p.detach().clone() for p in state.model.parameters()]

    class Follow(Hook):
        def after_step(self, state, batch, loss):
            d = min(0.9, (1 + state.step) / (10 + state.step))
            for a, p in zip(expected, state.model.parameters(), strict=True):
                a.mul_(d).add_(p.detach(), alpha=1 - d)

    setup.fit(state, [Follow()], average_decay=0.9)
    for a, b in zip(expected, state.average.parameters(), strict=True):
        torch.testing.assert_close(a, b)


def test_bfloat16_keeps_float32_weights(setup):
    state = setup.fit(setup.state(total_steps=2), precision="bfloat16")
    assert {p.dtype for p in state.model.parameters()} == {torch.float32}


def test_seconds_count_hooks_and_step_seconds_do_not(setup):
    class Slow(Hook):
        def after_step(self, state, batch, loss):
            nn.Linear(2000, 2000)(torch.ones(100, 2000))

    state = setup.fit(setup.state(total_steps=3), [Slow()])
    assert state.seconds > state.step_seconds > 0
