"""Runs: from data to a run folder, and from a run folder to answers."""

from trainwell.runs._console import Console as Console
from trainwell.runs._ensemble import ensemble as ensemble
from trainwell.runs._evaluate import evaluate as evaluate
from trainwell.runs._export import export as export
from trainwell.runs._predict import predict as predict
from trainwell.runs._readable import predict_readable as predict_readable
from trainwell.runs._readable import with_unknown as with_unknown
from trainwell.runs._reporter import Quiet as Quiet
from trainwell.runs._reporter import Reporter as Reporter
from trainwell.runs.augment_search._files import FoundPolicy as FoundPolicy
from trainwell.runs.augment_search._search import search_augment as search_augment
from trainwell.runs.checks._data import DataCheck as DataCheck
from trainwell.runs.checks._data import check_data as check_data
from trainwell.runs.checks._init import check_init as check_init
from trainwell.runs.checks._transfer import check_transfer as check_transfer
from trainwell.runs.folder._folder import RunFolder as RunFolder
from trainwell.runs.preview._run_samples import preview_run as preview_run
from trainwell.runs.preview._samples import PreviewImage as PreviewImage
from trainwell.runs.preview._samples import preview_augmentation as preview_augmentation
from trainwell.runs.training._finish_run import finish_run as finish_run
from trainwell.runs.training._train import Run as Run
from trainwell.runs.training._train import train as train
from trainwell.runs.tuning._tune import tune as tune
from trainwell.runs.tuning._types import StepFindings as StepFindings
from trainwell.runs.tuning._types import TuneOptions as TuneOptions
from trainwell.runs.tuning._types import TuneResult as TuneResult
