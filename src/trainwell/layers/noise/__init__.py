"""Noise: layers that draw at random in training, and how to average it out."""

from trainwell.layers.noise._channel_dropout import channel_dropout as channel_dropout
from trainwell.layers.noise._drop_connect import DropConnectLinear as DropConnectLinear
from trainwell.layers.noise._drop_connect import drop_connect as drop_connect
from trainwell.layers.noise._drop_connect import masked_linear as masked_linear
from trainwell.layers.noise._drop_connect import moments as moments
from trainwell.layers.noise._dropout import dropout as dropout
from trainwell.layers.noise._fractional_max_pool import (
    FractionalMaxPool as FractionalMaxPool,
)
from trainwell.layers.noise._fractional_max_pool import (
    fractional_max_pool as fractional_max_pool,
)
from trainwell.layers.noise._fractional_max_pool import pool_regions as pool_regions
from trainwell.layers.noise._fractional_max_pool import region_starts as region_starts
from trainwell.layers.noise._marginalised import Marginalised as Marginalised
from trainwell.layers.noise._shake_drop import ShakeDrop as ShakeDrop
from trainwell.layers.noise._shake_drop import shake_branch as shake_branch
from trainwell.layers.noise._shake_drop import shake_drop as shake_drop
from trainwell.layers.noise._shake_shake import ShakeShake as ShakeShake
from trainwell.layers.noise._shake_shake import mix_branches as mix_branches
from trainwell.layers.noise._shake_shake import shake_shake as shake_shake
from trainwell.layers.noise._stochastic_depth import StochasticDepth as StochasticDepth
from trainwell.layers.noise._stochastic_depth import drop_branch as drop_branch
from trainwell.layers.noise._stochastic_depth import (
    stochastic_depth as stochastic_depth,
)
from trainwell.layers.noise._stochastic_depth import survival as survival
from trainwell.layers.noise._swap_drop_connect import (
    swap_drop_connect as swap_drop_connect,
)
from trainwell.layers.noise._types import NoiseLayer as NoiseLayer
