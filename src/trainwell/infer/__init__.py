"""Using a trained model: its metadata, and prediction."""

from trainwell.infer._load import load_predictor as load_predictor
from trainwell.infer._metadata import ModelMetadata as ModelMetadata
from trainwell.infer._metadata import Preprocessing as Preprocessing
from trainwell.infer._metadata import read_metadata as read_metadata
from trainwell.infer._metadata import write_metadata as write_metadata
from trainwell.infer._network_inputs import network_inputs as network_inputs
from trainwell.infer._prediction import image_name as image_name
from trainwell.infer._predictor import Predictor as Predictor
from trainwell.infer._soup import greedy_soup as greedy_soup
from trainwell.infer._soup import mean_weights as mean_weights
from trainwell.infer._teacher import Teacher as Teacher
from trainwell.infer._test_time import ONE_VIEW as ONE_VIEW
from trainwell.infer._test_time import TestTime as TestTime
from trainwell.infer._test_time import named_views as named_views
from trainwell.tasks import Prediction as Prediction

__all__ = [
    "ModelMetadata",
    "Prediction",
    "Predictor",
    "Preprocessing",
    "Teacher",
    "TestTime",
    "greedy_soup",
    "load_predictor",
    "mean_weights",
    "named_views",
    "network_inputs",
]
