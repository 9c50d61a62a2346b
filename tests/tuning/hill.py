"""A search on a hill whose top is known."""

import math

from trainwell.tuning import Range, Trial

SPACE = {"rate": Range(1e-4, 1.0), "decay": Range(1e-6, 1e-2)}
DEFAULT = {"rate": 0.5, "decay": 1e-5}
TOP = {"rate": 0.03, "decay": 2e-4}


def height(point):
    return 1 - sum((math.log10(point[k] / TOP[k]) / 4) ** 2 for k in TOP)


class Hill:
    """Does trials one after the other, and remembers them."""

    def __init__(self, most=10**6):
        self.trials, self.most = [], most

    def __call__(self, numbers, propose):
        mine = []
        for number in numbers:
            if len(self.trials) == self.most:
                break
            spec = propose(number, tuple(self.trials))
            score = height(spec.point)
            line = {"train_accuracy": score, "val_accuracy": score, "val_loss": 1.0}
            mine.append(Trial(number, spec, score, (line,), "complete"))
            self.trials.append(mine[-1])
        return mine
