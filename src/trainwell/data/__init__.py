"""Labelled images from many kinds of sources, checked, cut, decoded and held."""

from trainwell.data._array_dataset import array_dataset as array_dataset
from trainwell.data._as_image import ImageLike as ImageLike
from trainwell.data._as_image import as_image as as_image
from trainwell.data._as_image import image_list as image_list
from trainwell.data._as_image import is_one_image as is_one_image
from trainwell.data._audit import Audit as Audit
from trainwell.data._class_targets import CLASSES as CLASSES
from trainwell.data._class_targets import ClassTargets as ClassTargets
from trainwell.data._class_targets import about_odd_bit as about_odd_bit
from trainwell.data._class_targets import as_bit as as_bit
from trainwell.data._class_targets import columns_of_bits as columns_of_bits
from trainwell.data._class_targets import nearly_bits as nearly_bits
from trainwell.data._class_targets import zeros_and_ones as zeros_and_ones
from trainwell.data._classes import class_name as class_name
from trainwell.data._classes import class_order as class_order
from trainwell.data._coco_keypoints import read_coco_keypoints as read_coco_keypoints
from trainwell.data._decode import decode as decode
from trainwell.data._device_images import DeviceImages as DeviceImages
from trainwell.data._device_images import device_images as device_images
from trainwell.data._device_images import to_device as to_device
from trainwell.data._find import find_images as find_images
from trainwell.data._indices import evenly_spaced_indices as evenly_spaced_indices
from trainwell.data._indices import (
    spaced_indices_per_class as spaced_indices_per_class,
)
from trainwell.data._indices import stratified_indices as stratified_indices
from trainwell.data._landmarks import read_landmarks as read_landmarks
from trainwell.data._load import load as load
from trainwell.data._load_labelled import load_labelled as load_labelled
from trainwell.data._load_to_evaluate import ToEvaluate as ToEvaluate
from trainwell.data._load_to_evaluate import load_to_evaluate as load_to_evaluate
from trainwell.data._near_groups import grouped_folds as grouped_folds
from trainwell.data._near_groups import groups_per_class as groups_per_class
from trainwell.data._near_groups import near_groups as near_groups
from trainwell.data._near_groups import near_image_groups as near_image_groups
from trainwell.data._near_groups import near_keys as near_keys
from trainwell.data._pack_images import pack_images as pack_images
from trainwell.data._point_cells import point_of as point_of
from trainwell.data._point_columns import PointColumns as PointColumns
from trainwell.data._point_columns import num_whole_points as num_whole_points
from trainwell.data._point_columns import point_columns as point_columns
from trainwell.data._point_table import POINTS_ORIGINS as POINTS_ORIGINS
from trainwell.data._point_table import PointTable as PointTable
from trainwell.data._pts import read_pts as read_pts
from trainwell.data._pts import read_pts_folder as read_pts_folder
from trainwell.data._read import SourceLike as SourceLike
from trainwell.data._read import source_place as source_place
from trainwell.data._reading import AS_FOUND as AS_FOUND
from trainwell.data._reading import Reading as Reading
from trainwell.data._resident import ResidentStore as ResidentStore
from trainwell.data._shared_groups import SharedGroups as SharedGroups
from trainwell.data._shared_groups import shared_groups as shared_groups
from trainwell.data._shrink import shrink as shrink
from trainwell.data._split_images import SplitImages as SplitImages
from trainwell.data._splits import Splits as Splits
from trainwell.data._store import open_store as open_store
from trainwell.data._streaming import StreamingStore as StreamingStore
from trainwell.data._submission import AskedPoints as AskedPoints
from trainwell.data._submission import read_asked_points as read_asked_points
from trainwell.data._submission import submission as submission
from trainwell.data._submission import write_submission as write_submission
from trainwell.data._subset import subset as subset
from trainwell.data._subset_store import SubsetStore as SubsetStore
from trainwell.data._swaps import KNOWN_SWAPS as KNOWN_SWAPS
from trainwell.data._swaps import point_swaps as point_swaps
from trainwell.data._targets import Cells as Cells
from trainwell.data._targets import Head as Head
from trainwell.data._targets import ReadLabels as ReadLabels
from trainwell.data._targets import TargetReader as TargetReader
from trainwell.data._targets import Where as Where
from trainwell.data._types import Dataset as Dataset
from trainwell.data._types import Image as Image
from trainwell.data._types import ImageStore as ImageStore
from trainwell.data._types import PackedImages as PackedImages
from trainwell.data._white_level import FULL_RANGE as FULL_RANGE
from trainwell.data._white_level import Levels as Levels
from trainwell.data._white_level import Pixels as Pixels

__all__ = [
    "CLASSES",
    "Cells",
    "Head",
    "ReadLabels",
    "TargetReader",
    "Where",
    "AskedPoints",
    "Audit",
    "Dataset",
    "Image",
    "ImageLike",
    "PointTable",
    "Reading",
    "SourceLike",
    "Splits",
    "array_dataset",
    "as_image",
    "decode",
    "find_images",
    "load",
    "load_labelled",
    "point_swaps",
    "read_asked_points",
    "read_coco_keypoints",
    "read_landmarks",
    "read_pts",
    "read_pts_folder",
    "subset",
    "write_submission",
]
