"""The user's own modules: called with what they accept, tried out, never trusted."""

import importlib
import sys

import pytest
import torch

from trainwell.core.errors import ModelError
from trainwell.models import (
    ModelSpec,
    _source_import,
    build,
    check_name,
    create,
    import_from,
    num_outputs,
)

SOURCE = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, num_classes, in_channels, width=4):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, width, 3)
        self.norm = nn.BatchNorm2d(width)
        self.fc = nn.Linear(width, num_classes)

    def forward(self, x):
        return self.fc(self.norm(self.conv(x)).mean((2, 3)))

def sized(num_classes, image_size):
    return nn.Sequential(nn.Flatten(), nn.Linear(3 * image_size ** 2, num_classes))

class Wrong(Net):
    def forward(self, x):
        return {"logits": super().forward(x)}

class Maps(Net):
    def forward(self, x):
        return self.conv(x)

class Failing(Net):
    def forward(self, x):
        raise KeyError("lost\\nand more")

class Other:
    def __init__(self, num_classes):
        open("called", "w")

from functools import partial
from os import system as shell
from pathlib import Path
from shutil import rmtree as remove
from subprocess import run

touch = Path("called").touch
small = partial(Net, width=2)

def unbuildable(num_classes):
    raise RuntimeError("no such file")

def not_a_module(num_classes):
    return 3

constant = 3
"""


@pytest.fixture(autouse=True)
def _users_module(tmp_path, monkeypatch):
    (tmp_path / "users_nets.py").write_text(SOURCE)
    monkeypatch.syspath_prepend(tmp_path)


def make(name, **options):
    defaults = {"num_classes": 5, "image_size": 8}
    return create(f"users_nets:{name}", **{**defaults, **options})


def test_a_class_gets_what_it_accepts():
    created = make("Net", in_channels=2, arguments={"width": 6})
    assert created.model.conv.weight.shape == (6, 2, 3, 3)
    assert created.spec == ModelSpec("users_nets:Net", 5, 2, 8, {"width": 6})


def test_a_function_will_do():
    assert make("sized").model[1].in_features == 3 * 64


def test_a_network_for_squares_says_so():
    assert make("Net", image_size=(8, 12)).spec.image_size == (8, 12)
    with pytest.raises(ModelError, match=r"cannot be built: TypeE.*squares only, set"):
        make("sized", image_size=(8, 12))


def test_the_trial_leaves_no_trace():
    model = make("Net").model
    assert all(module.training for module in model.modules())
    assert model.norm.num_batches_tracked == 0


def test_weights_from_a_file(tmp_path):
    torch.save(make("Net").model.state_dict(), tmp_path / "w.pth")
    created = make("Net", num_classes=9, pretrained=tmp_path / "w.pth")
    assert created.messages == (
        "head: made for 5 classes, replaced by a new one for 9.",
    )


def test_a_specification_from_a_file_does_not_run_code():
    spec = make("Net").spec
    with pytest.raises(ModelError, match="would run that code.*add `allow_import`"):
        build(spec)
    assert build(spec, allow_import=True).fc.out_features == 5


def test_not_even_by_an_import():
    with pytest.raises(ModelError, match="would run that code"):
        build(ModelSpec("no_such_module:Net", 5, 3, 8))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Absent", "cannot be imported: AttributeError"),
        ("constant", "must be a class of networks .*, got 3"),
        ("Other", "must be a class of networks"),
        ("run", "must be a class of networks"),
        ("shell", "must be a class of networks"),
        ("remove", "must be a class of networks"),
        ("touch", "must be a class of networks"),
        ("not_a_module", "must give an nn.Module, got int"),
        ("unbuildable", "cannot be built: RuntimeError: no such file"),
        ("Wrong", r"logits of shape \(2, 5\) for 2 images, got dict"),
        ("Maps", r"logits of shape \(2, 5\) for 2 images, got shape \(2, 4, 6, 6\)"),
        (
            "Failing",
            r"fails on images of shape \(2, 3, 8, 8\): KeyError.*set `data.image_size`",
        ),
    ],
)
def test_errors_in_one_line(name, message):
    with pytest.raises(ModelError, match=message) as raised:
        make(name)
    assert "\n" not in str(raised.value)


def test_a_missing_module():
    with pytest.raises(ModelError, match="cannot be imported: ModuleNotFoundError"):
        create("no_such_module:Net", num_classes=5, image_size=8)


def test_the_size_must_be_given():
    with pytest.raises(ModelError, match="`image_size` must be given"):
        make("Net", image_size=None)


def test_nothing_is_published():
    with pytest.raises(ModelError, match="no weights come with"):
        make("Net", pretrained=True)


def test_outputs_are_counted_on_images_of_the_size():
    net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(64, 3))
    spec = ModelSpec("mine", num_classes=10, in_channels=1, image_size=8)
    assert num_outputs(net, spec) == 3
    with pytest.raises(ModelError, match=r"shape \(2, 1, 9, 9\).*`data.image_size`"):
        num_outputs(net, ModelSpec("mine", 10, 1, 9))


def test_a_network_with_some_arguments_given_will_do():
    assert make("small").model.conv.out_channels == 2


@pytest.mark.parametrize(
    "name", ["os:system", "subprocess:run", "antigravity:x", "this:s", "os.path:join"]
)
def test_what_belongs_to_python_is_not_even_imported(name, monkeypatch):
    monkeypatch.delitem(sys.modules, name.partition(":")[0], raising=False)
    with pytest.raises(ModelError, match="is no network: .* is a part of Python"):
        create(name, num_classes=5, image_size=8, arguments={"command": "touch x"})
    with pytest.raises(ModelError, match="is a part of Python"):
        check_name(name)


def test_the_users_folder_is_on_the_path_for_his_module_only(tmp_path, monkeypatch):
    monkeypatch.setattr(_source_import, "_folders", [])
    monkeypatch.setattr(sys, "path", [p for p in sys.path if p != str(tmp_path)])
    (tmp_path / "users_helper.py").write_text("WIDTH = 3")
    (tmp_path / "late_helper.py").write_text("")
    (tmp_path / "nets_of_mine.py").write_text(
        "from users_helper import WIDTH\n"
        + SOURCE.replace("super().__init__()", "super().__init__(); import late_helper")
    )
    with pytest.raises(ModelError, match="No module named 'nets_of_mine'"):
        create("nets_of_mine:Net", num_classes=5, image_size=8)
    import_from(str(tmp_path))
    before = list(sys.path)
    assert create("nets_of_mine:Net", num_classes=5, image_size=8).model
    assert sys.path == before
    (tmp_path / "cffi_of_mine.py").write_text("raise SystemExit")
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("cffi_of_mine")
