import pytest

from trainwell.core.errors import ModelError
from trainwell.models import ModelSpec
from trainwell.models._arguments import accepted


def spec(**arguments):
    return ModelSpec("m", 4, 3, 16, arguments)


def two_facts(num_classes, *, in_channels=1, width=2.0):
    """A factory that does not care for the image size."""


def anything(**options):
    """A factory that takes whatever it is given."""


def demanding(num_classes, depth):
    """A factory with a required argument."""


def test_only_the_facts_it_takes():
    keywords = accepted(two_facts, spec(width=1.5))
    assert keywords == {"num_classes": 4, "in_channels": 3, "width": 1.5}


def test_all_facts_for_a_factory_of_anything():
    assert set(accepted(anything, spec(other=1))) == {
        "num_classes",
        "in_channels",
        "image_size",
        "other",
    }


@pytest.mark.parametrize(
    ("factory", "arguments", "message"),
    [
        (two_facts, {"widht": 1}, "no argument `widht`; it takes: width. Did you mean"),
        (two_facts, {"num_classes": 9}, "`num_classes` of `m` is decided by the data"),
        (demanding, {}, "needs the argument `depth`"),
    ],
)
def test_errors(factory, arguments, message):
    with pytest.raises(ModelError, match=message):
        accepted(factory, spec(**arguments))
