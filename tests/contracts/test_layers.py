"""What every layer built by a public builder must do, of whatever kind."""

import copy
import inspect
import typing
import warnings

import jaxtyping
import onnxruntime
import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import nn

from trainwell.core.techniques import builders
from trainwell.layers import activations, norm, stochastic
from trainwell.layers.norm._batch_norm import batch_norm_1d_layer

CHANNELS = 8
PLAIN = (int, float, bool, str, type(None))


ALL = {
    f"{section}.{name}": builder
    for section in ("activation", "norm", "noise")
    for name, builder in builders(section).items()
    if name not in ("weight_norm", "none", "drop_connect")  # not a layer of its own
}
ALL["norm.batch_norm_1d"] = batch_norm_1d_layer
ALL["noise.shake_shake"] = stochastic.ShakeShake
OURS = ("SyncBatchNorm", "FractionalMaxPool2d")
FROM_MODEL = ("num_features", "self")


VARIANTS = {
    "learned swish": lambda: activations.Swish(CHANNELS, learned=True),
    "exact whitening": lambda: norm.DecorrelatedBatchNorm2d(CHANNELS, method="eigen"),
    "renorm at work": lambda: norm.BatchRenorm2d(CHANNELS, warmup_steps=0, d_steps=2),
    "untracked": lambda: builders("norm")["batch_norm"](CHANNELS, track=False),
    "many draws": lambda: stochastic.FractionalMaxPool2d(samples=3),
    "dropped weights": lambda: stochastic.DropConnectLinear(6, 5),
    "matched moments": lambda: stochastic.DropConnectLinear(
        6, 5, activation=nn.ReLU(), test="gaussian"
    ),
    "maxout": lambda: activations.MaxoutConv2d(CHANNELS, 4, 3),
}


@pytest.fixture(params=ALL)
def builder(request):
    return ALL[request.param]


def build(builder):
    torch.manual_seed(0)
    takes = "num_features" in inspect.signature(builder).parameters
    return builder(CHANNELS) if takes else builder()


def inputs(layer, dtype=torch.float32, seed=0):
    """Return as many images as the layer takes inputs; vectors if it wants them."""
    g = torch.Generator().manual_seed(seed)
    count = len(inspect.signature(layer.forward).parameters)
    shape = (4, CHANNELS) if isinstance(layer, nn.BatchNorm1d) else (4, CHANNELS, 6, 6)
    return [torch.randn(shape, generator=g).to(dtype) for _ in range(count)]


def test_all_are_found():
    assert len([name for name in ALL if name.startswith("activation.")]) >= 9
    assert {"norm.batch_norm", "norm.batch_renorm", "norm.group_norm"} <= ALL.keys()
    assert {"noise.dropout", "noise.shake_drop", "noise.shake_shake"} <= ALL.keys()


def test_options_are_plain_and_have_defaults(builder):
    is_class = inspect.isclass(builder)
    hints = typing.get_type_hints(builder.__init__ if is_class else builder)
    for name, parameter in inspect.signature(builder).parameters.items():
        if name in FROM_MODEL or parameter.kind is parameter.VAR_POSITIONAL:
            continue
        if parameter.kind is parameter.VAR_KEYWORD:  # nn.Module's, which are refused
            continue
        assert parameter.default is not parameter.empty
        options = typing.get_args(hints[name]) or (hints[name],)
        assert all(option in PLAIN or isinstance(option, str) for option in options)
        assert isinstance(parameter.default, PLAIN)


def test_a_wrong_option_is_refused(builder):
    with pytest.raises(TypeError):
        builder(CHANNELS, no_such_option=1)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
def test_the_type_of_the_input_is_kept_and_values_are_finite(builder, dtype):
    layer = build(builder).to(dtype)
    for mode in (True, False):
        y = layer.train(mode)(*inputs(layer, dtype))
        assert y.dtype == dtype
        assert y.isfinite().all()


def test_a_gradient_flows_to_inputs_and_parameters(builder):
    layer = build(builder)
    values = [x.requires_grad_() for x in inputs(layer)]
    y = layer(*values)
    (y * torch.randn(y.shape)).sum().backward()
    for x in [*values, *layer.parameters()]:
        assert x.grad.isfinite().all()
        assert x.grad.any()


def test_evaluation_is_repeatable_and_draws_nothing(builder):
    layer = build(builder)
    values = inputs(layer)
    layer(*values)
    layer.eval()
    state, before = torch.get_rng_state(), copy.deepcopy(layer.state_dict())
    first = layer(*values)
    assert torch.equal(layer(*values), first)
    assert torch.equal(torch.get_rng_state(), state)
    assert all(torch.equal(v, before[k]) for k, v in layer.state_dict().items())


def test_an_image_alone_in_evaluation_is_that_of_the_batch(builder):
    layer = build(builder)
    values = inputs(layer)
    layer(*values)
    alone = layer.eval()(*(x[:1] for x in values))
    torch.testing.assert_close(alone, layer(*values)[:1])


