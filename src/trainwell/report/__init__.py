"""Pictures and pages from what a run kept."""

from trainwell.report._page import write_report as write_report
