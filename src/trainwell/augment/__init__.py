"""Augmentation: ops (what), policies (which), engine (one pass over the pixels)."""

from trainwell.augment._augment import augment as augment
from trainwell.augment._collate import Collate as Collate
from trainwell.augment._describe import describe as describe
from trainwell.augment._images import BACKENDS as BACKENDS
from trainwell.augment._move_boxes import move_boxes as move_boxes
from trainwell.augment._move_points import move_points as move_points
from trainwell.augment._move_points import swapped_order as swapped_order
from trainwell.augment._render import render as render
from trainwell.augment._render import render_uint8 as render_uint8
from trainwell.augment._render_masks import render_masks as render_masks
from trainwell.augment.batched import render_batched as render_batched

__all__ = [
    "Collate",
    "augment",
    "describe",
    "move_boxes",
    "move_points",
    "render",
    "render_masks",
    "render_uint8",
]
