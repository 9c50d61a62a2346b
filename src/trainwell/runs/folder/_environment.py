"""Whether a run goes on where it began: the machine decides the last digits."""

from trainwell.core.device import describe
from trainwell.runs._reporter import Reporter
from trainwell.runs.folder._folder import RunFolder

_DECIDE = ("threads", "accelerator", "processor", "torch")


def warn_of_another_machine(folder: RunFolder, reporter: Reporter) -> None:
    """Warn if sums are formed in another order than when the run began."""
    if not folder.environment.exists():
        return
    began, now = folder.read_json(folder.environment), describe()
    other = [
        f"{key}={now[key]} instead of {began[key]}"
        for key in _DECIDE
        if isinstance(began, dict) and key in began and began[key] != now[key]
    ]
    if other:
        reporter.warn(
            f"{folder.path} goes on with {', '.join(other)}; its weights will differ a "
            "little from those of a run that was never interrupted."
        )
