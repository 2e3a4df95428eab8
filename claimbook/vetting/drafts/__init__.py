"""Drafts as words with their places: one module for each kind of file; `files` chooses."""
