"""Reports as pages and text: on a run, on the start of a network, on tuning."""

from trainwell.report._describe_gain import describe_gain as describe_gain
from trainwell.report._describe_gain import describe_mean as describe_mean
from trainwell.report._explain_page import AnswerShown as AnswerShown
from trainwell.report._explain_page import ImageShown as ImageShown
from trainwell.report._explain_page import MapShown as MapShown
from trainwell.report._explain_page import write_explanations as write_explanations
from trainwell.report._gallery_page import GalleryItem as GalleryItem
from trainwell.report._gallery_page import write_gallery as write_gallery
from trainwell.report._init_histogram import blocks as blocks
from trainwell.report._init_histogram import common_axis as common_axis
from trainwell.report._init_page import InitCase as InitCase
from trainwell.report._init_page import write_init_report as write_init_report
from trainwell.report._map_picture import map_picture as map_picture
from trainwell.report._number_format import digits as digits
from trainwell.report._number_format import percent as percent
from trainwell.report._page import write_report as write_report
from trainwell.report._pictures import inline_svg as inline_svg
from trainwell.report._pictures import standalone_svg as standalone_svg
from trainwell.report._run_json import Origin as Origin
from trainwell.report._run_json import Summary as Summary
from trainwell.report._run_json import read_run_json as read_run_json
from trainwell.report._scored_by import ACCURACY as ACCURACY
from trainwell.report._scored_by import ScoredBy as ScoredBy
from trainwell.report._search_reports import (
    report_coarse_search as report_coarse_search,
)
from trainwell.report._search_reports import report_curves as report_curves
from trainwell.report._search_reports import (
    report_refined_search as report_refined_search,
)
from trainwell.report._step_reports import StepReport as StepReport
from trainwell.report._step_reports import report_initial_loss as report_initial_loss
from trainwell.report._step_reports import report_lr as report_lr
from trainwell.report._step_reports import report_overfit as report_overfit
from trainwell.report._tune_case import TuneCase as TuneCase
from trainwell.report._tune_page import write_tune_report as write_tune_report

__all__ = [
    "InitCase",
    "ScoredBy",
    "StepReport",
    "TuneCase",
    "write_init_report",
    "write_report",
    "write_tune_report",
]
