"""How fast the network with published weights runs on this machine, timed once."""

import time

import torch

from trainwell.models import create
from trainwell.recipes import PRETRAINED
from trainwell.runs.setup._head_inputs import HeadInputs
from trainwell.runs.setup._step_cache import Times, step_key, times_kept
from trainwell.training import StepTime

_SIZE, _BATCH, _PASSES = 224, 16, 4


def forward_rate() -> float:
    """Return images of 224 pixels per second, without training, on the CPU."""
    state = torch.get_rng_state()
    model = create(PRETRAINED, num_classes=2, in_channels=3, image_size=_SIZE).model
    torch.set_rng_state(state)
    images = torch.zeros(_BATCH, 3, _SIZE, _SIZE)

    def measure() -> Times:
        reads = HeadInputs(model, quick=True)
        seconds = []
        for _ in range(_PASSES):
            began = time.perf_counter()
            reads(images)
            seconds.append(time.perf_counter() - began)
        rate = _BATCH / min(seconds)
        return (StepTime("bfloat16", "channels_last", rate, 0.0),)

    times, _ = times_kept(step_key(model, what="features", shape=_SIZE), measure)
    return times[0].images_per_second
