"""Stochastic layers: random in training, and how to average over that at test time.

Layers that are torch's are listed here too; `functional` holds functions of tensors.
"""

from torch.nn import Dropout as Dropout
from torch.nn import Dropout2d as Dropout2d

from trainwell.layers.stochastic import functional as functional
from trainwell.layers.stochastic._drop_connect import (
    DropConnectLinear as DropConnectLinear,
)
from trainwell.layers.stochastic._fractional_max_pool import (
    FractionalMaxPool2d as FractionalMaxPool2d,
)
from trainwell.layers.stochastic._mc_dropout import MCDropout as MCDropout
from trainwell.layers.stochastic._mc_dropout import (
    has_stochastic_layers as has_stochastic_layers,
)
from trainwell.layers.stochastic._shake_drop import ShakeDrop as ShakeDrop
from trainwell.layers.stochastic._shake_shake import ShakeShake as ShakeShake
from trainwell.layers.stochastic._stochastic_depth import (
    StochasticDepth as StochasticDepth,
)
from trainwell.layers.stochastic._stochastic_depth import (
    survival_probability as survival_probability,
)
from trainwell.layers.stochastic._swap_drop_connect import (
    swap_drop_connect as swap_drop_connect,
)
