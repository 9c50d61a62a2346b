"""Policies: draw which operations act on a sample, and how strongly.

A policy is a function of keys and sizes; it returns one window per sample.
"""

from trainwell.augment.policies._pad_crop import PadCrop as PadCrop
from trainwell.augment.policies._plain import Plain as Plain
from trainwell.augment.policies._resized_crop import (
    RandomResizedCrop as RandomResizedCrop,
)
from trainwell.augment.policies._types import Draw as Draw
from trainwell.augment.policies._types import Policy as Policy
