"""Keeping a base: reviews, history, what rests on what, pages watched, records brought in."""
