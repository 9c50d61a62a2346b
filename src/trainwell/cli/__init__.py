"""The command line: each command is one file that calls one function of `runs`."""

from trainwell.cli._main import main as main
