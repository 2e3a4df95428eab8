"""Pages on the whole: comparisons of clinic pages, and a page for each rule."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from math import isfinite, isinf
from typing import Any

from markupsafe import Markup, escape

from claimbook.evidence.disagreements import Disagreement, DisagreementKind, pairs
from claimbook.evidence.groups import only_studies, research_groups, same_people, shared_authors
from claimbook.evidence.index import Index
from claimbook.records import Amount, Claim, ConceptSet, Flag, Occurrence, Severity, Value
from claimbook.records.grouping import grouped
from claimbook.records.quotes import normalize, slug
from claimbook.rules.check import Report, Rule, all_rules
from claimbook.rules.disagreements import every_disagreement, in_rows, with_itself
from claimbook.site.board import quoted
from claimbook.site.clinic_pages import correction, disclosure_states
from claimbook.site.context import Content, Context
from claimbook.site.filters import Row, filters, how_sure
from claimbook.site.words import record_titles

WORDS_A_TELLING_ONE = 8  # of a quote weigh as much as one that tells its claim
Side = tuple[Occurrence, ...]  # the passages that say the same


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


def contradictions(context: Context) -> dict[str, Any]:
    """Every disagreement between pages, or of a page with itself, each side by page.

    What a page says against itself is told once, where pages differ on the same. Small ones are
    apart, and a claim of which pages disagree is not among those where they mean something else.
    """
    base, index = context.base, context.report.index
    topics = grouped((name, topic.id) for topic in base.topics.values() for name in topic.claims)
    between = every_disagreement(index)
    within = {page: with_itself(page, index) for page in base.pages}
    of_claims = {each.row for each in between if len(each.claims) > 1}
    alike = (each for some in within.values() for each in some if each.row in of_claims)
    found = {each.id: each for each in in_rows((*between, *alike))}
    told = {each.row: set(each.passages) for each in found.values()}
    for page, some in within.items():
        for each in in_rows(some):
            if not told.get(each.row, set()).issuperset(each.passages):
                found[f"{page}--{each.id}"] = each
    rows: dict[bool, list[tuple[Row, dict[str, Any]]]] = {True: [], False: []}
    for name, each in sorted(found.items(), key=lambda item: _order(item[1])):
        topic = tuple(name for claim in each.claims for name in topics.get(claim.id, ()))
        found_by = {
            "topic": tuple(dict.fromkeys(topic)),
            "clinic": each.pages,
            "kind": (each.kind.value,),
        }
        camps = [_by_page(camp, context.report, each.ordered) for camp in _camps(each, index)]
        row = {
            "id": name,
            "kind": each.kind,
            "claims": each.claims,
            "pages": each.pages,
            "camps": camps,
            "within": [page for page in camps[0] if page in camps[1]],
            "reasons": each.reasons,
        }
        rows[each.small].append((Row(each.claims[0], found_by), row))
    chosen = filters((found_by for found_by, _ in rows[False]), base, ("kind", "clinic", "topic"))
    disputed = {each.claims for each in found.values() if len(each.claims) == 1}
    apart = [
        (claim, facets)
        for claim in base.claims.values()
        if (claim,) not in disputed and (facets := _differing_facets(claim, index))
    ]
    return {
        "rows": rows[False],
        "small": rows[True],
        "total": len(rows[False]),
        "filters": chosen,
        "apart": apart,
    }


def _by_page(camp: list[Side], report: Report, ordered: bool) -> dict[str, tuple[Occurrence, ...]]:
    """The passages of a camp by page, the same words once; of a page what tells most first.

    These are the first where a person put them in order. Else those tell most that hold most of
    their claim's words, and need no note on how they were read; of equals the longer ones. Headings
    come last.
    """

    def place(passage: Occurrence) -> tuple[bool, float]:
        heads = normalize(passage.quote) in normalize(passage.section or "")
        length = len(passage.quote.split()) / WORDS_A_TELLING_ONE
        return heads, bool(passage.note) - quoted(passage, report).telling - length

    sides = camp if ordered else [sorted(side, key=place) for side in camp]
    passages: dict[tuple[str, str], Occurrence] = {}
    for passage in (passage for side in sides for passage in side):
        passages.setdefault((passage.page, passage.quote), passage)
    return grouped((o.page, o) for o in passages.values())


def _camps(each: Disagreement, index: Index) -> tuple[list[Side], list[Side]]:
    """The first side with those that stand on it, and those that stand against them.

    A side stands where those are not that it disagrees with; one of another scope may disagree with
    the second side, and not with the first. Lists and amounts stand by their size.
    """
    if each.kind is DisagreementKind.DEGREE and (by_size := _by_size(each.sides)):
        return by_size
    claim, (first, *others) = each.claims[0], each.sides
    against = {
        frozenset((pair.passages, pair.others))
        for pair in pairs(claim, claim.occurrences, index)
        if pair.kind is each.kind
    }
    with_first, queue = {first: True}, [first]
    while queue and len(each.claims) == 1:
        side = queue.pop(0)
        for other in others:
            if other not in with_first and frozenset((side, other)) in against:
                with_first[other] = not with_first[side]
                queue.append(other)
    return (
        [side for side in each.sides if with_first.get(side)],
        [side for side in others if not with_first.get(side)],
    )


def _by_size(sides: Sequence[Side]) -> tuple[list[Side], list[Side]] | None:
    """The sides that name or give more than all do on average, and the others.

    The longer lists come first, the larger amounts last. None where sides have no size, or one.
    """
    values = [side[0].says for side in sides]
    if len({each.claim for side in sides for each in side}) > 1:
        return None
    sizes = [size for value in values if (size := _size(value)) is not None]
    if len(sizes) < len(sides) or len(set(sizes)) == 1:
        return None
    above = {n for n, size in enumerate(sizes) if size > sum(sizes) / len(sizes)}
    more = [side for n, side in enumerate(sides) if n in above]
    less = [side for n, side in enumerate(sides) if n not in above]
    return (more, less) if isinstance(values[0], ConceptSet) else (less, more)


def _size(value: Value | None) -> float | None:
    """How many things a list names that need not be whole, or the middle of an amount."""
    match value:
        case ConceptSet(mode="includes"):
            return len(value.concepts)
        case Amount():
            low, high = value.interval.low, value.interval.high
            middle = low if isinf(high) else (low + high) / 2
            return middle if isfinite(middle) else None
    return None


def _differing_facets(claim: Claim, index: Index) -> list[str]:
    """The facets in which passages on a claim differ, where that keeps them from disagreeing."""
    found = pairs(claim, claim.occurrences, index)
    apart = (each for each in found if each.kind is DisagreementKind.SCOPE)
    return list(dict.fromkeys(facet for pair in apart for facet in pair.facets))


def _order(disagreement: Disagreement) -> tuple[int, bool, str, str]:
    """The gravest first, then by topic."""
    kind, first = list(DisagreementKind).index(disagreement.kind), disagreement.claims[0]
    return kind, not disagreement.grave, first.topic, first.statement


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
