"""The calls that a PyTorch user guesses work: one test per row of that table."""

import inspect

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn
from torch.utils.data import TensorDataset

import trainwell as tw
from trainwell.core.errors import RecipeError
from trainwell.runs import Quiet

FAST = {
    "train.epochs": 1,
    "train.threads": 1,
    "train.precision": "float32",
    "train.memory_format": "contiguous",
}


@pytest.fixture(scope="module")
def arrays():
    """60 small images of three classes that are easy to tell apart."""
    rng = np.random.default_rng(0)
    targets = np.arange(60) % 3
    images = rng.integers(0, 60, (60, 12, 12, 3)) + 80 * targets[:, None, None, None]
    return images.clip(0, 255).astype(np.uint8), targets


@pytest.fixture(scope="module")
def run(arrays, tmp_path_factory):
    return tw.train(
        arrays,
        recipe={"model": "softmax", **FAST},
        out=tmp_path_factory.mktemp("guessed") / "run",
        reporter=Quiet(),
    )


class Net(nn.Module):
    """A network of the caller's own."""

    def __init__(self, hidden: int, num_classes: int) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Flatten(), nn.LazyLinear(hidden), nn.ReLU())
        self.head = nn.Linear(hidden, num_classes)

    def forward(self, x):
        return self.head(self.body(x))


def test_functions_take_the_options_of_the_commands_as_keywords():
    options = {
        "train": {"recipe", "out", "resume"},
        "tune": {"budget", "sampler", "pruner", "over", "recipe", "storage", "out"},
        "evaluate": {"split", "bad_images", "views", "draws", "average"},
        "predict": {"views", "draws", "average", "allow_import"},
        "export": {"format", "out", "views", "allow_import"},
        "ensemble": {"out", "soup", "allow_import"},
        "search_augment": {"method", "budget", "out", "resume"},
    }
    for name, expected in options.items():
        parameters = inspect.signature(getattr(tw, name)).parameters
        keywords = {k for k, p in parameters.items() if p.kind is p.KEYWORD_ONLY}
        assert expected <= keywords, name


@pytest.mark.parametrize(
    "recipe",
    [
        {"optimizer": {"name": "sgd", "lr": 0.5}},
        {"optimizer.name": "sgd", "optimizer.lr": 0.5},
        {"optimizer": "sgd", "optimizer.lr": 0.5},
    ],
)
def test_a_recipe_may_be_a_mapping(recipe):
    read = tw.recipes.read_recipe(recipe)
    assert (read.optimizer.name, read.optimizer.lr) == ("sgd", 0.5)


def test_a_mapping_with_a_wrong_key_names_the_nearest():
    with pytest.raises(RecipeError, match="Did you mean `optimizer.lr`"):
        tw.recipes.read_recipe({"optimizer": {"lrr": 0.1}})


def test_modules_and_functions_of_norms():
    from trainwell.layers.norm import BatchRenorm2d, GroupNorm

    x = torch.randn(4, 8, 5, 5)
    assert BatchRenorm2d(8)(x).shape == x.shape
    assert GroupNorm(2, 8)(x).shape == x.shape
    functional = tw.layers.norm.functional
    mean, var = torch.zeros(8), torch.ones(8)
    y = functional.batch_renorm(x, mean, var, training=True)
    assert y.shape == x.shape


def test_optimizers_have_torch_conventions():
    net = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2))
    optimizer = tw.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.01)
    assert optimizer.param_groups[0]["weight_decay"] == 0.01
    assert tw.optim.Muon(net)
    with pytest.raises(ValueError, match="Muon"):
        tw.optim.Muon([nn.Parameter(torch.ones(3))])


def test_losses_have_torch_conventions():
    logits, targets = torch.randn(5, 4), torch.arange(5) % 4
    mean = tw.losses.focal_loss(logits, targets, gamma=2)
    each = tw.losses.focal_loss(logits, targets, gamma=2, reduction="none")
    module = tw.losses.FocalLoss(gamma=2)(logits, targets)
    torch.testing.assert_close(mean, each.mean())
    torch.testing.assert_close(module, mean)


def test_in_place_ends_in_an_underscore():
    weight = torch.empty(4, 3)
    assert tw.init.kaiming_normal_(weight) is weight
    assert "cosine" in repr(tw.schedules.cosine())