def test_the_same_seed_gives_the_same_training(builder):
    results = []
    for _ in range(2):
        layer = build(builder)
        torch.manual_seed(5)
        results.append(layer(*inputs(layer)))
    assert torch.equal(*results)


def test_inputs_are_not_changed(builder):
    layer = build(builder)
    values = inputs(layer)
    before = [x.clone() for x in values]
    layer(*values)
    assert all(torch.equal(a, b) for a, b in zip(values, before, strict=True))


def test_the_state_survives_a_file(builder, tmp_path):
    layer = build(builder)
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.add_(0.3)
    layer(*inputs(layer, seed=1))
    save_file(layer.state_dict(), tmp_path / "layer.safetensors")
    other = build(builder)
    other.load_state_dict(load_file(tmp_path / "layer.safetensors"))
    values = inputs(layer, seed=2)
    assert torch.equal(other.eval()(*values), layer.eval()(*values))


class Every(nn.Module):
    """All layers that keep the shape, one after the other, then all others."""

    def __init__(self):
        super().__init__()
        layers = [build(builder) for builder in ALL.values()]
        images = [m for m in layers if not isinstance(m, nn.BatchNorm1d)]
        pairs = [m for m in images if len(inputs(m)) == 2]
        single = [m for m in images if len(inputs(m)) == 1]
        self.pairs = nn.ModuleList(pairs)
        self.same = nn.Sequential(*(m for m in single if self._keeps(m)))
        self.others = nn.ModuleList([m for m in single if not self._keeps(m)])
        self.linear = stochastic.DropConnectLinear(
            6, 5, activation=nn.ReLU(), test="gaussian"
        )
        self.maxout = activations.MaxoutConv2d(CHANNELS, 4, 3)
        self.maxout_linear = activations.MaxoutLinear(6, 4)

    def _keeps(self, layer):
        (x,) = inputs(layer)
        return layer(x).shape == x.shape

    def forward(self, x):
        x = self.same(x)
        outputs = [layer(x) for layer in self.others]
        outputs += [layer(x, 2 * x) for layer in self.pairs]
        last = [self.linear(x), self.maxout(x), self.maxout_linear(x)]
        return tuple(y.flatten(1).mean(1) for y in [*outputs, *last])


def test_the_exported_graph_computes_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)
    model = Every()
    (x,) = inputs(nn.Identity())
    for seed in range(3):
        model(inputs(nn.Identity(), seed=seed)[0])
    model.eval()
    path = tmp_path / "layers.onnx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(model, (x,), path, dynamo=True, verbose=False)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    outputs = session.run(None, {name: x.numpy()})
    for actual, expected in zip(outputs, model(x), strict=True):
        torch.testing.assert_close(
            torch.from_numpy(actual), expected.detach(), rtol=1e-4, atol=1e-5
        )


@pytest.mark.compile
@pytest.mark.parametrize("name", [*ALL, *VARIANTS])
def test_the_compiled_layer_equals_the_eager_one(name):
    torch._dynamo.reset()
    layer = VARIANTS[name]() if name in VARIANTS else build(ALL[name])
    compiled = torch.compile(copy.deepcopy(layer), fullgraph=True, backend="aot_eager")
    for mode in (True, True, False):
        results = []
        for f in (layer, compiled):
            f.train(mode)
            torch.manual_seed(5)
            values = [x.requires_grad_() for x in inputs(layer)]
            y = f(*values)
            y.square().sum().backward()
            results.append([y, *(x.grad for x in values)])
        for a, b in zip(*results, strict=True):
            torch.testing.assert_close(a, b)
    state = compiled._orig_mod.state_dict()
    for name, value in layer.state_dict().items():
        torch.testing.assert_close(state[name], value)


@pytest.mark.parametrize("name", ["batch_renorm", "batch_instance_norm"])
def test_norms_as_functions_are_their_modules(name):
    layer = builders("norm")[name](CHANNELS)
    (x,) = inputs(layer)
    layer(x)
    extra = {"rho": layer.rho} if name == "batch_instance_norm" else {}
    y = getattr(norm.functional, name)(
        x, layer.running_mean, layer.running_var, **extra
    )
    assert torch.equal(y, layer.eval()(x))


def test_torch_layers_are_the_ones_of_torch():
    for package in (activations, norm, stochastic):
        for name, value in vars(package).items():
            if inspect.isclass(value) and name not in OURS and hasattr(nn, name):
                assert value is getattr(nn, name), name


def test_arguments_are_positional_as_in_torch():
    assert norm.BatchRenorm2d(4, 1e-3, 0.2).momentum == 0.2
    assert norm.GroupNorm(2, 4).num_groups == 2
    assert stochastic.StochasticDepth(0.3).p == 0.3
    assert activations.Swish(4, beta=2.0)(torch.ones(1, 4)).shape == (1, 4)
