"""Treatments of gradients: in place, between backward and the optimizer's step."""

from trainwell.optim.gradients._clip_adaptive import clip_adaptive as clip_adaptive
from trainwell.optim.gradients._clip_norm import clip_norm as clip_norm
from trainwell.optim.gradients._clip_value import clip_value as clip_value
from trainwell.optim.gradients._gradient_norm import gradient_norm as gradient_norm
