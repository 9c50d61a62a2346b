"""Trainers are whatever trains one update at a time."""

from trainwell.tuning import StepwiseTrainer, TrainerFactory, lowers_loss


class Halves:
    """A loss that halves with every update."""

    def __init__(self):
        self.loss = 2.0

    def step(self, rate):
        loss, self.loss = self.loss, self.loss / 2
        return loss

    def quality(self):
        return 1.0


def test_a_class_with_the_two_methods_is_enough():
    factory: TrainerFactory = Halves
    trainer: StepwiseTrainer = factory()
    assert [trainer.step(0.1) for _ in range(3)] == [2.0, 1.0, 0.5]
    found = lowers_loss(factory, 0.1)
    assert (found.passed, found.steps) == (True, 10), "the first mean of ten"
