"""Activations: functions that build a layer, and swaps for finished networks."""

from trainwell.layers.activations._elu import elu as elu
from trainwell.layers.activations._gain import gain as gain
from trainwell.layers.activations._leaky_relu import leaky_relu as leaky_relu
from trainwell.layers.activations._maxout import Maxout as Maxout
from trainwell.layers.activations._maxout import MaxoutConv2d as MaxoutConv2d
from trainwell.layers.activations._maxout import MaxoutLinear as MaxoutLinear
from trainwell.layers.activations._maxout import max_over_pieces as max_over_pieces
from trainwell.layers.activations._maxout import maxout as maxout
from trainwell.layers.activations._prelu import prelu as prelu
from trainwell.layers.activations._relu import relu as relu
from trainwell.layers.activations._selu import selu as selu
from trainwell.layers.activations._sigmoid import sigmoid as sigmoid
from trainwell.layers.activations._swap import is_activation as is_activation
from trainwell.layers.activations._swap import swap_activation as swap_activation
from trainwell.layers.activations._swap_maxout import swap_maxout as swap_maxout
from trainwell.layers.activations._swish import Swish as Swish
from trainwell.layers.activations._swish import scaled_silu as scaled_silu
from trainwell.layers.activations._swish import swish as swish
from trainwell.layers.activations._tanh import tanh as tanh
