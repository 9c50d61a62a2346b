"""What training images look like after augmentation."""

from trainwell.runs.preview._run_samples import preview_run as preview_run
from trainwell.runs.preview._samples import PreviewImage as PreviewImage
from trainwell.runs.preview._samples import preview_augmentation as preview_augmentation
