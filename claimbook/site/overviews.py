"""Pages on the whole: what all pages leave out, how a base was searched and reviewed, the rules."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from claimbook.curation.agreement import raters
from claimbook.curation.reviews import Status, disagreements, queue, state
from claimbook.evidence.groups import only_studies, research_groups, same_people, shared_authors
from claimbook.records import Flag, Severity
from claimbook.records.grouping import grouped
from claimbook.records.inboxes import flow
from claimbook.records.quotes import normalize, slug
from claimbook.rules.check import Rule, all_rules
from claimbook.site.clinic_pages import correction, disclosure_states
from claimbook.site.context import Content, Context
from claimbook.site.filters import Row, filters
from claimbook.site.questions import searches
from claimbook.site.words import WORDS, record_titles


def flags(context: Context) -> dict[str, Any]:
    """All flags, each once, those of a rule together, the gravest rule first."""
    gravity = list(Severity)
    groups = [
        (all_rules()[name], sorted(flags, key=lambda flag: gravity.index(flag.severity)))
        for name, flags in grouped((flag.rule, flag) for flag in context.report.flags).items()
    ]
    groups.sort(
        key=lambda group: (
            gravity.index(group[1][0].severity),
            -max(flag.verdict for flag in group[1]),
            -len(group[1]),
        )
    )
    rows = [(rule, list(map(_flag_row, flags))) for rule, flags in groups]
    every = [row for _, some in rows for row in some]
    return {"groups": rows, "total": len(every), "filters": filters(every, context.base)}


def _flag_row(flag: Flag) -> Row:
    own = {"severity": (flag.severity.value,), "category": (flag.category.value,)}
    return Row(flag, {**own, "clinic": flag.pages, "rule": flag.rules})


def one_group(context: Context) -> dict[str, Any]:
    """The claims that rest on one research group, by group, that with most claims first."""
    base, index = context.base, context.report.index
    resting = [
        (claim, studies)
        for claim in base.claims.values()
        if not claim.withdrawn and (studies := only_studies(claim, index))
    ]
    groups = []
    for studies in research_groups((key for _, keys in resting for key in keys), base):
        same = any(same_people(one, other, base) for one in studies for other in studies)
        rows = [(claim, keys) for claim, keys in resting if keys[0] in studies]
        groups.append((studies, shared_authors(studies, base), same, rows))
    groups.sort(key=lambda group: -len(group[-1]))
    return {"claims": len(resting), "groups": groups}


def omissions(context: Context) -> dict[str, Any]:
    """Every disclosure by kind, with how each page of which it is asked tells it."""
    asked = {page: disclosure_states(page, context.report) for page in context.base.pages}
    return {
        "kinds": grouped(
            (
                disclosure.kind,
                (disclosure, {p: some[name] for p, some in asked.items() if name in some}),
            )
            for name, disclosure in context.base.disclosures.items()
        )
    }


def corrections(context: Context) -> dict[str, Any]:
    """The corrections, the newest first, each with the addresses and titles of its records."""
    base, titles = context.base, record_titles(context.base)
    newest = sorted(base.corrections.values(), key=lambda each: each.on, reverse=True)
    now = base.redirects
    return {
        "write_to": correction("Correction", context.corrections),
        "corrections": [
            (each, [(now.get(of, of), titles[now.get(of, of)]) for of in each.about])
            for each in newest
        ],
    }


def searching(context: Context) -> dict[str, Any]:
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
        "linked": len({link.finding for claim in base.claims.values() for link in claim.evidence}),
        "second_hand": sum(f.read == "second-hand" for f in base.findings.values()),
        "set_aside": [
            (claim, [(base.findings[one.finding], one.because) for one in claim.set_aside])
            for claim in base.claims.values()
            if claim.set_aside
        ],
    }


def reviews(context: Context) -> dict[str, Any]:
    """Who checked what: the status of claims, what is due, reviewers, and how far they agree.

    `reviewers` holds each reviewer's last review, of those with a statement of interests if there
    is one, with the number of all of theirs, by name. `next_due` is the first day to come by which
    something is to be reviewed or looked up again.
    """
    base, index = context.base, context.report.index
    in_order = sorted(
        base.reviews.values(), key=lambda each: (each.interests is not None, each.on, each.id)
    )
    last = {review.reviewer.name: review for review in in_order}
    many = Counter(review.reviewer.name for review in in_order)
    counts = Counter(state(claim, index).status for claim in base.claims.values())
    days = [claim.due for claim in base.claims.values() if not claim.withdrawn]
    days += (base.sources[key].standing.due for key in index.by_source)
    return {
        "counts": [(status.value, counts[status]) for status in Status if counts[status]],
        "due": queue(index),
        "as_of": index.today if index.today > date.min else None,
        "next_due": min((day for day in days if day and day >= index.today), default=None),
        "reviewers": [(review, many[name]) for name, review in sorted(last.items())],
        "disagreements": disagreements(base.reviews.values()),
        "raters": raters(base.reviews.values()),
    }


def rule_pages(context: Context) -> Iterator[Content]:
    """A page for each rule: what it finds, how well, and what it found here."""
    for name, rule in all_rules().items():
        yield Content(
            f"rules/{name}.md",
            name,
            rule.summary,
            {
                "rule": rule,
                "documentation": _documentation(rule),
                "flags": context.report.by_rule.get(name, ()),
                "measured": context.measured.get("by_category", {}).get(rule.category.value),
                "passages": context.measured.get("passages"),
            },
        )


def _documentation(rule: Rule) -> Markup:
    """A rule's docstring, which is ours, as HTML: paragraphs, second-level headings and code."""
    html: list[Markup] = []
    text = rule.doc.strip().partition("\n")[2]
    for chunk in re.split(r"(```yaml\n.*?```|^## [^\n]*$)", text, flags=re.DOTALL | re.MULTILINE):
        if chunk.startswith("```"):
            code = chunk.removeprefix("```yaml\n").removesuffix("```")
            html.append(Markup("<pre><code>{}</code></pre>").format(code))
        elif chunk.startswith("## "):
            html.append(Markup('<h2 id="{}">{}</h2>').format(slug(chunk[3:]), chunk[3:]))
        else:
            for paragraph in filter(None, map(str.strip, chunk.split("\n\n"))):
                code = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(normalize(paragraph))))
                html.append(Markup("<p>{}</p>").format(Markup(code)))  # noqa: S704 - escaped above
    return Markup("\n").join(html)
