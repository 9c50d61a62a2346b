"""Activations as functions of tensors."""

from torch.nn.functional import elu as elu
from torch.nn.functional import leaky_relu as leaky_relu
from torch.nn.functional import prelu as prelu
from torch.nn.functional import relu as relu
from torch.nn.functional import selu as selu
from torch.nn.functional import sigmoid as sigmoid
from torch.nn.functional import silu as silu
from torch.nn.functional import tanh as tanh

from trainwell.layers.activations._maxout import maxout as maxout
from trainwell.layers.activations._swish import swish as swish
