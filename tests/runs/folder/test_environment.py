"""A run that goes on elsewhere says that its weights depend on it."""

import torch

from trainwell.core.device import describe
from trainwell.runs import Quiet, RunFolder
from trainwell.runs.folder._environment import warn_of_another_machine


class Warned(Quiet):
    def __init__(self):
        self.lines = []

    def warn(self, text):
        self.lines.append(text)


def test_what_decides_the_last_digits(tmp_path):
    folder, warned = RunFolder(tmp_path), Warned()
    warn_of_another_machine(folder, warned)
    folder.write_json(folder.environment, describe() | {"cores": -1, "python": "2"})
    warn_of_another_machine(folder, warned)
    assert warned.lines == []
    folder.write_json(folder.environment, describe() | {"threads": 7, "torch": "1.0"})
    warn_of_another_machine(folder, warned)
    threads = torch.get_num_threads()
    expected = f"threads={threads} instead of 7, torch={torch.__version__} instead"
    assert expected in warned.lines[0]
