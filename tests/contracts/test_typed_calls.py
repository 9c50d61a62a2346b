"""What people type at the public functions is done, or answered in one line."""

import ast
import inspect
import re
from pathlib import Path

import numpy as np
import pytest
import torch
import typer
from torch import nn

import trainwell as tw
from trainwell.cli._main import app
from trainwell.core.errors import ArgumentError, DataError, ModelError, RunError
from trainwell.runs import Quiet

FIXED = {"train.threads": 1, "train.precision": "float32", "train.epochs": 1}
FIXED |= {"train.memory_format": "contiguous"}
LENET = {**FIXED, "model": "softmax"}
TAKES_RECIPE = ["train", "tune", "check", "check_transfer", "search_augment"]
FUNCTIONS = {  # commands and the functions that do the same
    "train": tw.train,
    "tune": tw.tune,
    "evaluate": tw.evaluate,
    "predict": tw.predict,
    "export": tw.export,
    "ensemble": tw.ensemble,
    "check data": tw.check,
    "check init": tw.check_init,
    "check transfer": tw.check_transfer,
    "search augment": tw.search_augment,
}
DISPLAY = {
    "csv",
    "json",
    "points",
    "probabilities",
}  # how the terminal shows the result
NOWHERE = "no such folder"  # what is refused before the data are read


class Net(nn.Module):
    """A network for 8 px, of the caller's own."""

    def __init__(self) -> None:
        super().__init__()
        self.head = nn.Linear(3 * 8 * 8, 2)

    def forward(self, x):
        return self.head(x.flatten(1))


class Counter:
    """No hook, although it looks like one."""

    def after_step(self, state, batch, loss):
        pass


@pytest.fixture(scope="module")
def arrays():
    rng = np.random.default_rng(0)
    targets = np.arange(40) % 2
    images = rng.integers(0, 60, (40, 8, 8, 3)) + 150 * targets[:, None, None, None]
    return images.astype(np.uint8), targets


@pytest.fixture(scope="module")
def run(arrays, tmp_path_factory):
    out = tmp_path_factory.mktemp("typed") / "run"
    return tw.train(arrays, LENET, out=out, reporter=Quiet())


def options(command):
    names = command.split()
    group = typer.main.get_command(app)
    for name in names:
        group = group.commands[name]
    return {p.name for p in group.params if p.param_type_name == "option"} - {"help"}


@pytest.mark.parametrize("command", FUNCTIONS)
def test_every_option_of_a_command_is_a_keyword_of_the_function(command):
    parameters = inspect.signature(FUNCTIONS[command]).parameters.values()
    keywords = {p.name for p in parameters if p.kind is p.KEYWORD_ONLY}
    assert options(command) - DISPLAY <= keywords


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("augment", lambda image: image),
        ("augment", 3),
        ("loss", 3),
        ("loss", lambda outputs: outputs.mean()),
        ("model", print),
        ("model", Net),
        ("hooks", [Counter()]),
        ("hooks", [print]),
        ("hooks", Counter()),
        ("recipe", 3),
        ("out", 3),
        ("resume", "yes"),
        ("reporter", print),
    ],
)
def test_wrong_kinds_are_refused_before_the_data_are_read(argument, value):
    with pytest.raises(ArgumentError) as caught:
        tw.train(NOWHERE, **{argument: value})
    assert str(caught.value).startswith(f"`{argument}` must be ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("part", "known"), [("augment", "randaugment"), ("loss", "focal")]
)
def test_unknown_names_of_parts_are_answered_with_the_known(part, known):
    with pytest.raises(ValueError, match=known):
        tw.train(NOWHERE, **{part: f"{known}z"})


