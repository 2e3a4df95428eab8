"""Claims: the table of them, and a page each with its passages and the evidence."""

from collections.abc import Iterator
from typing import Any

from claimbook.evidence.appraisal import appraise, body, rating
from claimbook.evidence.index import Index
from claimbook.records import BENEFITS, Claim, Verdict
from claimbook.site import json_ld
from claimbook.site.charts import plots
from claimbook.site.context import Content, Context
from claimbook.site.filters import claim_rows, table
from claimbook.site.passages import passage
from claimbook.site.words import VERDICT_WORDS, WORDS, as_description, plural


def index(context: Context) -> dict[str, Any]:
    """The table of all claims."""
    return table(claim_rows(context.report), context.base)


def pages(context: Context) -> Iterator[Content]:
    """A page for each claim."""
    report, base = context.report, context.base
    for claim in base.claims.values():
        deciding = {
            finding.evidence.finding.key
            for occurrence in claim.occurrences
            for finding in appraise(occurrence, report.index).deciding
        }
        evidence, rated = body(claim, report.index), rating(claim, report.index)
        yield Content(
            f"claims/{claim.id}.md",
            claim.statement,
            as_description(description(claim, report.index)),
            {
                "claim": claim,
                "passages": [passage(occurrence, context) for occurrence in claim.occurrences],
                "supported": sum(report.verdict(o) is Verdict.SUPPORTED for o in claim.occurrences),
                "worst": report.claim_verdict(claim),
                "evidence": [(one, one.finding.key in deciding) for one in evidence],
                "set_aside": [(base.findings[s.finding], s.because) for s in claim.set_aside],
                "plots": plots(claim, evidence, deciding, base.vocabulary.units),
                "rated": rated,
                "allowed": WORDS["certainty"][rated.certainty.label][2]
                if rated and claim.kind in BENEFITS
                else "",
                "record": context.record_sources.get(claim.at.file),
            },
            " · ".join(occurrence.quote for occurrence in claim.occurrences),
            json_ld.claim(claim, report, VERDICT_WORDS),
        )


def description(claim: Claim, index: Index) -> str:
    """What a claim's page shows, in a line."""
    rated = rating(claim, index)
    certainty = f" Certainty: {rated.certainty.label}." if rated else ""
    count = plural(len({o.page for o in claim.occurrences}), "clinic page")
    return f"What {count} and the evidence say.{certainty} {claim.statement}"
