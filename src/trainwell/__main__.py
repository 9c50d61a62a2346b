"""python -m trainwell: the command line."""

from trainwell.cli import main

main()
