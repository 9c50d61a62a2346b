"""Execute: run the stages of a plan on the device, over the rows that each concerns."""

import functools
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from trainwell.augment.batched import _gather, _lens, _resample, _tables
from trainwell.augment.batched._kernels import KERNELS
from trainwell.augment.batched._plan import Plan
from trainwell.augment.batched._stages import RenderOptions
from trainwell.augment.batched._to_device import to_device
from trainwell.augment.ops._op_spec import IMAGE_TONE_CODES, LENS_CODES

Function = Callable[..., Tensor]
_TABLES = {
    k.spec.name: k.run for k in KERNELS.values() if k.spec.code in IMAGE_TONE_CODES
} | {"tone": _tables.tone}
_FILTERS = {
    k.spec.name: k.run
    for k in KERNELS.values()
    if k.spec.code not in (*IMAGE_TONE_CODES, *LENS_CODES)
}


def execute(
    plan: Plan,
    options: RenderOptions,
    pixels: Tensor,
    normal: Tensor,
    *,
    compiled: bool,
) -> Tensor:
    """Return what each pixel value becomes, (n, rows, columns, channels).

    Args:
        plan: Stages to run.
        options: As given to the plan.
        pixels: Levels of all images, (pixels, channels), on the device.
        normal: Final value of each pixel value, (channels, 256), on the CPU.
        compiled: Whether each kernel is compiled before its first use.
    """
    device, count = pixels.device, len(plan.toned)
    arrays = [a for s in plan.stages for a in (s.rows, *s.arrays)]
    last = normal.to(device, non_blocking=True)
    fill, *numbers = to_device([options.fill, *arrays], device)
    run = _compiled if compiled else _same
    shape = (count, *options.canvas, options.channels)
    image = torch.empty(shape, dtype=torch.uint8, device=device)
    same = torch.arange(256, dtype=torch.uint8, device=device)
    table = same.expand(count, options.channels, 256)
    arrays_left = iter(numbers)
    for stage in plan.stages:
        rows, *values = (next(arrays_left) for _ in range(1 + len(stage.arrays)))
        part = _Rows(rows, whole=len(rows) == count)
        kind, nearest = stage.kind, options.nearest
        if kind == "show":
            new = run(_gather.show)(
                pixels, *values, fill, options.canvas, nearest=nearest
            )
        elif kind == "resample":
            new = run(_resample.resample)(
                pixels,
                *values,
                fill,
                options.canvas,
                *stage.extents,
                reflect=options.reflect,
            )
        elif kind == "warp":
            new = run(_gather.warp)(part.of(image), *values, fill, nearest=nearest)
        elif kind == "lens":
            new = run(_lens.lens)(part.of(image), *values, fill, nearest=nearest)
        elif kind in _FILTERS:
            new = run(_FILTERS[kind])(part.of(image), *values)
        elif kind == "apply":
            new = run(_tables.look_up)(part.of(image), part.of(table))
            table = part.put(table, same.expand(len(rows), options.channels, 256))
        else:
            made = run(_TABLES[kind])(part.of(image), part.of(table), *values)
            table = part.put(table, made)
            continue
        image = part.put(image, new)
    if not plan.toned.any():
        return run(_tables.look_up)(image, last[None])
    joined = last.expand(count, -1, -1).gather(2, table.long())
    return run(_tables.look_up)(image, joined)


class _Rows:
    """Some samples of the batch, or all of them."""

    def __init__(self, rows: Tensor, *, whole: bool) -> None:
        self.rows, self.whole = rows, whole

    def of(self, batch: Tensor) -> Tensor:
        return batch if self.whole else batch.index_select(0, self.rows)

    def put(self, batch: Tensor, part: Tensor) -> Tensor:
        return part if self.whole else batch.index_copy(0, self.rows, part)


def _same(kernel: Function) -> Function:
    return kernel


@functools.cache
def _compiled(kernel: Function) -> Any:  # noqa: ANN401
    return torch.compile(kernel, dynamic=True, fullgraph=True)
