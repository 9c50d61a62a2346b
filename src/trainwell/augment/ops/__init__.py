"""Operations: deterministic functions of magnitudes; no randomness here.

Geometry is expressed as windows, shape (n, 4): the rectangle (x0, y0, x1, y1) of the
source that the output shows, in units of the source's width and height, so that
(0, 0, 1, 1) is the whole image. x1 < x0 shows it mirrored.
"""

from trainwell.augment.ops._fit import fit as fit
from trainwell.augment.ops._flip import horizontal_flip as horizontal_flip
from trainwell.augment.ops._look import Look as Look
from trainwell.augment.ops._look import shown as shown
from trainwell.augment.ops._resized_crop import resized_crop as resized_crop
from trainwell.augment.ops._shift import shift as shift
from trainwell.augment.ops._steps import Steps as Steps
from trainwell.augment.ops._steps import nothing as nothing
from trainwell.augment.ops._steps import select as select
from trainwell.augment.ops._steps import then as then
from trainwell.augment.ops._steps import where as where
