"""The speed that image sizes are chosen by is timed once and kept."""

import pytest
import torch

from trainwell.runs.setup import _forward_time
from trainwell.runs.setup._forward_time import forward_time
from trainwell.training import StepTime


def test_it_is_timed_once(tmp_path, monkeypatch):
    monkeypatch.setenv("TRAINWELL_STEPS", str(tmp_path / "steps.json"))
    before = torch.get_rng_state()
    first = forward_time()
    assert first.precision in ("float32", "bfloat16")
    assert 0.1 < first.images_per_second < 1e5
    assert torch.equal(torch.get_rng_state(), before)
    assert forward_time() == first


@pytest.mark.parametrize(
    ("half", "precision"), [(109.0, "float32"), (111.0, "bfloat16"), (50.0, "float32")]
)
def test_bfloat16_has_to_be_clearly_faster(monkeypatch, half, precision):
    times = (
        StepTime("float32", "channels_last", 100.0, 0.0),
        StepTime("bfloat16", "channels_last", half, 0.0),
    )
    monkeypatch.setattr(_forward_time, "times_kept", lambda *_: (times, True))
    assert forward_time().precision == precision
