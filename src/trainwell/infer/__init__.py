"""Using a trained model: the card that describes it, and prediction."""

from trainwell.infer._card import ModelCard as ModelCard
from trainwell.infer._card import Preprocessing as Preprocessing
from trainwell.infer._card import read_card as read_card
from trainwell.infer._card import write_card as write_card
from trainwell.infer._load import load_predictor as load_predictor
from trainwell.infer._prediction import Prediction as Prediction
from trainwell.infer._predictor import Predictor as Predictor
from trainwell.infer._soup import greedy_soup as greedy_soup
from trainwell.infer._soup import mean_weights as mean_weights
from trainwell.infer._test_time import ONE_VIEW as ONE_VIEW
from trainwell.infer._test_time import TestTime as TestTime
from trainwell.infer._test_time import named_views as named_views
