"""Pages on the whole: comparisons of clinic pages, and a page for each rule."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape

from claimbook.evidence.disagreements import (
    Disagreement,
    DisagreementKind,
    Pair,
    between_pages,
    pairs,
    within_page,
)
from claimbook.evidence.index import Index
from claimbook.records import Claim
from claimbook.records.quotes import normalize, slug
from claimbook.rules.check import Rule, all_rules
from claimbook.rules.disagreements import of_certainty
from claimbook.site.clinic_pages import told_on
from claimbook.site.context import Content, Context
from claimbook.site.filters import Row, filters
from claimbook.site.words import by_key


def contradictions(context: Context) -> dict[str, Any]:
    """The claims on which pages, or a page and itself, disagree, with the passages by page.

    Two claims that bear on each other share a row. What is only of another scope is named.
    """
    base, index, rows = context.base, context.report.index, []
    topics = by_key((name, topic.id) for topic in base.topics.values() for name in topic.claims)
    by_claim = (between_pages(index), of_certainty(index))
    between = [each for found in by_claim for some in found.values() for each in some]
    inside = [each for page in base.pages for each in within_page(page, index)]
    subjects = by_key((each.claims, each) for each in (*between, *inside))
    for claim in base.claims.values():
        if any(pair.kind is DisagreementKind.DIFFERENT_SCOPE for pair in _apart(claim, index)):
            subjects.setdefault((claim,), [])
    for claims, found in sorted(subjects.items(), key=lambda item: _order(*item)):
        apart = _apart(claims[0], index) if len(claims) == 1 else []
        reasons = Counter(
            f"{each.kind.capitalize()}: {reason.removesuffix('.')}"
            for each in found
            for reason in each.reasons
        )
        reasons += Counter(
            f"Different {' and '.join(pair.facets)}, so no conflict: {pair.reason}"
            for pair in apart
        )
        by_page = by_key((o.page, o) for claim in claims for o in claim.occurrences)
        topic = tuple(name for claim in claims for name in topics.get(claim.id, ()))
        found_by = {
            "topic": tuple(dict.fromkeys(topic)),
            "clinic": tuple(by_page),
            "kind": tuple(dict.fromkeys(each.kind for each in found)) or ("different scope",),
        }
        row = {
            "claims": claims,
            "by_page": by_page,
            "clashing": {o.id: each.kind for each in reversed(found) for o in each.passages},
            "reasons": reasons,
        }
        rows.append((Row(claims[0], found_by), row))
    chosen = filters((found_by for found_by, _ in rows), base, ("kind", "clinic", "topic"))
    return {"rows": rows, "total": len(rows), "filters": chosen}


def _apart(claim: Claim, index: Index) -> list[Pair]:
    """The pairs of passages on a claim that differ only as their scopes do."""
    found = pairs(claim, claim.occurrences, index)
    return [pair for pair in found if pair.kind is DisagreementKind.DIFFERENT_SCOPE]


def _order(claims: tuple[Claim, ...], found: list[Disagreement]) -> tuple[int, bool, str, str]:
    """The gravest first, then by topic."""
    kinds = list(DisagreementKind)
    gravest = min((kinds.index(each.kind) for each in found), default=len(kinds))
    grave = any(each.grave for each in found)
    return gravest, not grave, claims[0].topic, claims[0].statement


def omissions(context: Context) -> dict[str, Any]:
    """Every disclosure by kind, with how each page of which it is asked tells it."""
    asked = {page: told_on(page, context.report) for page in context.base.pages}
    return {
        "kinds": by_key(
            (
                disclosure.kind,
                (disclosure, {p: some[name] for p, some in asked.items() if name in some}),
            )
            for name, disclosure in context.base.disclosures.items()
        )
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
