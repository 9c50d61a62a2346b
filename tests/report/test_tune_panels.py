"""Pictures of tuning: what is drawn, by hand, and what is left out."""

from types import SimpleNamespace

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from trainwell.report import ScoredBy
from trainwell.report import _tune_panels as panels
from trainwell.report._svg import ACCENT, INK, SECOND
from trainwell.tuning import (
    ChosenLr,
    Coarse,
    LrRangeTest,
    Overfit,
    OverfitTrial,
    Range,
    Trial,
    TrialSpec,
)

SPACE = {"optimizer.lr": Range(1e-4, 1.0), "loss.mix": Range(0.0, 2.0, log=False)}
CURVE = ({"epoch": 1.0, "val_accuracy": 0.5},)


def trial(number, score, lr=1e-2, stage="coarse", origin="random", state="complete"):
    point = {"optimizer.lr": lr, "loss.mix": 0.5}
    spec = TrialSpec(stage, origin, point, 1.0)
    return Trial(number, spec, score, CURVE, state)


def case(*trials, **more):
    more = {"scored_by": ScoredBy(), **more}
    return SimpleNamespace(space=SPACE, coarse=Coarse(trials), **more)


@pytest.fixture
def drawn(monkeypatch):
    """Pictures as axes and label, before they become SVG."""

    def axes(paint, *, name, label, size):
        paint(figure := Figure(size))
        return SimpleNamespace(axes=figure.axes[0], label=label, name=name)

    monkeypatch.setattr(panels, "draw", axes)


def lines(picture):
    """Lines of the data: those that are not one place wide, or not one point high."""
    return [
        x for x in picture.axes.lines if x.get_transform() == picture.axes.transData
    ]


def trials_of(picture):
    return [list(line.get_ydata()) for line in lines(picture)]


def test_a_trial_is_a_line_over_its_shares_of_the_ranges_and_its_rank(drawn):
    trials = [trial(0, 0.2, 1e-4), trial(1, 0.6, 1e-1), trial(2, 0.4, 1e-2)]
    picture = panels.coordinates_picture(case(), trials)
    expected = [[0.0, 0.25, 0.0], [0.5, 0.25, 0.5], [0.75, 0.25, 1.0]]
    for found, heights in zip(trials_of(picture), expected, strict=True):
        assert found == pytest.approx(heights)
    ticks = [t.get_text() for t in picture.axes.get_xticklabels()]
    assert ticks == ["lr", "mix", "rank"]
    ends = [t.get_text() for t in picture.axes.texts]
    assert ends == ["0.0001", "1", "0", "2", "worst", "best"]
    assert picture.label == (
        "3 trials as lines over optimizer.lr, loss.mix and their rank."
    )


def test_colours_and_dashes_tell_kinds_and_ends_and_repeats_are_left_out(drawn):
    trials = [
        trial(0, 0.1, origin="default"),
        trial(1, 0.2),
        trial(2, 0.3, stage="refine 1"),
        trial(3, 0.2, stage="refine 1", state="pruned"),
        trial(4, 0.9, stage="repeat"),
    ]
    picture = panels.coordinates_picture(case(), trials)
    found = {
        (to_hex(x.get_color()), x.get_linestyle(), round(x.get_alpha(), 3))
        for x in lines(picture)
    }
    assert found == {
        (INK, "--", 0.25),
        (SECOND, "--", 1.0),
        (ACCENT, "-", 1.0),
        (ACCENT, ":", 0.25),
    }
    assert "4 trials" in picture.label


def test_best_so_far_of_random_points_and_the_grid(drawn):
    trials = [trial(0, 0.9, origin="default")]
    for i, score in enumerate([0.2, 0.1, 0.5, 0.8], 1):
        trials.append(trial(i, score))
    for i, score in enumerate([0.3, 0.4, 0.35], 5):
        trials.append(trial(i, score, origin="grid"))
    picture = panels.compare_picture(case(*trials))
    assert trials_of(picture) == [[0.2, 0.2, 0.5], [0.3, 0.4, 0.4]]
    assert list(lines(picture)[0].get_xdata()) == [1, 2, 3]
    assert picture.label == (
        "Best of 3 trials so far: random points 0.500, grid 0.400."
    )


def test_nothing_is_compared_without_a_grid(drawn):
    assert panels.compare_picture(case(trial(0, 0.1), trial(1, 0.2))) is None


