"""The speed that image sizes are chosen by is timed once and kept."""

import torch

from trainwell.runs.session._forward_rate import forward_rate


def test_it_is_timed_once(tmp_path, monkeypatch):
    monkeypatch.setenv("TRAINWELL_STEPS", str(tmp_path / "steps.json"))
    before = torch.get_rng_state()
    first = forward_rate()
    assert 0.1 < first < 1e5
    assert torch.equal(torch.get_rng_state(), before)
    assert forward_rate() == first
