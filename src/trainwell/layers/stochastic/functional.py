"""Stochastic layers as functions of tensors; the random masks are arguments."""

from torch.nn.functional import dropout as dropout
from torch.nn.functional import dropout2d as dropout2d

from trainwell.layers.stochastic._drop_connect import (
    drop_connect_linear as drop_connect_linear,
)
from trainwell.layers.stochastic._fractional_max_pool import (
    fractional_max_pool2d as fractional_max_pool2d,
)
from trainwell.layers.stochastic._shake_drop import shake_drop as shake_drop
from trainwell.layers.stochastic._shake_shake import shake_shake as shake_shake
from trainwell.layers.stochastic._stochastic_depth import (
    stochastic_depth as stochastic_depth,
)
