"""What every other package may import: checks, errors, keyed randomness, device facts."""
