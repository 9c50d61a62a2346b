"""PCA colour shift: move all pixels along the main directions of the data's colours.

    y = x + sum_i p_i a_i lambda_i

with p_i and lambda_i the eigenvectors and eigenvalues of the covariance of the
training set's pixels and a_i three samples per image, N(0, 0.1) in AlexNet.

Use: for natural images; the identity of an object outlives such changes of light.
Side effects: what leaves 0..255 is cut off.
Source: Krizhevsky et al., "ImageNet Classification with Deep Convolutional Neural
Networks", 2012, section 4.1.
"""

from trainwell.augment.ops._op_sequence import Floats, OpSequence
from trainwell.augment.ops._scale_and_shift import scale_and_shift


def pca_color_shift(
    samples: Floats, *, eigenvectors: Floats, eigenvalues: Floats
) -> OpSequence:
    """Return the operations that add the shifts of n images.

    Args:
        samples: Shape (n, channels).
        eigenvectors: One per column, (channels, channels).
        eigenvalues: Eigenvalues for pixels in [0, 1], shape (channels,).

    Example:
        >>> from trainwell.augment.ops import pca_color_shift
        >>> samples, eigenvalues = np.full((1, 3), 0.1), np.array([0.2, 0.1, 0])
        >>> pca_color_shift(samples, eigenvectors=np.eye(3), eigenvalues=eigenvalues)
        OpSequence(samples=1, first=['levels × 1.00 +5 +3 +0'])
    """
    return scale_and_shift(1.0, 255 * (samples * eigenvalues) @ eigenvectors.T)
