"""Synthetic data: samples generated on demand, with labels, masks and points."""

from trainwell.data.synthetic._cut_outs import cut_outs as cut_outs
from trainwell.data.synthetic._cut_outs import read_cut_outs as read_cut_outs
from trainwell.data.synthetic._digits import digits as digits
from trainwell.data.synthetic._named import PREFIX as PREFIX
from trainwell.data.synthetic._named import named as named
from trainwell.data.synthetic._paste import paste as paste
from trainwell.data.synthetic._shapes import shapes as shapes
from trainwell.data.synthetic._types import Labelled as Labelled
from trainwell.data.synthetic._types import Synthetic as Synthetic

__all__ = [
    "Labelled",
    "Synthetic",
    "cut_outs",
    "digits",
    "paste",
    "read_cut_outs",
    "shapes",
]
