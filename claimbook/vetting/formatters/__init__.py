"""Vetted drafts in every output format: one module a format, and what they share in `results`.

What a draft says is only ever shown: control signs are made visible, HTML is escaped.
"""
