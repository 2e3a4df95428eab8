"""English, as data and as few functions."""
