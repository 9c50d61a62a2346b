"""Checks on real data: of the data itself, a start, a training, a transfer."""

from trainwell.runs.checks._data import DataCheck as DataCheck
from trainwell.runs.checks._data import check_data as check_data
from trainwell.runs.checks._init import check_init as check_init
from trainwell.runs.checks._transfer import check_transfer as check_transfer
