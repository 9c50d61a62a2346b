"""Open data and a recipe: what a command works on."""
