"""Convolutions that torch does not have."""

from trainwell.layers.convolution._same import SameConv2d as SameConv2d

__all__ = ["SameConv2d"]
