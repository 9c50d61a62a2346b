"""Lottery tickets: train, prune, rewind to the early weights, repeat.

    removed after round r of n = 1 - (1 - share)^(r / n)

so that every round removes the same share of what is left, and the last one reaches
`share`.

Use: to find a small network that trains to the accuracy of the large one, or to study
what training really needed.
Side effects: n + 1 trainings in one run, each with the whole schedule; the optimizer
starts again with each.

Source: Frankle & Carbin, "The Lottery Ticket Hypothesis", 2019, section 2,
https://arxiv.org/abs/1803.03635; rewinding to early instead of initial weights:
Frankle et al., "Stabilizing the Lottery Ticket Hypothesis", 2019,
https://arxiv.org/abs/1903.01611
"""

from trainwell.core import checks


def ticket_share(finished: int, *, rounds: int, share: float) -> float:
    """Return the share to have been removed after so many finished rounds.

    Raises:
        ValueError: If `finished` is not in [0, rounds], or `share` not in [0, 1].

    Example:
        >>> from trainwell.prune import ticket_share
        >>> [round(ticket_share(n, rounds=2, share=0.75), 3) for n in (0, 1, 2)]
        [0.0, 0.5, 0.75]
    """
    checks.positive("rounds", rounds)
    checks.between("finished", finished, 0, rounds)
    checks.between("share", share, 0, 1)
    return float(1 - (1 - share) ** (finished / rounds))