def test_parts_may_be_named(arrays, tmp_path):
    parts = {"model": "softmax", "loss": "focal", "augment": "randaugment"}
    out = tmp_path / "run"
    tw.train(arrays, recipe=FIXED, out=out, reporter=Quiet(), **parts)
    recipe = tw.recipes.read_recipe(out)
    named = recipe.model.name, recipe.loss.name, recipe.augment.name
    assert named == ("softmax", "focal", "randaugment")


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (lambda: tw.tune(NOWHERE, budget=5), '`budget` .* Write "40s", "10m"'),
        (lambda: tw.tune(NOWHERE, over=[1]), "`over` must be the keys to search"),
        (lambda: tw.search_augment(NOWHERE, method=3), "`method` must be one of fast"),
        (lambda: tw.predict(3, "a.png"), "`run` must be the folder of a run"),
        (lambda: tw.predict("r", "a.png", top=0), "`top` must be a whole number above"),
        (lambda: tw.load(3), "`run` must be the folder of a run"),
        (lambda: tw.load("r", model="lenet"), "`model` must be a torch.nn.Module"),
        (lambda: tw.ensemble(3), "`runs` must be the folder of a run"),
        (lambda: tw.check_init(print), "`model` must be a torch.nn.Module"),
        (
            lambda: tw.check_transfer(NOWHERE, Net()),
            "`model` must be the name of a pre",
        ),
        (lambda: tw.check(NOWHERE, Net), "`model` must be a torch.nn.Module"),
        (lambda: tw.train(NOWHERE, 3), "`overrides` must be a key=value text or a map"),
    ],
)
def test_other_functions_refuse_wrong_kinds(call, line):
    with pytest.raises(ArgumentError, match=line):
        call()


@pytest.mark.parametrize("name", TAKES_RECIPE)
def test_fields_of_the_recipe_given_as_keywords_are_answered(name):
    with pytest.raises(ArgumentError, match='give "train.epochs=1" as a further'):
        getattr(tw, name)(NOWHERE, epochs=1)


@pytest.mark.parametrize(
    ("keyword", "value", "answer"),
    [
        ("lr", 0.1, '"optimizer.lr=0.1"'),
        ("train", {"epochs": 1}, 'recipe={"train": {"epochs": 1}}'),
        ("seed", 3, '"seed=3"'),
        ("device", "cpu", '"train.device=cpu"'),
        ("callbacks", [], "it is called `hooks`"),
    ],
)
def test_keywords_of_other_libraries_are_answered(keyword, value, answer):
    with pytest.raises(ArgumentError, match=re.escape(answer)):
        tw.train(NOWHERE, **{keyword: value})
    with pytest.raises(ArgumentError, match='"model=lenet"'):
        tw.tune(NOWHERE, model="lenet")


def test_all_public_functions_answer_unknown_keywords():
    for function in {*FUNCTIONS.values(), tw.load}:
        with pytest.raises(ArgumentError, match="there is no argument `nonsense`"):
            function(nonsense=1)


def test_help_shows_the_arguments():
    for function in {*FUNCTIONS.values(), tw.load}:
        parameters = inspect.signature(function).parameters
        assert not {"args", "kwargs"} & set(parameters), function


def test_a_mapping_may_stand_for_overrides(arrays):
    found = tw.check(
        arrays, {"model": "softmax"}, {"train": {"threads": 1}}, reporter=Quiet()
    )
    assert found.model == "softmax"
    found = tw.check(arrays, "softmax", {"train": {"threads": 1}}, reporter=Quiet())
    assert found.model == "softmax"


def test_what_one_function_returns_the_next_accepts(run, arrays, tmp_path):
    model = tw.load(run)
    assert tw.load(model) is model
    labels = [tw.predict(each, arrays[0][0]).label for each in (run, run.path, model)]
    assert len(set(labels)) == 1
    scores = [tw.evaluate(each, arrays) for each in (run, str(run.path), model)]
    assert len({each.accuracy for each in scores}) == 1
    for number, each in enumerate((run, model)):
        out = tmp_path / f"{number}.onnx"
        assert tw.export(each, out=out, reporter=Quiet())[0] == out
    assert tw.recipes.read_recipe(run).model.name == "softmax"


