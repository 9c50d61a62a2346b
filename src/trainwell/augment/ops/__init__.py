"""Operations: deterministic functions of magnitudes; no randomness here.

Geometry is expressed as crop boxes, shape (n, 4): the rectangle (x0, y0, x1, y1) of the
source that the output shows, in units of the source's width and height, so that
(0, 0, 1, 1) is the whole image. x1 < x0 shows it mirrored.

All other operations are functions from magnitudes, arrays of shape (n,), to an
`OpSequence` of n samples; plain numbers give the sequence of one sample.
"""

from trainwell.augment.ops._autocontrast import autocontrast as autocontrast
from trainwell.augment.ops._blur import blur as blur
from trainwell.augment.ops._brightness import brightness as brightness
from trainwell.augment.ops._color_matrix import color_matrix as color_matrix
from trainwell.augment.ops._contrast import contrast as contrast
from trainwell.augment.ops._cutmix import cutmix as cutmix
from trainwell.augment.ops._cutout import cutout as cutout
from trainwell.augment.ops._equalize import equalize as equalize
from trainwell.augment.ops._erase import erase as erase
from trainwell.augment.ops._fit import fit as fit
from trainwell.augment.ops._flip import flip as flip
from trainwell.augment.ops._flip import horizontal_flip as horizontal_flip
from trainwell.augment.ops._gamma import gamma as gamma
from trainwell.augment.ops._gaussian_blur import gaussian_blur as gaussian_blur
from trainwell.augment.ops._gaussian_noise import gaussian_noise as gaussian_noise
from trainwell.augment.ops._hue import hue as hue
from trainwell.augment.ops._invert import invert as invert
from trainwell.augment.ops._iso_noise import iso_noise as iso_noise
from trainwell.augment.ops._lens_distortion import lens_distortion as lens_distortion
from trainwell.augment.ops._mixup import mixup as mixup
from trainwell.augment.ops._op_sequence import OpSequence as OpSequence
from trainwell.augment.ops._op_sequence import concat as concat
from trainwell.augment.ops._pca_color_shift import pca_color_shift as pca_color_shift
from trainwell.augment.ops._posterize import posterize as posterize
from trainwell.augment.ops._rescale import rescale as rescale
from trainwell.augment.ops._resized_crop import resized_crop as resized_crop
from trainwell.augment.ops._rotate import rotate as rotate
from trainwell.augment.ops._rotate90 import rotate90 as rotate90
from trainwell.augment.ops._saturation import saturation as saturation
from trainwell.augment.ops._scale_and_shift import scale_and_shift as scale_and_shift
from trainwell.augment.ops._sharpness import sharpness as sharpness
from trainwell.augment.ops._shear_x import shear_x as shear_x
from trainwell.augment.ops._shear_y import shear_y as shear_y
from trainwell.augment.ops._shift import shift as shift
from trainwell.augment.ops._shift_scale_rotate import (
    shift_scale_rotate as shift_scale_rotate,
)
from trainwell.augment.ops._smooth import smooth as smooth
from trainwell.augment.ops._solarize import solarize as solarize
from trainwell.augment.ops._solarize_add import solarize_add as solarize_add
from trainwell.augment.ops._stretch import stretch as stretch
from trainwell.augment.ops._transform_params import TransformParams as TransformParams
from trainwell.augment.ops._transform_params import crop_only as crop_only
from trainwell.augment.ops._translate_x import translate_x as translate_x
from trainwell.augment.ops._translate_y import translate_y as translate_y
from trainwell.augment.ops._transpose import transpose as transpose
from trainwell.augment.ops._vertical_flip import vertical_flip as vertical_flip
