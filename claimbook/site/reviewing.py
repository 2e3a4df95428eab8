"""Who checked what: the status of every claim, what is due, reviewers, and how far they agree."""

from collections import Counter
from datetime import date
from typing import Any

from claimbook.curation.agreement import raters
from claimbook.curation.reviews import Status, disagreements, queue, state
from claimbook.evidence.index import Index
from claimbook.site.context import Context


def page(context: Context) -> dict[str, Any]:
    """What reviews came to.

    `reviewers` holds each reviewer's last review, of those with a statement of interests if there
    is one, with the number of all of theirs, by name.
    """
    index, reviews = context.report.index, context.base.reviews.values()
    in_order = sorted(reviews, key=lambda each: (each.interests is not None, each.on, each.id))
    last = {review.reviewer.name: review for review in in_order}
    many = Counter(review.reviewer.name for review in in_order)
    counts = Counter(state(claim, index).status for claim in context.base.claims.values())
    return {
        "counts": [(status.value, counts[status]) for status in Status if counts[status]],
        "due": queue(index),
        "as_of": index.today if index.today > date.min else None,
        "next_due": _next_due(index),
        "reviewers": [(review, many[name]) for name, review in sorted(last.items())],
        "disagreements": disagreements(reviews),
        "raters": raters(reviews),
    }


def _next_due(index: Index) -> date | None:
    """The first day to come by which something is to be reviewed or looked up again."""
    claims = [claim.due for claim in index.base.claims.values() if not claim.withdrawn]
    standings = [index.base.sources[key].standing.due for key in index.by_source]
    return min((day for day in (*claims, *standings) if day and day >= index.today), default=None)
