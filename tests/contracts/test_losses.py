"""What every loss must do: one value per sample, of the sample alone, in float32."""

import inspect

import pytest
import torch

from trainwell import losses

LOSSES = {
    name: f
    for name, f in vars(losses).items()
    if inspect.isfunction(f)
    and list(inspect.signature(f).parameters)[:2] == ["outputs", "targets"]
}
REGRESSION = {
    n for n, f in LOSSES.items() if "visible" in inspect.signature(f).parameters
}
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


def test_options_are_keyword_only_and_have_defaults(loss):
    for parameter in list(inspect.signature(loss).parameters.values())[2:]:
        assert parameter.kind is parameter.KEYWORD_ONLY
        assert parameter.default is not parameter.empty


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
