"""What every optimizer must do, whatever its rule and however it is called."""

import copy
import inspect

import pytest
import torch
from torch import Tensor, nn

from trainwell import optim
from trainwell.core.techniques import builders
from trainwell.optim import gradients
from trainwell.optim._combined import Combined
from trainwell.optim._muon import MuonMatrices


def _first(f):
    return next(iter(inspect.signature(f).parameters), "")


PUBLIC = {
    **builders("optimizer"),
    "lookahead": optim.Lookahead,
    "combined": Combined,
    "matrices": MuonMatrices,
}
TREATMENTS = {name: f for name, f in vars(gradients).items() if inspect.isfunction(f)}


def _builders():
    """Every way to build an optimizer for a model, from what it asks for first."""
    inner = optim.Momentum
    yield from (
        (name, lambda model, lr, f=f: f(model.parameters(), lr=lr))
        for name, f in PUBLIC.items()
        if _first(f) == "params"
    )
    yield from (
        (name, lambda model, lr, f=f: f(model, lr=lr))
        for name, f in PUBLIC.items()
        if _first(f) == "model"
    )
    yield from (
        (name, lambda model, lr, f=f: f(inner(model.parameters(), lr)))
        for name, f in PUBLIC.items()
        if _first(f) in ("optimizer", "optimizers")
    )


BUILDERS = dict(_builders())
RATES = pytest.mark.parametrize(
    "of_params", [n for n, f in PUBLIC.items() if _first(f) == "params"]
)


@pytest.fixture(params=BUILDERS)
def build(request):
    return BUILDERS[request.param]


def model():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Linear(3, 4, bias=False), nn.Tanh(), nn.Linear(4, 2, bias=False)
    )


def run(net, optimizer, steps):
    torch.manual_seed(1)  # a rule may draw; a checkpoint holds the generator's state
    x = torch.linspace(-1, 1, 15).view(5, 3)

    def closure():
        optimizer.zero_grad()
        loss = (net(x) - 0.5).square().mean()
        loss.backward()
        return loss

    return [torch.as_tensor(optimizer.step(closure)).item() for _ in range(steps)]


def same(a, b):
    return all(
        torch.equal(x, y) for x, y in zip(a.parameters(), b.parameters(), strict=True)
    )


def test_all_are_found():
    assert PUBLIC.keys() == BUILDERS.keys()
    assert len(PUBLIC) >= 15
    assert len(TREATMENTS) >= 4


def test_arguments_of_builders_are_keyword_only_with_defaults():
    for name, f in PUBLIC.items():
        for parameter in list(inspect.signature(f).parameters.values())[1:]:
            fine = parameter.kind is parameter.KEYWORD_ONLY
            fine = fine and parameter.default is not parameter.empty
            assert fine or parameter.name == "lr", f"{name}: {parameter}"


def test_the_loss_falls(build):
    net = model()
    losses = run(net, build(net, 0.01), 6)
    assert losses[-1] < losses[0]


def test_resume_through_the_state_dict_is_exact(build):
    a = model()
    first = build(a, 0.01)
    run(a, first, 3)
    b = copy.deepcopy(a)
    second = build(b, 0.01)
    second.load_state_dict(copy.deepcopy(first.state_dict()))
    run(a, first, 3)
    run(b, second, 3)
    assert same(a, b)


def test_resume_through_slots_is_exact(build):
    """As a checkpoint does it: tensors and plain numbers under each parameter."""
    a = model()
    first = build(a, 0.01)
    run(a, first, 3)
    b = copy.deepcopy(a)
    second = build(b, 0.01)
    for group, other in zip(first.param_groups, second.param_groups, strict=True):
        for x, y in zip(group["params"], other["params"], strict=True):
            slots = dict(first.state[x])
            assert all(
                type(v) in (int, float, bool) or isinstance(v, Tensor)
                for v in slots.values()
            )
            saved = {
                k: v.clone(memory_format=torch.contiguous_format)
                if isinstance(v, Tensor)
                else v
                for k, v in slots.items()
            }
            if saved:
                second.state[y].update(saved)
    run(a, first, 3)
    run(b, second, 3)
    assert same(a, b)


def test_a_rate_of_zero_moves_nothing(build):
    net = model()
    optimizer = build(net, 0.01)
    for group in optimizer.param_groups:
        group["lr"] = 0.0
    run(net, optimizer, 1)  # a rule may first bring the weights to a fixed norm
    before = copy.deepcopy(net)
    run(net, optimizer, 2)
    for x, y in zip(net.parameters(), before.parameters(), strict=True):
        torch.testing.assert_close(x, y)


@RATES
def test_a_parameter_without_gradient_is_left_alone(of_params):
    parameter, other = nn.Parameter(torch.ones(3, 2)), nn.Parameter(torch.ones(2, 2))
    group = {"params": [other, parameter], "weight_decay": 0.5}
    optimizer = PUBLIC[of_params]([group], lr=0.1)

    def closure():
        optimizer.zero_grad()
        loss = other.square().sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    assert torch.equal(parameter, torch.ones(3, 2))
    assert not torch.equal(other, torch.ones(2, 2))


@RATES
def test_groups_from_decay_groups_are_accepted(of_params):
    net = nn.Linear(3, 2, bias=False)
    optimizer = PUBLIC[of_params](optim.decay_groups(net, 0.05), lr=0.1)
    assert [g["weight_decay"] for g in optimizer.param_groups] == [0.05]


@pytest.mark.parametrize("name", TREATMENTS)
def test_treatments_return_the_norm_before_and_pass_over_what_is_missing(name):
    x, y = nn.Parameter(torch.ones(2)), nn.Parameter(torch.ones(2))
    x.grad = torch.tensor([30.0, -40.0])
    norm = TREATMENTS[name](p for p in (x, y))
    assert norm.item() == 50
    assert y.grad is None
    assert x.grad.norm() <= 2**0.5
    assert x.grad[0] > 0 > x.grad[1]
    assert TREATMENTS[name]([y]).item() == 0


def test_optimizers_of_torch_are_the_ones_of_torch():
    for name in ("SGD", "Adam", "AdamW", "Adagrad", "Adadelta", "RMSprop"):
        assert getattr(optim, name) is getattr(torch.optim, name)


def test_momentum_and_nesterov_are_sgd_with_its_flags():
    net = model()
    for ours, flags in ((optim.Momentum, {}), (optim.Nesterov, {"nesterov": True})):
        theirs = torch.optim.SGD(net.parameters(), 0.1, 0.8, weight_decay=1.0, **flags)
        group = ours(net.parameters(), 0.1, 0.8, weight_decay=1.0).param_groups[0]
        expected = theirs.param_groups[0]
        assert all(group[k] == v for k, v in expected.items() if k != "params")


def test_muon_takes_a_model_or_its_filters():
    net = model()
    filters = optim.Muon([net[0].weight], 0.1)
    assert [len(g["params"]) for g in filters.param_groups] == [1]
    net = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2))
    assert len(optim.Muon(net, 0.1).param_groups) == 3
    with pytest.raises(ValueError, match="pass the model itself, `Muon\\(model\\)`"):
        optim.Muon(net.parameters(), 0.1)
