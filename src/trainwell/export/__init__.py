"""Exports: one file that carries its preprocessing, checked against the model."""

from trainwell.export._check import Agreement as Agreement
from trainwell.export._check import check_onnx as check_onnx
from trainwell.export._onnx import Deployed as Deployed
from trainwell.export._onnx import write_onnx as write_onnx
