"""python -m trainwell: the command line."""

import os
import sys

if not sys.flags.safe_path and sys.path[:1] == [os.getcwd()]:
    del sys.path[0]  # a file in a folder of images must not stand for a library

from trainwell.cli import main

main()
