"""Readers of drafts: text with its places, from Markdown, HTML, Word and plain text."""