def test_one_image_or_many_of_any_kind(run, arrays, tmp_path):
    model = tw.load(run.path)
    images = arrays[0]
    for i in range(3):
        Image.fromarray(images[i]).save(tmp_path / f"{i}.png")
    path = tmp_path / "0.png"
    one = model.predict(images[0])
    same = [
        model.predict(path),
        model.predict(str(path)),
        model.predict(path.read_bytes()),
        model.predict(Image.open(path)),
        model.predict(torch.from_numpy(images[0]).permute(2, 0, 1)),
    ]
    for other in same:
        np.testing.assert_array_equal(one.probabilities, other.probabilities)
    assert model.predict(images[0, :, :, 0]).label in model.classes
    many = [model.predict(images[:3]), model.predict(tmp_path)]
    many += [model.predict([path, images[1], Image.open(tmp_path / "2.png")])]
    for three in many:
        assert [p.label for p in three] == [p.label for p in many[0]]
    assert tw.predict(run.path, path).label == one.label
    with pytest.raises(ValueError, match="must be uint8"):
        model.predict(images[0] / 255)


def test_reprs_fit_on_a_line(run):
    for shown in (run, tw.load(run.path), tw.predict(run.path, np.zeros((9, 9), "u1"))):
        assert "\n" not in repr(shown)
        assert len(repr(shown)) < 160


def test_a_torch_dataset(arrays, tmp_path):
    images, targets = arrays
    pixels = torch.from_numpy(images).permute(0, 3, 1, 2)
    dataset = TensorDataset(pixels, torch.from_numpy(targets))
    recipe = {"model": "softmax", **FAST}
    run = tw.train(dataset, recipe=recipe, out=tmp_path / "run", reporter=Quiet())
    assert run.summary["num_train"] > 30


def test_a_network_of_ones_own_is_trained_in_place(arrays, tmp_path):
    net = Net(16, 3)
    net(torch.zeros(1, 3, 12, 12))  # lazy layers take their shape
    before = net.head.weight.clone()
    recipe = {"data.image_size": 12, **FAST}
    out = tmp_path / "run"
    run = tw.train(arrays, recipe=recipe, model=net, out=out, reporter=Quiet())
    assert not torch.equal(net.head.weight, before)
    again = Net(16, 3)
    again(torch.zeros(1, 3, 12, 12))
    loaded = tw.load(run.path, model=again)
    torch.testing.assert_close(loaded.model.head.weight, net.head.weight)
    assert "Net" in (out / "origin.json").read_text()


def test_a_loss_a_policy_and_a_hook_of_ones_own(arrays, tmp_path):
    steps = []

    class Count(tw.training.Hook):
        def after_step(self, state, batch, loss):
            steps.append(loss.item())

    def run(out, **parts):
        recipe = {"model": "softmax", **FAST}
        found = tw.train(arrays, recipe=recipe, out=out, reporter=Quiet(), **parts)
        return (found.path / "model.safetensors").read_bytes()

    plain = run(tmp_path / "a")
    assert run(tmp_path / "b", hooks=[Count()]) == plain
    assert steps
    assert run(tmp_path / "c", loss=nn.MultiMarginLoss()) != plain
    smooth = nn.CrossEntropyLoss(label_smoothing=0.3)
    assert run(tmp_path / "d", loss=smooth) != plain
    assert run(tmp_path / "e", augment=tw.augment.policies.RandAugment()) != plain


@pytest.mark.parametrize(
    ("recipe", "parts", "message"),
    [
        ({"loss": "focal"}, {"loss": nn.CrossEntropyLoss()}, "the loss is given as an"),
        ({"model.name": "mlp"}, {"model": nn.Flatten()}, "the model is given as an"),
        ({"ensemble": 3}, {"model": nn.Flatten()}, "builds a network per seed"),
        ({}, {"model": nn.Flatten()}, "must return logits of shape"),
    ],
)
def test_what_does_not_go_together_is_refused(arrays, tmp_path, recipe, parts, message):
    out = tmp_path / "run"
    with pytest.raises(ValueError, match=message):
        tw.train(arrays, recipe={**FAST, **recipe}, out=out, reporter=Quiet(), **parts)
