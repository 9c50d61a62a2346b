"""Runs: from data to a run folder, and from a run folder to answers."""

from trainwell.runs._check_data import DataCheck as DataCheck
from trainwell.runs._check_data import check_data as check_data
from trainwell.runs._check_init import check_init as check_init
from trainwell.runs._check_transfer import check_transfer as check_transfer
from trainwell.runs._combine import combine_runs as combine_runs
from trainwell.runs._console import Console as Console
from trainwell.runs._evaluate import evaluate_run as evaluate_run
from trainwell.runs._export import export_run as export_run
from trainwell.runs._fit import Interrupted as Interrupted
from trainwell.runs._folder import RunFolder as RunFolder
from trainwell.runs._look_back import look_back as look_back
from trainwell.runs._looks import Seen as Seen
from trainwell.runs._looks import look_ahead as look_ahead
from trainwell.runs._reporter import Quiet as Quiet
from trainwell.runs._reporter import Reporter as Reporter
from trainwell.runs._search_augment import search_augment as search_augment
from trainwell.runs._search_files import FoundPolicy as FoundPolicy
from trainwell.runs._train import Run as Run
from trainwell.runs._train import train as train
from trainwell.runs._tune import tune as tune
from trainwell.runs._tune_types import Story as Story
from trainwell.runs._tune_types import Tuned as Tuned
from trainwell.runs._tune_types import Tuning as Tuning
