"""The technique table, and what a recipe section may name."""

from trainwell.core.techniques._row import Row as Row
from trainwell.core.techniques._table import ROWS as ROWS
from trainwell.core.techniques._table import builders as builders
from trainwell.core.techniques._table import section_names as section_names
