import pytest

from trainwell.schedules import halving


@pytest.mark.parametrize("epochs", [10, 24, 30])
@pytest.mark.parametrize("each", [1, 2, 3, 5])
def test_halves_every_few_epochs(epochs, each):
    schedule = halving(every=each / epochs)
    found = [schedule(epoch / epochs) for epoch in range(epochs)]
    assert found == [0.5 ** (epoch // each) for epoch in range(epochs)]


@pytest.mark.parametrize("every", [0.0, -0.1, 1.5])
def test_out_of_range(every):
    with pytest.raises(ValueError, match="`every` must be"):
        halving(every)
