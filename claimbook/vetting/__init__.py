"""Drafts in, judged sentences out."""
