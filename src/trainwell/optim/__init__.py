"""Optimizers: functions of (parameters or groups, lr) that return a torch Optimizer."""

from trainwell.optim._adadelta import adadelta as adadelta
from trainwell.optim._adagrad import adagrad as adagrad
from trainwell.optim._adam import adam as adam
from trainwell.optim._adamw import adamw as adamw
from trainwell.optim._bfgs import bfgs as bfgs
from trainwell.optim._combined import Combined as Combined
from trainwell.optim._full_batch import NoisyObjectiveError as NoisyObjectiveError
from trainwell.optim._groups import decay_groups as decay_groups
from trainwell.optim._groups import decayed_weights as decayed_weights
from trainwell.optim._kfac import kfac as kfac
from trainwell.optim._lbfgs import lbfgs as lbfgs
from trainwell.optim._lookahead import lookahead as lookahead
from trainwell.optim._momentum import momentum as momentum
from trainwell.optim._muon import Muon as Muon
from trainwell.optim._muon import orthogonalise as orthogonalise
from trainwell.optim._muon_groups import muon as muon
from trainwell.optim._nesterov import nesterov as nesterov
from trainwell.optim._newton import newton as newton
from trainwell.optim._rmsprop import rmsprop as rmsprop
from trainwell.optim._sgd import sgd as sgd
from trainwell.optim._types import Params as Params
