"""Every claim: its file, its words, and its small form from measurement to picture."""

import inspect
import json
from pathlib import Path

import pytest

from trainwell.experiments import (
    CLAIMS,
    EXPERIMENTS,
    SECTIONS,
    claim_module,
    claims,
    find_claim,
    load_result,
    measure_claim,
)
from trainwell.runs import Quiet

CERTAIN = {  # nothing random: known in advance
    "adam_bias": "held",
    "adam_from_zero": "not held",
    "batch_norm_identity": "not held",
    "dropout_division": "not held",
    "gamma_gradient": "not held",
    "inverted_dropout": "held",
    "keep_probability": "not held",
    "norm_squared": "not held",
    "positive_inputs": "held",
    "saddle": "held",
    "step_functions": "held",
    "valley": "held",
    "whitening_conditions": "held",
}


def test_every_file_is_a_claim_of_one_section():
    files = Path(claims.__file__).parent.glob("_[!_]*.py")
    assert sorted(path.stem[1:] for path in files) == sorted(CLAIMS)
    assert len(set(CLAIMS)) == len(CLAIMS) == sum(map(len, SECTIONS.values()))
    assert not set(CLAIMS) & set(EXPERIMENTS)


def test_an_unknown_name():
    with pytest.raises(ValueError, match=r"got 'vally'\. Did you mean `valley`"):
        find_claim("vally")


@pytest.mark.parametrize("name", CLAIMS)
def test_it_explains_itself(name):
    claim, module = find_claim(name), claim_module(name)
    first, _, rest = inspect.getdoc(module).partition("\n")
    assert first.endswith(".")
    assert len(rest.split()) > 20, "why, and what is measured"
    assert claim.source.startswith("deck")
    for sentence in (claim.claim, claim.criterion):
        assert sentence.endswith(".")
        assert sentence[0].isupper()
    assert not claim.title.endswith(".")
    assert len(inspect.getsource(module).splitlines()) <= 150


@pytest.mark.parametrize("name", CLAIMS)
def test_the_small_form(name, tmp_path):
    result = measure_claim(name, quick=True, out=tmp_path, reporter=Quiet())
    assert result.verdict.word == CERTAIN.get(name, result.verdict.word)
    assert result.verdict.word in ("held", "not held", "undecided")
    assert any(letter.isdigit() for letter in result.verdict.numbers)
    assert result.verdict.numbers.endswith(".")
    again = load_result(tmp_path / f"{name}.json")
    claim = find_claim(name)
    assert claim.judge(again.runs) == result.verdict, "JSON keeps what decides"
    assert json.loads((tmp_path / f"{name}.json").read_text())["quick"] is True
    picture = (tmp_path / f"{name}.svg").read_text()
    assert picture.startswith("<svg")
    assert "<path" in picture
