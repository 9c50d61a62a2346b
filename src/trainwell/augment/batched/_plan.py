"""Plan: cut the operations of every sample into stages, in lockstep over the batch.

Adjacent warps become one and adjacent tones one table, by the rules of the compiled
pass in `engine`; only which samples share a stage is decided here.
"""

import numpy as np
import numpy.typing as npt

from trainwell.augment.batched._kernels import stage
from trainwell.augment.batched._merge import (
    begin,
    clip_lines,
    compose,
    in_pixels,
    lines,
)
from trainwell.augment.batched._point_tables import point_tables
from trainwell.augment.batched._resampling import resampling
from trainwell.augment.batched._stages import Array, RenderOptions, Rows, Stage
from trainwell.augment.ops import TransformParams
from trainwell.augment.ops._op_sequence import NO_OP
from trainwell.augment.ops._op_spec import (
    COLOR_CODES,
    IMAGE_TONE_CODES,
    POINT_TONE_CODES,
)
from trainwell.augment.ops._warp import WARP

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
_MAX_WARPS = 8  # merged at a time


class Plan:
    """The stages of a batch.

    Args:
        params: Transform parameters of n samples.
        places: First pixel of each image, its height, its width, (n,) each.
        options: Options that all samples have in common.
    """

    def __init__(
        self,
        params: TransformParams,
        places: tuple[Array, Array, Array],
        options: RenderOptions,
    ) -> None:
        count = len(params)
        self.stages: list[Stage] = []
        self.toned = np.zeros(count, bool)
        self._how, self._places = options, places
        self._matrix, self._pending = begin(params, places[1], places[2], options)
        self._unread = self._pending.copy()  # nothing of the source is in the canvas
        self._clips = np.zeros((count, _MAX_WARPS, 6))
        self._num_clips = np.zeros(count, np.int64)
        self._table = np.tile(
            np.arange(256, dtype=np.uint8), (count, options.channels, 1)
        )
        self._tabled = np.zeros(count, bool)  # `_table` is not yet on its way
        rows = np.nonzero(~self._pending)[0]
        self.stages += resampling(params.crop_boxes, rows, places, options)
        operations = params.ops
        for j in range(operations.op_codes.shape[1]):
            self._step(operations.op_codes[:, j], operations.magnitudes[:, j])
        self._warp(self._pending)
        self._send_tables(self._tabled)

    def _step(self, codes: npt.NDArray[np.int32], values: Floats) -> None:
        active = codes != NO_OP
        warps = codes == WARP.code
        points = np.isin(codes, POINT_TONE_CODES)
        tones = points | np.isin(codes, IMAGE_TONE_CODES)
        full = self._num_clips == _MAX_WARPS
        self._warp(active & self._pending & (~warps | self.toned | full) & ~points)
        self._apply(active & self.toned & ~tones)
        more, new = np.nonzero(warps & self._pending)[0], warps & ~self._pending
        self._append(more, values[more])
        self._matrix[new] = in_pixels(values[new], self._how.canvas)
        self._pending |= new
        self.toned |= tones
        for code in np.unique(codes[active & ~warps]).tolist():
            rows = np.nonzero(codes == code)[0]
            if points[rows[0]]:
                tables = point_tables(code, values[rows], self._how.channels)
                so_far = self._table[rows]
                self._table[rows] = np.take_along_axis(tables, so_far, axis=2)
                self._tabled[rows] = True
            elif code in IMAGE_TONE_CODES:
                self._send_tables(self._tabled & (codes == code))
                self.stages.append(stage(code, rows, values[rows], self._how))
            elif self._how.channels == 3 or code not in COLOR_CODES:
                self.stages.append(stage(code, rows, values[rows], self._how))

    def _append(self, rows: Rows, values: Floats) -> None:
        """Put a warp in front of the pending ones of some samples."""
        new = in_pixels(values, self._how.canvas)
        stacked = np.concatenate([self._matrix[rows, None], self._clips[rows]], axis=1)
        stacked = compose(stacked, new)
        self._matrix[rows], self._clips[rows] = stacked[:, 0], stacked[:, 1:]
        self._clips[rows, self._num_clips[rows]] = new
        self._num_clips[rows] += 1

    def _warp(self, chosen: Bools) -> None:
        """Do the pending warps of some samples."""
        for kind, which in (("show", self._unread), ("warp", ~self._unread)):
            rows = np.nonzero(chosen & which)[0]
            if not len(rows):
                continue
            counts = self._num_clips[rows]
            clips = self._clips[rows, : counts.max()]
            arrays: tuple[Array, ...] = (
                lines(self._matrix[rows]),
                clip_lines(clips, counts, self._how.canvas[0]),
            )
            if kind == "show":
                arrays += tuple(p[rows].astype(np.int64) for p in self._places)
            self.stages.append(Stage(kind, rows, arrays))
        self._unread &= ~chosen
        self._pending &= ~chosen
        self._num_clips[chosen] = 0

    def _apply(self, chosen: Bools) -> None:
        """Apply the lookup tables of the preceding tones."""
        self._send_tables(chosen & self._tabled)
        if chosen.any():
            self.stages.append(Stage("apply", np.nonzero(chosen)[0]))
        self.toned &= ~chosen

    def _send_tables(self, chosen: Bools) -> None:
        rows = np.nonzero(chosen)[0]
        if len(rows):
            self.stages.append(Stage("tone", rows, (self._table[rows],)))
        self._table[rows] = np.arange(256, dtype=np.uint8)
        self._tabled[rows] = False
