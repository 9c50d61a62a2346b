"""What is said of the machine, and which devices can be named."""

import json
import os

import pytest
import torch

from trainwell.core import device
from trainwell.core.errors import UserError


@pytest.fixture(autouse=True)
def _no_wish(monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)


@pytest.mark.parametrize(
    ("wanted", "cores"), [("2", 2), ("64", 4), ("0", 4), ("many", 4), ("", 4)]
)
def test_cores_are_lowered_by_what_openmp_is_told(monkeypatch, wanted, cores):
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1, 2, 3})
    monkeypatch.setenv("OMP_NUM_THREADS", wanted)
    assert device.num_cores() == cores


def test_cores_are_those_this_process_may_use():
    assert device.num_cores() == len(os.sched_getaffinity(0))


def test_cores_follow_the_affinity(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 3, 5})
    assert device.num_cores() == 3


def test_cores_where_nobody_tells(monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity")
    assert device.num_cores() == 1


def test_the_processor_by_name():
    assert device.pick_device("cpu") == torch.device("cpu")


@pytest.mark.parametrize(
    ("cuda", "mps", "expected"),
    [(True, True, "cuda"), (False, True, "mps"), (False, False, "cpu")],
)
def test_auto_takes_what_is_there(monkeypatch, cuda, mps, expected):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
    assert device.pick_device("auto") == torch.device(expected)


@pytest.mark.parametrize("name", ["tpu", "cpu:x", "", "cuda:99", "mps:7"])
def test_what_is_not_there_is_said(name):
    with pytest.raises(UserError, match=f"device {name!r} cannot be used here"):
        device.pick_device(name)


def test_the_description_is_json_and_names_what_ran():
    described = device.describe()
    assert json.loads(json.dumps(described)) == described
    assert described["torch"] == torch.__version__
    assert described["cores"] == device.num_cores()
    assert described["processor"]


def test_keeping_memory_can_be_asked_for_twice():
    device.keep_freed_memory()
    device.keep_freed_memory()


def test_keeping_memory_elsewhere_does_nothing(monkeypatch):
    monkeypatch.setattr(device.platform, "libc_ver", lambda: ("", ""))
    monkeypatch.setattr(device.ctypes, "CDLL", lambda name: pytest.fail("called"))
    device.keep_freed_memory()
