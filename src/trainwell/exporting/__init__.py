"""Exports: one file that carries its preprocessing, checked against the model."""

from trainwell.exporting._check import Agreement as Agreement
from trainwell.exporting._check import check_onnx as check_onnx
from trainwell.exporting._onnx import Deployed as Deployed
from trainwell.exporting._onnx import write_onnx as write_onnx
