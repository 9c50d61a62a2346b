"""Augmentation: ops (what), policies (which), engine (one pass over the pixels)."""

from trainwell.augment._render import BORDERS as BORDERS
from trainwell.augment._render import INTERPOLATIONS as INTERPOLATIONS
from trainwell.augment._render import normalisation_table as normalisation_table
from trainwell.augment._render import render as render
from trainwell.augment._render import render_uint8 as render_uint8
