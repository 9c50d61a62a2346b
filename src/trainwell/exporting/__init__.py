"""Exports: one file that carries its preprocessing, checked against the model."""

from trainwell.exporting._check import Agreement as Agreement
from trainwell.exporting._check import check_onnx as check_onnx
from trainwell.exporting._compare_int8 import Int8Agreement as Int8Agreement
from trainwell.exporting._compare_int8 import Measured as Measured
from trainwell.exporting._compare_int8 import compare_int8 as compare_int8
from trainwell.exporting._onnx import Deployed as Deployed
from trainwell.exporting._onnx import write_onnx as write_onnx
from trainwell.exporting._quantize import quantize_onnx as quantize_onnx
