"""Normalisation: what to do with BatchNorm after and around training."""

from trainwell.layers.norm._fold import fold_batch_norm as fold_batch_norm
from trainwell.layers.norm._freeze import freeze as freeze
from trainwell.layers.norm._precise import precise_bn as precise_bn
