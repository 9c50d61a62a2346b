"""Dropout: zero each value with probability p.

    y = m x / (1 - p),    m ~ Bernoulli(1 - p)

p is the probability of zeroing (some texts give the probability of keeping).

Use: before the last linear layers of a network that overfits; p = 0.5 for wide layers,
less elsewhere. Little use between convolutions with `batch_norm`.
Side effects: slower convergence; the variance after it differs between training and
evaluation, which disturbs a batch normalisation that follows; the identity in
evaluation.
Source: Srivastava et al., "Dropout", 2014, section 4,
https://jmlr.org/papers/v15/srivastava14a.html. The layer is torch's, inverted: it
scales in training, where the paper scales the weights at test time.
"""

from torch import nn

from trainwell.core import checks


def dropout_layer(*, p: float = 0.5) -> nn.Module:
    """Return the layer, for any shape.

    Args:
        p: Probability of zeroing, in [0, 1].

    Raises:
        ValueError: If `p` is out of range.
    """
    checks.between("p", p, 0, 1)
    return nn.Dropout(p)
