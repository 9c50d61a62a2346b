"""Draw how far probabilities can be taken at their word."""

from markupsafe import Markup
from matplotlib.figure import Figure

from trainwell.metrics import Calibration
from trainwell.report._svg import ACCENT, MUTED, SECOND, draw


def picture(calibration: Calibration) -> Markup:
    """Return accuracy over probability, and how many predictions there are of each."""

    def paint(figure: Figure) -> None:
        upper, lower = figure.subplots(2, sharex=True, height_ratios=[4, 1])
        sure = [b.confidence for b in calibration.bins]
        right = [b.accuracy for b in calibration.bins]
        counts = [b.count for b in calibration.bins]
        upper.plot([0, 1], [0, 1], "--", color=MUTED, linewidth=1)
        upper.vlines(sure, sure, right, color=SECOND, linewidth=3, alpha=0.55)
        upper.plot(sure, right, "o-", color=ACCENT, markersize=5, linewidth=1.4)
        upper.set(xlim=(0, 1.01), ylim=(-0.03, 1.03), ylabel="accuracy")
        width = calibration.bins[0].high - calibration.bins[0].low
        middles = [(b.low + b.high) / 2 for b in calibration.bins]
        lower.bar(middles, counts, width=0.9 * width, color=ACCENT, alpha=0.7)
        lower.set(xlabel="probability of the prediction", ylabel="predictions")

    label = (
        f"Calibration plot: expected calibration error {calibration.error:.3f}. "
        f"{calibration.words}"
    )
    return draw(paint, name="calibration", label=label, size=(4.4, 4.0))
