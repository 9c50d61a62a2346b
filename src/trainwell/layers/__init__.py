"""Layers: functions and Modules, grouped by what they do."""

from trainwell.layers import activations as activations
from trainwell.layers import convolution as convolution
from trainwell.layers import heatmaps as heatmaps
from trainwell.layers import norm as norm
from trainwell.layers import passes as passes
from trainwell.layers import stochastic as stochastic
