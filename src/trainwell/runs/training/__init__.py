"""One run from its begin to its report."""
