"""Optimizers with the conventions of torch.optim: parameters first, then the rate.

Optimizers that are torch's are listed here too. `decay_groups` splits a model into
groups with and without weight decay.
"""

from torch.optim import SGD as SGD
from torch.optim import Adadelta as Adadelta
from torch.optim import Adagrad as Adagrad
from torch.optim import Adam as Adam
from torch.optim import AdamW as AdamW
from torch.optim import RMSprop as RMSprop

from trainwell.optim import gradients as gradients
from trainwell.optim._bfgs import BFGS as BFGS
from trainwell.optim._full_batch import NoisyObjectiveError as NoisyObjectiveError
from trainwell.optim._groups import decay_groups as decay_groups
from trainwell.optim._groups import decayed_weights as decayed_weights
from trainwell.optim._kfac import KFAC as KFAC
from trainwell.optim._lbfgs import LBFGS as LBFGS
from trainwell.optim._lookahead import Lookahead as Lookahead
from trainwell.optim._momentum import Momentum as Momentum
from trainwell.optim._muon_groups import Muon as Muon
from trainwell.optim._nesterov import Nesterov as Nesterov
from trainwell.optim._newton import Newton as Newton
