"""Pages on the whole: comparisons of clinic pages, and a page for each rule."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from claimbook.evidence.groups import only_studies, research_groups, same_people, shared_authors
from claimbook.records import Flag, Severity
from claimbook.records.grouping import grouped
from claimbook.records.quotes import normalize, slug
from claimbook.rules.check import Rule, all_rules
from claimbook.site.clinic_pages import correction, disclosure_states
from claimbook.site.context import Content, Context
from claimbook.site.filters import Row, filters, how_sure
from claimbook.site.words import record_titles


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
    rows = {rule.name: list(map(_flag_row, flags)) for rule, flags in groups}
    every = [row for some in rows.values() for row in some]
    return {
        "groups": [(rule, rows[rule.name]) for rule, _ in groups],
        "total": len(every),
        "filters": filters(every, context.base),
    }


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
    row_sure = partial(how_sure, report=context.report)
    return {"claims": len(resting), "groups": groups, "row_sure": row_sure}


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
