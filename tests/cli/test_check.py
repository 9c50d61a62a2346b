"""A look at how a network starts, from the command line."""

import re

import pytest

from trainwell.runs import Quiet

SMALL = ("model.arguments.width=64", "data.image_size=8")
LENET = ("lenet", "data.image_size=12", "data.channels=1")


@pytest.fixture
def check(invoke, monkeypatch, tmp_path):
    """Run `check init` in an empty folder and return its lines."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")

    def run(*words):
        result = invoke("check", "init", *words)
        assert result.exit_code == 0, result.output
        return result.stdout.splitlines()

    return run


def cells(lines):
    """The rows of the table by the name of their layer, split at wide spaces."""
    head = next(i for i, line in enumerate(lines) if line.startswith("layer "))
    end = next(
        i for i, line in enumerate(lines) if line.startswith(("layers ", "verdict "))
    )
    rows = [re.split(r"\s{2,}", line.rstrip()) for line in lines[head:end]]
    return {row[0]: row[1:] for row in rows}


def test_the_real_command(trainwell, tmp_path):
    words = (*LENET, "--init", "small_normal")
    result = trainwell("check", "init", *words, cwd=tmp_path)
    assert result.returncode == 0
    lines = result.stdout.splitlines()
    table = cells(lines)
    assert table.pop("layer") == [
        "kind",
        "shape",
        "mean",
        "std",
        "satur.",
        "dead",
        "gradient",
        "outputs",
    ]
    assert list(table) == ["0", "1", "3", "4", "7", "8", "9", "10", "11"]
    assert table["0"][:2] == ["Conv2d", "6x12x12"]
    assert table["0"][4:6] == ["–", "–"]
    assert re.fullmatch(r"\d+(\.\d+)? %", table["8"][5])
    assert table["8"][6] == "–"
    assert float(table["11"][6].replace("−", "-")) > 0
    assert lines[-2].startswith("verdict   Activations shrink from a standard")
    assert "init=kaiming_normal" in lines[-2]
    assert lines[-1] == "page      check-init.html"
    page = (tmp_path / "check-init.html").read_text()
    assert lines[-2].removeprefix("verdict   ") in page
    assert [path.name for path in tmp_path.iterdir()] == ["check-init.html"]


def test_a_narrow_terminal_keeps_the_numbers(check, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    lines = check(*LENET)
    assert "kind" not in cells(lines)["layer"]
    assert len(cells(lines)["1"]) == 6
    assert max(map(len, lines[1:-2])) <= 80


def test_six_layers_as_the_lectures_start_them(check, tmp_path):
    small = check("six_layers", *SMALL, "--init", "small_normal", "init.std=0.01")
    kinds = [row[0] for name, row in cells(small).items() if name != "layer"]
    assert kinds == [*["Linear", "Tanh"] * 6, "Linear"]
    assert small[-2].startswith("verdict   Activations shrink")
    page = tmp_path / "folder.html"
    kept = check("six_layers", *SMALL, "--init", "xavier_normal", "--out", page)
    assert kept[-2].startswith("verdict   It starts well")
    assert kept[-1] == f"page      {page}"
    assert page.exists()


def test_activation_and_norm_are_those_of_the_options(check):
    found = cells(
        check("six_layers", *SMALL, "--activation", "sigmoid", "--norm", "none")
    )
    assert [row[0] for row in found.values()].count("Sigmoid") == 6
    found = cells(
        check(
            "cifar_resnet20",
            "data.image_size=8",
            "--activation",
            "leaky_relu",
            "--norm",
            "group_norm",
        )
    )
    kinds = {row[0] for row in found.values()}
    assert kinds == {"kind", "Conv2d", "LeakyReLU", "Linear"}


def test_images_of_ones_own(check, tmp_path):
    lines = check("lenet", "--data", "digits")
    assert "images of digits, " in (tmp_path / "check-init.html").read_text()
    assert cells(lines)["0"][1].startswith("6x")


def test_a_bias_before_a_norm_is_warned_of(check, monkeypatch, tmp_path):
    (tmp_path / "wasteful.py").write_text(
        "from torch import nn\n"
        "class Net(nn.Sequential):\n"
        "    def __init__(self, num_classes, in_channels):\n"
        "        super().__init__(nn.Conv2d(in_channels, 4, 3), nn.BatchNorm2d(4),\n"
        "            nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(),\n"
        "            nn.Linear(4, num_classes))\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    lines = check("wasteful:Net", "data.image_size=8")
    assert lines[-3] == "warning   a norm cancels these biases; use bias=False: 0"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["lenett"], "there is no model `lenett`.* Did you mean `lenet`?"),
        (["six_layer"], "Did you mean `six_layers`?"),
        (["lenet", "--init", "kaiming"], "`init.name` must be one of .*'kaiming'"),
        (["lenet", "--activation", "rel"], "Did you mean `relu`?"),
        (["lenet", "--norm", "batchnorm"], "Did you mean `batch_norm`?"),
        (
            ["lenet", "train.epochs=3"],
            "`train.epochs` changes nothing in `trainwell check init`",
        ),
        (["lenet", "modell.name=mlp"], "Did you mean `model`?"),
        (
            ["lenet", "preprocess=zca_whiten"],
            "`preprocess.name` changes nothing in `trainwell check init`",
        ),
        (["lenet", "init.std=0.3"], "`init.std` needs `init.name` beside it"),
        (["lenet", "data.image_size=big"], "`data.image_size` must be a whole number"),
        (["lenet", "width"], "'width' is not key=value"),
        (
            ["mlp", "model.arguments.width=8", "data.image_size=8"],
            "no argument `width`",
        ),
        (["k_nearest"], "k_nearest cannot be measured: `model` must have a conv"),
        (["mlp", "--norm", "group_norm"], "norm `group_norm`: the model has no norm"),
        (["lenet", "--data", "no/such"], "no such folder or file: no/such"),
        ([*LENET, "--out", "no/such/a.html"], "no/such/a.html could not be written"),
        ([*LENET, "--out", "."], r"\. could not be written: .*\.$"),
    ],
)
def test_what_cannot_be_used_is_one_line(
    refused, monkeypatch, tmp_path, words, message
):
    monkeypatch.chdir(tmp_path)
    # a bar that vanishes leaves an empty line where there is no terminal
    monkeypatch.setattr("trainwell.runs.checks._init.Console", Quiet)
    assert re.search(message, refused("check", "init", *words))
    assert list(tmp_path.iterdir()) == []


def test_a_deep_network_is_few_lines(check):
    lines = check("plain56", "data.image_size=8", "--norm", "none")
    assert len(lines) < 30
    assert any(
        re.fullmatch(r"layers    \d\d of \d+; the page shows all", x) for x in lines
    )


def test_removed_norms_are_a_line_per_kind(trainwell, tmp_path):
    words = ("check", "init", "plain20", "data.image_size=8", "--norm", "none")
    done = trainwell(*words, cwd=tmp_path)
    assert "bn1 to blocks.8.bn2 (19 layers): BatchNorm2d removed" in done.stderr
    assert done.stderr.count("\n") < 5
