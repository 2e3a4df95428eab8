"""How evidence was searched: every recorded search, and what was read, set aside or left out."""

from collections import Counter
from typing import Any

from claimbook.records.grouping import grouped
from claimbook.records.inboxes import flow
from claimbook.site.context import Context
from claimbook.site.questions import searches
from claimbook.site.words import WORDS


def page(context: Context) -> dict[str, Any]:
    """What was searched and what came of it.

    `by_day` holds every distinct search (day, places, words) with the claims that it served, the
    newest first. `flows` holds the counts of every search whose records were kept, and `flow` of
    all of them together.
    """
    base = context.base
    done = grouped(
        ((search.on, search.where, search.for_), claim)
        for claim in base.claims.values()
        if (search := claim.searched)
    )
    by_day = sorted(done.items(), key=lambda row: row[0][0], reverse=True)
    days = [day for (day, _, _), _ in by_day]
    linked = {link.finding for claim in base.claims.values() for link in claim.evidence}
    read = Counter(source.text_read for source in base.sources.values())
    return {
        "by_day": by_day,
        "places": list(dict.fromkeys(place for (_, where, _), _ in by_day for place in where)),
        "first": min(days, default=None),
        "last": max(days, default=None),
        "flows": [(inbox, flow([inbox])) for inbox in base.inboxes.values()],
        "flow": flow(base.inboxes.values()),
        **searches(base.claims.values()),
        "read": [(words, read[name]) for name, words in WORDS["read"].items() if read[name]],
        "full": read["full-text"],
        "kinds": Counter(source.kind.value for source in base.sources.values()).most_common(),
        "linked": len(linked),
        "second_hand": sum(f.read == "second-hand" for f in base.findings.values()),
        "set_aside": [
            (claim, [(base.findings[one.finding], one.because) for one in claim.set_aside])
            for claim in base.claims.values()
            if claim.set_aside
        ],
    }
