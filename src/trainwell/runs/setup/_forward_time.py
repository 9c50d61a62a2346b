"""How the network with published weights runs fastest on this machine, timed once."""

import time

import torch

from trainwell.core.device import computes_in_bfloat16
from trainwell.models import create
from trainwell.recipes import PRETRAINED
from trainwell.runs.setup._head_inputs import HeadInputs
from trainwell.runs.setup._step_cache import Times, step_key, times_kept
from trainwell.training import StepTime

_SIZE, _BATCH, _PASSES = 224, 16, 4
_CLEARLY = 1.1  # times as fast, for bfloat16 to be worth its rounding


def forward_time() -> StepTime:
    """Return the precision and the images of 224 pixels per second, on the CPU."""
    state = torch.get_rng_state()
    model = create(PRETRAINED, num_classes=2, in_channels=3, image_size=_SIZE).model
    torch.set_rng_state(state)

    def measure() -> Times:
        ways = [("float32", False)]
        if computes_in_bfloat16(torch.device("cpu")):
            ways.append(("bfloat16", True))
        return tuple(_timed(model, name, quick=quick) for name, quick in ways)

    times, _ = times_kept(step_key(model, what="forward", shape=_SIZE), measure)
    exact, fastest = times[0], max(times, key=lambda time: time.images_per_second)
    clearly = fastest.images_per_second > _CLEARLY * exact.images_per_second
    return fastest if clearly else exact


def _timed(model: torch.nn.Module, precision: str, *, quick: bool) -> StepTime:
    reads, images = HeadInputs(model, quick=quick), torch.zeros(_BATCH, 3, _SIZE, _SIZE)
    seconds = []
    for _ in range(_PASSES):
        began = time.perf_counter()
        reads(images)
        seconds.append(time.perf_counter() - began)
    return StepTime(precision, "channels_last", _BATCH / min(seconds), 0.0)