def test_runs_are_combined_one_by_one_or_as_a_list(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    recipe = {**LENET, "data.image_size": 8}
    runs = [
        tw.train("synthetic:shapes", recipe, {"data.per_class": 12}, reporter=Quiet())
        for _ in range(2)
    ]
    both = tw.ensemble(*runs, reporter=Quiet())
    assert both.path == Path("runs/ensemble-1")
    listed = tw.ensemble(runs, out="listed", reporter=Quiet())
    mixed = tw.ensemble(tw.load(runs[0]), runs[1].path, out="mixed", reporter=Quiet())
    for each in (both, listed, mixed):
        assert each.summary["ensemble"]["size"] == 2
    with pytest.raises(RunError, match="give two runs or more"):
        tw.ensemble(runs[0])


def test_top_gives_the_most_probable_classes(run, arrays):
    one = tw.predict(run, arrays[0][1], top=3)
    assert [name for name, _ in one][0] == tw.predict(run, arrays[0][1]).label
    assert {name for name, _ in one} == {"0", "1"}
    two = tw.predict(run, arrays[0][:2], top=1)
    assert [len(each) for each in two] == [1, 1]


@pytest.mark.parametrize(
    ("images", "line"),
    [
        (None, "`images` must be an image, several, a folder or a glob, got None"),
        (3, "`images` must be an image, several"),
        ([], "`images` is empty; give one image at least"),
        ("new/*.png", r"no image found at new/\*.png"),
        ([None], "an image must be uint8"),
    ],
)
def test_what_is_no_image_is_refused(run, images, line):
    with pytest.raises(DataError, match=line):
        tw.load(run).predict(images)


def test_a_network_of_ones_own_is_checked(arrays):
    net = Net()
    before = net.head.weight.clone()
    report = tw.check_init(net, "data.image_size=8", data=arrays, reporter=Quiet())
    assert [layer.role for layer in report.layers] == ["weight"]
    noise = tw.check_init(net, "data.image_size=8", reporter=Quiet())
    assert len(noise.layers) == 1
    assert torch.equal(before, net.head.weight)
    with pytest.raises(ModelError, match='give `data`, or "data.image_size=64"'):
        tw.check_init(net, reporter=Quiet())
    found = tw.check(arrays, net, "data.image_size=8", reporter=Quiet())
    assert found.model.endswith(":Net")
    assert torch.equal(before, net.head.weight)


def test_a_network_for_another_size_is_answered_with_the_key(arrays, tmp_path):
    shape = r"fails on images of shape \(2, 3, 12, 12\): .*set `data.image_size`"
    recipe = {**FIXED, "data.image_size": 12}
    with pytest.raises(ModelError, match=shape):
        tw.train(arrays, recipe, model=Net(), out=tmp_path / "r", reporter=Quiet())


def messages(node):
    """Every text of a module, with X for what an f-string fills in."""
    if isinstance(node, ast.JoinedStr):
        parts = node.values
        yield "".join(p.value if isinstance(p, ast.Constant) else "X" for p in parts)
    elif isinstance(node, ast.Constant):
        yield node.value if isinstance(node.value, str) else ""
    elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        for child in ast.iter_child_nodes(node):
            yield from messages(child)


def test_messages_that_name_an_option_name_the_keyword_too():
    """A line of a function must say what works in Python; commands are in full."""
    root = Path(tw.__file__).parent
    wrong = [
        (path.name, text)
        for path in root.rglob("*.py")
        if "cli" not in path.relative_to(root).parts
        for text in messages(ast.parse(path.read_text()))
        for option in re.findall(r"(?<![-\w(])--([a-z][a-z-]+)", text)
        if " " in text and "trainwell " not in text
        if not re.search(rf"(?<![-\w]){option.replace('-', '_')}\b", text)
    ]
    assert wrong == []
