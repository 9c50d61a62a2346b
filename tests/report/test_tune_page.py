"""The page on a tuning made by hand."""

from dataclasses import replace

import pytest

from trainwell.diagnose import InitialLoss
from trainwell.report import ScoredBy, TuneCase, write_tune_report
from trainwell.tuning import (
    Choices,
    ChosenLr,
    Coarse,
    LrRangeTest,
    LrTrial,
    Overfit,
    OverfitTrial,
    Range,
    Reading,
    Refined,
    Round,
    Trial,
    TrialSpec,
    measure_gain,
)

SPACE = {"optimizer.lr": Range(1e-4, 1.0)}
CURVE = ({"epoch": 1.0, "val_accuracy": 0.5},)


def trial(number, score, stage="coarse", origin="random", lr=0.1):
    spec = TrialSpec(stage, origin, {"optimizer.lr": lr}, 2.0)
    return Trial(number, spec, score, CURVE, "complete")


@pytest.fixture
def case():
    coarse = tuple(
        trial(i, s, origin="default" if i == 0 else "random", lr=10.0 ** (-i - 1))
        for i, s in enumerate((0.5, 0.7, 0.6))
    )
    near = (trial(3, 0.71, "refine 1", "best"), trial(4, 0.75, "refine 1"))
    scores, base = (0.75, 0.76), (0.5, 0.52)
    attempt = OverfitTrial(0.1, (2.3, 0.2), (0.5, 1.0), "learned")
    lr_trial = LrTrial(("valley",), 0.1, 2.3, 1.1, 40, True)
    test = LrRangeTest((1e-3, 1e-2, 1e-1), (2.3, 2.0, 2.1), False)
    return TuneCase(
        source="my/photos",
        command="trainwell tune my/photos",
        winner_file="winner.yaml",
        budget=60.0,
        seconds=50.0,
        said=tuple((n, f"title {n}", True, f"text <{n}>") for n in range(1, 9)),
        plan="3 trials, then 2.",
        initial=InitialLoss.compare(2.3, 2.4, 2.303),
        overfit=Overfit((attempt,)),
        rate=ChosenLr(test, {"valley": 0.1}, (lr_trial,), 0.1),
        space=SPACE,
        coarse=Coarse(coarse),
        refined=Refined({"optimizer.lr": 0.1}, (Round(SPACE, near),)),
        reading=Reading(near[1], "fits well", "It fits well."),
        repeats={"default": base, "finer best": scores},
        points={"default": {"optimizer.lr": 0.5}, "finer best": {"optimizer.lr": 0.1}},
        gains={"finer best": measure_gain(scores, base)},
        winner="finer best",
        summary={
            "model": "lenet",
            "epochs": 5.0,
            "val_accuracy": 0.76,
            "test_accuracy": None,
        },
        environment={"trainwell": "1", "device": "cpu"},
        scored_by=ScoredBy(),
    )


def test_the_page_has_every_step_and_every_trial(case, tmp_path):
    trials = [*case.coarse.trials, *case.refined.rounds[0].trials]
    path = write_tune_report(case, trials, tmp_path / "tune.html")
    page = path.read_text()
    for number in range(1, 8):
        assert f"ext &lt;{number}&gt;" in page, "escaped"
    assert "5 trials" in page
    assert "trainwell tune my/photos" in page
    assert page.count("<svg") >= 5


def test_why_there_was_no_other_round(case, tmp_path):
    said = tuple(line for line in case.said if line[0] != 7)
    case = replace(case, said=said)
    page = write_tune_report(case, [], tmp_path / "tune.html").read_text()
    assert "There was no time for another round." in page
    (only,) = case.refined.rounds
    names = replace(only, space={"optimizer.lr": Choices((0.1,))})
    case = replace(case, refined=replace(case.refined, rounds=(names,)))
    page = write_tune_report(case, [], tmp_path / "tune.html").read_text()
    assert "There was no time for another round." not in page
