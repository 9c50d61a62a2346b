"""What training images look like after augmentation."""

from trainwell.runs.preview._run_samples import look_back as look_back
from trainwell.runs.preview._samples import Seen as Seen
from trainwell.runs.preview._samples import look_ahead as look_ahead
