"""A new review as a file for a reviewer to fill in."""

import hashlib
from collections.abc import Iterable
from datetime import date

from claimbook.curation.reviews import digest
from claimbook.loading.record_format import dumped
from claimbook.records import LINK, Base, Reviewer
from claimbook.records.quotes import slug

_HEAD = """\
# Under way until it has a verdict. Then add:
# interests: {statement: in your own words, until: its last day}
# verdict: accept, change or reject; with a comment, a reason
# Under read, write abstract or full-text in the place of record where you read it.
"""


def sources(subject: str, base: Base) -> Iterable[str]:
    """The sources of what is reviewed, each once."""
    claim, link, finding = subject.partition(LINK)
    keys = [finding] if link else [claim]
    if "/" not in keys[0]:
        keys = [each.finding for each in base.claims[claim].evidence]
    return dict.fromkeys(key.partition("/")[0] for key in keys)


def review_file(subject: str, reviewer: Reviewer, on: date, base: Base) -> tuple[str, str]:
    """The name and the text of a new review, without a verdict.

    Raises:
        KeyError: there is no such record.
    """
    who = {name: getattr(reviewer, name) for name in ("name", "role", "orcid", "email")}
    read = [{"source": key, "as": "record"} for key in sources(subject, base)]
    data = {
        "subject": subject,
        "of": digest(subject, base),
        "on": on,
        "reviewer": {name: value for name, value in who.items() if value},
        "read": read,
    }
    letters = slug(reviewer.name) or hashlib.sha256(reviewer.name.encode()).hexdigest()[:8]
    return f"{slug(f'{subject} {letters[:60]} {on}')}.yaml", dumped(data, _HEAD)
