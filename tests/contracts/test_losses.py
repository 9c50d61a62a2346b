"""What every loss must do: one value per sample, of the sample alone, in float32."""

import inspect

import pytest
import torch
import torch.nn.functional as F

from trainwell import losses

FUNCTIONS = {
    name: f
    for name, f in vars(losses).items()
    if inspect.isfunction(f)
    and list(inspect.signature(f).parameters)[:2] == ["outputs", "targets"]
}
MODULES = {
    value.function.__name__: value
    for value in vars(losses).values()
    if inspect.isclass(value)
}
REGRESSION = {
    n for n, f in FUNCTIONS.items() if "visible" in inspect.signature(f).parameters
}


def _of_samples(function):
    def loss(outputs, targets, **options):
        return function(outputs, targets, reduction="none", **options)

    loss.__name__ = function.__name__
    return loss


LOSSES = {name: _of_samples(f) for name, f in FUNCTIONS.items()}
CLASSES = sorted(LOSSES.keys() - REGRESSION)


@pytest.fixture(params=LOSSES)
def loss(request):
    return LOSSES[request.param]


@pytest.fixture
def batch(loss):
    g = torch.Generator().manual_seed(0)
    if loss.__name__ in REGRESSION:
        outputs, targets = torch.randn(2, 4, 5, 2, generator=g)
        return outputs, targets
    return torch.rand(4, 5, generator=g) * 1.8 - 0.9, torch.tensor([0, 4, 2, 2])


def test_all_are_found():
    assert len(CLASSES) >= 6
    assert len(REGRESSION) >= 4


@pytest.mark.parametrize("name", FUNCTIONS)
def test_options_have_defaults_and_only_weight_may_be_positional(name):
    for parameter in list(inspect.signature(FUNCTIONS[name]).parameters.values())[2:]:
        assert (parameter.kind is parameter.KEYWORD_ONLY) == (
            parameter.name != "weight"
        )
        assert parameter.default is not parameter.empty


def test_reductions(loss, batch):
    values = loss(*batch)
    function = FUNCTIONS[loss.__name__]
    torch.testing.assert_close(function(*batch), values.mean())
    torch.testing.assert_close(function(*batch, reduction="mean"), values.mean())
    torch.testing.assert_close(function(*batch, reduction="sum"), values.sum())


@pytest.mark.parametrize("name", ["cross_entropy", "focal_loss"])
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_weights_are_reduced_as_in_torch(name, reduction):
    g = torch.Generator().manual_seed(0)
    outputs, labels = torch.randn(4, 5, generator=g), torch.tensor([0, 4, 2, 2])
    weight = torch.tensor([0.5, 2.0, 1.0, 0.1, 3.0])
    options = {"gamma": 0.0} if name == "focal_loss" else {}
    for targets in (labels, torch.eye(5)[labels]):
        ours = FUNCTIONS[name](outputs, targets, weight, reduction=reduction, **options)
        torchs = F.cross_entropy(outputs, targets, weight, reduction=reduction)
        torch.testing.assert_close(ours, torchs)


@pytest.mark.parametrize("name", ["l1_loss", "mse_loss", "smooth_l1_loss"])
def test_means_are_those_of_torch(name):
    outputs, targets = torch.randn(2, 4, 5, 2)
    torch.testing.assert_close(
        FUNCTIONS[name](outputs, targets), getattr(F, name)(outputs, targets)
    )


def test_every_function_has_its_module():
    assert MODULES.keys() == FUNCTIONS.keys()


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_the_module_is_its_function(loss, batch, reduction):
    module = MODULES[loss.__name__](reduction=reduction)
    expected = FUNCTIONS[loss.__name__](*batch, reduction=reduction)
    assert torch.equal(module(*batch), expected)
    assert f"reduction='{reduction}'" in repr(module)
    with pytest.raises(ValueError, match="`reduction` must be one of mean, sum, none"):
        MODULES[loss.__name__](reduction="average")
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        MODULES[loss.__name__](colour=1)


