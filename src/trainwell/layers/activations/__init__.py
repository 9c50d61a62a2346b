"""Activations: layers, and swaps for finished networks.

Layers that are torch's are listed here too; `functional` holds functions of tensors.
"""

from torch.nn import ELU as ELU
from torch.nn import SELU as SELU
from torch.nn import LeakyReLU as LeakyReLU
from torch.nn import PReLU as PReLU
from torch.nn import ReLU as ReLU
from torch.nn import Sigmoid as Sigmoid
from torch.nn import SiLU as SiLU
from torch.nn import Tanh as Tanh

from trainwell.layers.activations import functional as functional
from trainwell.layers.activations._gain import gain as gain
from trainwell.layers.activations._maxout import Maxout as Maxout
from trainwell.layers.activations._maxout import MaxoutConv2d as MaxoutConv2d
from trainwell.layers.activations._maxout import MaxoutLinear as MaxoutLinear
from trainwell.layers.activations._swap import is_activation as is_activation
from trainwell.layers.activations._swap import swap_activation as swap_activation
from trainwell.layers.activations._swap_maxout import swap_maxout as swap_maxout
from trainwell.layers.activations._swish import Swish as Swish
