"""Every name that a recipe may use trains, saves, resumes bit for bit, and exports."""

import json
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from safetensors.torch import load_file

from trainwell.core.errors import Interrupted
from trainwell.recipes import builders, section_names
from trainwell.runs import Quiet, export, train
from trainwell.training import Hook

NAMES = [(section, name) for section in section_names() for name in builders(section)]
NETWORK = (
    "data.image_size=8",
    "train.precision=float32",
    "train.memory_format=contiguous",
)
MODEL = {"optimizer": "model.name=every_layer:FewWeights"}
USUAL = "model.name=every_layer:EveryLayer"
SHORT = ("train.epochs=0.2", "train.batch_size=64")
LENGTH = {"optimizer": ("train.epochs=3",)}  # some choose the whole set as the batch
STOP_AT = 2
_EXPORTED = set()


class _StopEarly(Hook):
    def after_step(self, state, batch, loss):
        if state.step == STOP_AT:
            state.stop = "signal"


class _Impatient(Quiet):
    @contextmanager
    def training(self, per_epoch):
        yield _StopEarly()


@pytest.fixture(autouse=True)
def _network(monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).parent)
    yield
    sys.modules.pop("every_layer", None)


@pytest.mark.parametrize(("section", "name"), NAMES, ids=[".".join(n) for n in NAMES])
def test_trains_saves_resumes_and_exports(section, name, tmp_path):
    length, model = LENGTH.get(section, SHORT), MODEL.get(section, USUAL)
    overrides = [*NETWORK, model, *length, f"{section}={name}"]
    whole = train("digits", *overrides, out=tmp_path / "whole", reporter=Quiet())
    again = tmp_path / "again"
    with pytest.raises(Interrupted):
        train("digits", *overrides, out=again, reporter=_Impatient())
    train("digits", *overrides, out=again, resume=True, reporter=Quiet())
    a = load_file(whole.path / "model.safetensors")
    b = load_file(again / "model.safetensors")
    assert a.keys() == b.keys()
    assert [k for k in a if not a[k].equal(b[k])] == []
    saved = (whole.path / "recipe.yaml").read_text()
    assert f"name: {name}\n" in saved
    check_export(whole.path)


def check_export(run):
    """Export each network once: a name that leaves it alone exports nothing new."""
    model = json.loads((run / "model.json").read_text())
    network = json.dumps([model["model"], type(model["preprocessing"]).__name__])
    if network not in _EXPORTED:
        path, agreement = export(run, allow_import=True, reporter=Quiet())
        assert path.exists()
        assert agreement.largest < 1e-4
        _EXPORTED.add(network)