def test_a_module_keeps_its_arguments_and_moves_its_weight():
    weight = torch.tensor([1.0, 3.0])
    module = losses.FocalLoss(weight, gamma=1.0)
    assert "gamma=1.0" in repr(module)
    assert module.double().weight.dtype == torch.float64
    assert module.state_dict().keys() == {"weight"}
    outputs, targets = torch.randn(3, 2), torch.tensor([0, 1, 1])
    expected = losses.focal_loss(outputs, targets, weight, gamma=1.0)
    torch.testing.assert_close(module(outputs, targets), expected)


def test_modules_of_points_take_a_mask():
    outputs, targets = torch.randn(2, 4, 5, 2)
    visible = torch.rand(4, 5) < 0.5
    assert torch.equal(
        losses.WingLoss(width=5.0)(outputs, targets, visible=visible),
        losses.wing_loss(outputs, targets, width=5.0, visible=visible),
    )


def test_one_value_per_sample_that_no_other_sample_changes(loss, batch):
    outputs, targets = batch
    values = loss(outputs, targets)
    assert values.shape == (4,)
    single = [loss(outputs[i : i + 1], targets[i : i + 1]) for i in range(4)]
    torch.testing.assert_close(values, torch.cat(single))


def test_not_negative_and_finite_with_its_gradient(loss, batch):
    outputs = batch[0].requires_grad_()
    values = loss(outputs, batch[1])
    values.sum().backward()
    assert (values >= 0).all()
    assert values.isfinite().all()
    assert outputs.grad.isfinite().all()
    assert outputs.grad.any()


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_precision_gives_float32(loss, batch, dtype):
    outputs = batch[0].to(dtype)
    values = loss(outputs, batch[1])
    assert values.dtype == torch.float32
    torch.testing.assert_close(values, loss(outputs.float(), batch[1]))


def test_float64_stays(loss, batch):
    targets = batch[1].double() if batch[1].is_floating_point() else batch[1]
    assert loss(batch[0].double(), targets).dtype == torch.float64


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_a_distribution_on_one_class_is_its_index(name, dtype):
    outputs = torch.rand(4, 5, generator=torch.Generator().manual_seed(0)) * 1.8 - 0.9
    labels = torch.tensor([0, 4, 2, 2])
    values = LOSSES[name](outputs, torch.eye(5, dtype=dtype)[labels])
    torch.testing.assert_close(values, LOSSES[name](outputs, labels))


@pytest.mark.parametrize("name", sorted(REGRESSION))
def test_the_invisible_has_no_part_even_when_it_is_not_a_number(name):
    g = torch.Generator().manual_seed(0)
    outputs, targets = torch.randn(2, 3, 5, 2, generator=g)
    outputs.requires_grad_()
    visible = torch.tensor([[1, 1, 0, 1, 0], [0] * 5, [1] * 5]).bool()
    values = LOSSES[name](
        outputs, targets.masked_fill(~visible[..., None], torch.nan), visible=visible
    )
    values.sum().backward()
    assert values[1] == 0
    assert (outputs.grad[~visible] == 0).all()
    assert (outputs.grad[visible] != 0).all()
    shown = visible[0]
    alone = LOSSES[name](outputs[:1, shown], targets[:1, shown])
    torch.testing.assert_close(values[:1], alone)


@pytest.mark.parametrize("name", sorted(REGRESSION))
def test_shapes_that_disagree(name):
    with pytest.raises(ValueError, match="must have the same shape"):
        LOSSES[name](torch.zeros(2, 10), torch.zeros(2, 5, 2))
    with pytest.raises(ValueError, match="`visible` must have the shape"):
        LOSSES[name](
            torch.zeros(2, 5, 2), torch.zeros(2, 5, 2), visible=torch.ones(2, 4).bool()
        )


@pytest.mark.compile
def test_compiled_is_eager(loss, batch):
    torch._dynamo.reset()
    compiled = torch.compile(loss, fullgraph=True, backend="aot_eager")
    results = []
    for f in (loss, compiled):
        outputs = batch[0].clone().requires_grad_()
        values = f(outputs, batch[1])
        values.sum().backward()
        results.append((values, outputs.grad))
    torch.testing.assert_close(*results)
