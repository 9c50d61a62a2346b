"""Pictures and pages from what a run kept, and from how a network starts."""

from trainwell.report._init_histogram import blocks as blocks
from trainwell.report._init_histogram import common_axis as common_axis
from trainwell.report._init_page import InitCase as InitCase
from trainwell.report._init_page import write_init_report as write_init_report
from trainwell.report._page import write_report as write_report
from trainwell.report._tune_case import TuneCase as TuneCase
from trainwell.report._tune_page import write_tune_report as write_tune_report
from trainwell.report._words import digits as digits
from trainwell.report._words import percent as percent
