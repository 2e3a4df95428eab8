"""Nanopublications (TriG): of each claim this base's review, with evidence and quotes.

An assertion is what readers of nanopublications copy. So it never is a clinic's claim: it is the
review, which says of the claim what the evidence makes of it. Of a claim without an answer it has
the judged quotes only, and the claim as a question.

Source:
    Nanopublication Guidelines, nanopub.net/guidelines; Web Annotation Vocabulary and PROV-O,
    W3C Recommendations; SKOS Reference, W3C Recommendation; schema.org ClaimReview.
"""

import base64
import json
import re
import urllib.parse
from typing import Any

import jinja2
from markupsafe import Markup

from claimbook.evidence.appraisal import body
from claimbook.evidence.harms import shown_rating
from claimbook.loading.identifiers import doi_address
from claimbook.records import FACETS, Claim, Page
from claimbook.records.quotes import spans
from claimbook.site.context import Context, environment
from claimbook.site.json_ld import LICENCE
from claimbook.site.words import asked, claim_title, graver_sentence, judgement, short, truth

_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")  # that is meant as it stands
_IN_IRIS = "!#$%&'()*+,/:;=?@[]~"  # besides letters, digits and -._


def nanopublications(context: Context) -> str:
    """A nanopublication of every claim that has an answer or passages, as TriG.

    Its name is the address of the claim's version.
    """
    template = _engine(context).get_template("nanopublications.trig.jinja")
    every, base = context.base.claims.values(), context.base
    claims = [_claim(each, context) for each in every if each.occurrences or truth(each, base)]
    return template.render(site=context.address, licence=LICENCE, claims=claims) + "\n"


def vocabulary(context: Context) -> str:
    """The concepts, the verdicts and the answers as SKOS, in Turtle."""
    template = _engine(context).get_template("vocabulary.ttl.jinja")
    return template.render(site=context.address, facets=FACETS) + "\n"


def _engine(context: Context) -> jinja2.Environment:
    engine = environment(context.report)
    engine.filters |= {"text": _text, "iri": _iri}
    return engine


def _text(text: str) -> Markup:
    """A literal; JSON escapes what Turtle does, and in the same way."""
    return Markup(json.dumps(str(text), ensure_ascii=False))  # noqa: S704


def _iri(address: str) -> Markup:
    """An address; what no IRI may hold is written as percent and number."""
    quoted = urllib.parse.quote(address, safe=_IN_IRIS)
    return Markup(f"<{_PERCENT.sub('%25', quoted)}>")  # noqa: S704


def _claim(claim: Claim, context: Context) -> dict[str, Any]:
    report, base = context.report, context.base
    answer, rated = truth(claim, base), shown_rating(claim, report.index)
    certainty = f" Certainty of the evidence: {rated.certainty.label}." if rated else ""
    evidence = [
        {
            "address": _address(one.source.id, context),
            "citation": f"{short(one.source.id, base)}, {one.finding.where}",
            "why": one.why,
        }
        for one in body(claim, report.index)
    ]
    pages = [base.pages[name] for name in dict.fromkeys(o.page for o in claim.occurrences)]
    read = [{"page": page, "text": _digest(page)} for page in pages]
    addresses = (*(one["address"] for one in evidence), *(one["text"] for one in read))
    return {
        "claim": claim,
        "version": context.versions[claim.id],
        "title": claim_title(claim, base) if answer else asked(claim),
        "about": [concept for _, concept in claim.about.facets()],
        "truth": answer,
        "review": answer and f"{answer.line}{certainty}",
        "evidence": evidence,
        "pages": read,
        "derived_from": list(dict.fromkeys(addresses)),
        "passages": [
            {
                "verdict": graver_sentence(o, report) or report.verdict(o),
                "judgement": judgement(o, report),
                "page": base.pages[o.page].address or _digest(base.pages[o.page]),
                "spans": spans(o.quote),
            }
            for o in claim.occurrences
        ],
    }


def _address(key: str, context: Context) -> str:
    """A source's DOI; else its own address, else that of its page."""
    fields = context.base.references[key].fields
    if doi := fields.get("doi"):
        return doi_address(doi)
    return fields.get("url") or f"../sources/{key}.html"


def _digest(page: Page) -> str:
    """The text of a page as it was read, named by its digest (RFC 6920)."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(page.sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"
