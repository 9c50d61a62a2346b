"""What a step found comes back from the study as it was."""