def test_scores_over_each_field_without_what_failed(drawn):
    trials = [
        trial(0, 0.1, 1e-3),
        trial(1, 0.0, 1e-1, state="failed"),
        trial(2, 0.7, 1e-2, stage="refine 1", state="pruned"),
        trial(3, 0.9, stage="repeat"),
    ]
    found = panels.scatter_pictures(case(), trials)
    assert [name for name, _ in found] == list(SPACE)
    (_, rate), (_, mix) = found
    points = [(list(x.get_xdata()), list(x.get_ydata())) for x in lines(rate)]
    assert points == [([1e-3], [0.1]), ([1e-2], [0.7])]
    assert (rate.axes.get_xscale(), mix.axes.get_xscale()) == ("log", "linear")
    assert rate.axes.get_xlim() == pytest.approx((0.8e-4, 1.25))
    assert rate.label == "Validation accuracy of 2 trials over optimizer.lr."
    assert rate.name != mix.name


def test_repeats_are_dots_with_their_mean(drawn):
    scores = {"default": (0.5, 0.7), "coarse best": (0.9,), "finer best": ()}
    picture = panels.repeats_picture(case(repeats=scores, winner="coarse best"))
    dots, mean, dot, alone = lines(picture)
    assert list(dots.get_xdata()) == [0.5, 0.7]
    assert list(dots.get_ydata()) == [0, 0]
    assert list(mean.get_xdata()) == pytest.approx([0.6, 0.6])
    assert (list(dot.get_xdata()), list(dot.get_ydata())) == ([0.9], [-1])
    assert list(alone.get_xdata()) == [0.9, 0.9]
    assert [to_hex(x.get_color()) for x in (dots, dot)] == [SECOND, ACCENT]
    ticks = [t.get_text() for t in picture.axes.get_yticklabels()]
    assert ticks == ["default", "coarse best"]
    assert picture.label == "default: 0.500, 0.700; coarse best: 0.900"
    assert panels.repeats_picture(case(repeats={}, winner="default")) is None


def rate(rates, losses, chosen):
    test = LrRangeTest(rates, losses, burst=False)
    return case(rate=ChosenLr(test, {"steepest": 0.1, "valley": 0.2}, (), chosen))


def test_the_range_test_with_the_rules_and_the_choice(drawn):
    picture = panels.rate_picture(rate((0.01, 0.1, 1.0), (2.0, 1.0, 3.0), 0.2))
    assert trials_of(picture) == [[2.0, 1.0, 3.0]]
    upright = [x for x in picture.axes.lines if x not in lines(picture)]
    assert [x.get_xdata()[0] for x in upright] == [0.1, 0.2, 0.2]
    assert to_hex(upright[-1].get_color()) == SECOND
    assert picture.axes.get_ylim() == pytest.approx((1 - 0.16, 3 + 0.36))
    assert picture.axes.texts[0].get_text() == "chosen 0.2"
    assert picture.label == (
        "Smoothed loss while the learning rate rises from 0.01 to 1; 0.2 was chosen."
    )


@pytest.mark.parametrize("losses", [(2.0, 2.0), (2.0,)])
def test_a_range_test_whose_loss_stands_still(drawn, losses):
    picture = panels.rate_picture(rate((0.01, 0.1)[: len(losses)], losses, 0.2))
    low, high = picture.axes.get_ylim()
    assert low < 2.0 < high


def test_the_loss_of_the_attempt_that_got_furthest(drawn):
    trials = (
        OverfitTrial(0.1, (3.0, 2.0), (0.2, 0.8), "too slow"),
        OverfitTrial(0.01, (9.0, 8.0), (0.1, 0.3), "too slow"),
    )
    picture = panels.overfit_picture(case(overfit=Overfit(trials)))
    assert trials_of(picture) == [[3.0, 2.0]]
    assert list(lines(picture)[0].get_xdata()) == [1, 2]
    assert picture.axes.get_ylim()[0] == 0
    assert picture.label == "Loss on a few batches, from 3 to 2."


def test_a_picture_says_its_label_and_takes_the_colours_of_the_page():
    svg = panels.compare_picture(case(trial(1, 0.2), trial(2, 0.4, origin="grid")))
    assert 'aria-label="Best of 1 trials so far: random points 0.200' in svg
    assert "var(--accent)" in svg
    assert 'id="tune-compare-' in svg
