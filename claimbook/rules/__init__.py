"""One module per rule; its name, with hyphens, is the rule's name. Rules are found by looking: there is no list to update.

A rule has `SUBJECT` (the record it is offered), `CATEGORY`, `SEVERITY`, `AUTHORITY` (what it rests on), `VERDICT` where its
flag changes the verdict of its subject, and `check(subject, index)`, which yields a `Remark` for each objection. Its
docstring is its page on the site; the YAML blocks in it under *Flagged* and *Passes* run as tests.
"""
