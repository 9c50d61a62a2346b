"""Pictures of what tuning found: losses, rates, trials, repeats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from trainwell.report._number_format import short_key
from trainwell.report._svg import ACCENT, INK, LINE, MUTED, SECOND, draw
from trainwell.report._tune_axes import ends, heights, scatter
from trainwell.report._tune_case import TuneCase
from trainwell.report._tune_ranks import ranks_of

if TYPE_CHECKING:
    from trainwell.tuning import Trial


def overfit_picture(case: TuneCase) -> Markup:
    """Return the loss of the last attempt at a few batches."""
    losses = case.overfit.last.losses

    def paint(axes: Axes) -> None:
        axes.plot(range(1, len(losses) + 1), losses, color=ACCENT)
        axes.set_ylim(bottom=0)
        axes.set_xlabel("update")

    label = f"Loss on a few batches, from {losses[0]:.3g} to {losses[-1]:.3g}."
    return _draw(paint, "tune-overfit", label)


def rate_picture(case: TuneCase) -> Markup:
    """Return the range test with what each rule says and the rate that was chosen."""
    test, chosen = case.rate.test, case.rate.rate

    def paint(axes: Axes) -> None:
        axes.plot(test.rates, test.losses, color=ACCENT)
        axes.set_xscale("log")
        low, high = min(test.losses), max(test.losses)
        span = high - low or 1.0
        axes.set_ylim(low - 0.08 * span, high + 0.18 * span)
        for rate in case.rate.rules.values():
            axes.axvline(rate, color=MUTED, lw=0.9, ls=":")
        axes.axvline(chosen, color=SECOND, lw=2)
        axes.annotate(
            f"chosen {chosen:.2g}",
            (chosen, 1),
            xycoords=("data", "axes fraction"),
            xytext=(-4, -9),
            textcoords="offset points",
            color=INK,
            ha="right",
        )
        axes.set_xlabel("learning rate")

    label = (
        f"Smoothed loss while the learning rate rises from {test.rates[0]:.2g} to "
        f"{test.rates[-1]:.2g}; {chosen:.2g} was chosen."
    )
    return _draw(paint, "tune-rate", label)


def compare_picture(case: TuneCase) -> Markup | None:
    """Return the best so far of random points and of the grid, trial by trial."""
    parts = [case.coarse.of(name) for name in ("random", "grid")]
    count = min(map(len, parts))
    if not count:
        return None
    best = [_best_so_far([t.score for t in part[:count]]) for part in parts]
    best = [[case.scored_by.value(score) for score in part] for part in best]

    def paint(axes: Axes) -> None:
        for scores, color, style in zip(
            best, (ACCENT, SECOND), ("o-", "s--"), strict=True
        ):
            axes.plot(range(1, count + 1), scores, style, color=color, ms=4)
        axes.set_xlabel("trials")
        axes.set_xticks(range(1, count + 1, max(1, count // 8)))

    label = (
        f"Best of {count} trials so far: random points {best[0][-1]:.3f}, "
        f"grid {best[1][-1]:.3f}."
    )
    return _draw(paint, "tune-compare", label)


def coordinates_picture(case: TuneCase, trials: Sequence[Trial]) -> Markup:
    """Return every trial as a line over its values and its rank among its stage."""
    shown = [t for t in trials if t.spec.stage != "repeat"]
    names = list(case.space)
    ranks = ranks_of(shown)

    def paint(axes: Axes) -> None:
        for trial in sorted(shown, key=lambda t: ranks[t.number]):
            places = [*heights(case.space, trial.spec.point), ranks[trial.number]]
            first = trial.spec.origin == "default"
            coarse = trial.spec.stage == "coarse"
            color = INK if first else SECOND if coarse else ACCENT
            style = ":" if trial.state != "complete" else "--" if coarse else "-"
            strong = 0.25 + 0.75 * ranks[trial.number]
            axes.plot(places, style, color=color, alpha=strong, lw=1.4 + first)
        axes.set_xlim(-0.35, len(names) + 0.3)
        axes.set_xticks(range(len(names) + 1), [*_short(names), "rank"])
        axes.set_yticks([])
        axes.set_ylim(-0.12, 1.12)
        for i, name in enumerate([*names, ""]):
            axes.axvline(i, color=LINE, lw=1)
            texts = ends(case.space, name) if name else ("worst", "best")
            for y, va, text in ((-0.03, "top", texts[0]), (1.03, "bottom", texts[1])):
                axes.text(i, y, text, ha="center", va=va, color=MUTED, fontsize=8)

    label = f"{len(shown)} trials as lines over {', '.join(names)} and their rank."
    return _draw(paint, "tune-trials", label, size=(7.2, 3.0))


def scatter_pictures(
    case: TuneCase, trials: Sequence[Trial]
) -> list[tuple[str, Markup]]:
    """Return the score over each field, coarse and finer trials apart."""
    shown = [
        t
        for t in trials
        if t.spec.stage != "repeat" and t.state != "failed" and t.curve
    ]
    found = []
    for number, name in enumerate(case.space):

        def paint(axes: Axes, name: str = name) -> None:
            having = [t for t in shown if name in t.spec.point]
            parts = [
                [t for t in having if (t.spec.stage == "coarse") == coarse]
                for coarse in (True, False)
            ]
            value = case.scored_by.value
            groups = [
                ([t.spec.point[name] for t in part], [value(t.score) for t in part])
                for part in parts
            ]
            places = scatter(axes, case.space, name, groups)
            looks = ((SECOND, "s"), (ACCENT, "o"))
            for x, (_, scores), look in zip(places, groups, looks, strict=True):
                axes.plot(x, scores, look[1], color=look[0], ms=4.5)
            axes.set_xlabel(name)

        label = (
            f"Validation {case.scored_by.spoken} of {len(shown)} trials over {name}."
        )
        found.append((name, _draw(paint, f"tune-scatter{number}", label)))
    return found


def repeats_picture(case: TuneCase) -> Markup | None:
    """Return the score of every repeat, with the mean of each candidate."""
    rows = [
        (name, [case.scored_by.value(score) for score in scores])
        for name, scores in case.repeats.items()
        if scores
    ]
    if not rows:
        return None

    def paint(axes: Axes) -> None:
        for place, (name, scores) in enumerate(rows):
            color = ACCENT if name == case.winner else SECOND
            axes.plot(scores, [-place] * len(scores), "o", color=color, ms=5)
            mean = sum(scores) / len(scores)
            axes.plot([mean] * 2, [-place - 0.25, -place + 0.25], color=color, lw=2.5)
        axes.set_yticks([-i for i in range(len(rows))], [name for name, _ in rows])
        axes.set_ylim(-len(rows) + 0.4, 0.6)
        axes.set_xlabel(f"validation {case.scored_by.spoken}")

    label = "; ".join(f"{n}: {', '.join(f'{s:.3f}' for s in x)}" for n, x in rows)
    return _draw(paint, "tune-repeats", label, size=(5.6, 0.9 + 0.42 * len(rows)))


def _best_so_far(scores: Sequence[float]) -> list[float]:
    return [max(scores[: i + 1]) for i in range(len(scores))]


def _short(names: Sequence[str]) -> list[str]:
    return [short_key(name) for name in names]


def _draw(
    paint: Callable[[Axes], None],
    name: str,
    label: str,
    size: tuple[float, float] = (3.9, 2.6),
) -> Markup:
    return draw(partial(_on_one_axes, paint), name=name, label=label, size=size)


def _on_one_axes(paint: Callable[[Axes], None], figure: Figure) -> None:
    paint(figure.add_subplot())
