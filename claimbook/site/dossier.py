"""A dossier: all that is recorded of one claim, clinic page or source, as files to send on.

Its `dossier.html` needs no other file and no network. Beside it stand the records themselves, the
same as data, the references for reference managers, and a manifest with a digest of every file.
That of a claim holds the claim as it was judged, too, of which the claim's version is the digest.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from claimbook.evidence.appraisal import body, rating
from claimbook.records import UNRESOLVED, Base, Claim, Occurrence, UserError, did_you_mean
from claimbook.site.claims import deciding_findings, passage
from claimbook.site.context import Context
from claimbook.site.exports import Tables
from claimbook.site.file_formats import as_json, ris, sha256
from claimbook.site.versions import days, judged, version_of
from claimbook.site.words import claim_title, short

KINDS = ("claims", "pages", "sources")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a dossier is about, and the records that it holds."""

    address: str
    title: str
    claims: tuple[Claim, ...]
    passages: tuple[Occurrence, ...]
    sources: tuple[str, ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """The clinic pages of its passages, and the page that it is about."""
        kind, _, name = self.address.partition("/")
        own = [name] if kind == "pages" else []
        return tuple(dict.fromkeys((*own, *(passage.page for passage in self.passages))))


def addresses(base: Base) -> list[str]:
    """Everything of which there can be a dossier: `claims/<id>`, `pages/<id>`, `sources/<key>`."""
    return [f"{kind}/{name}" for kind in KINDS for name in getattr(base, kind)]


def subject(address: str, context: Context) -> Subject:
    """What concerns a claim, a page or a source.

    A claim concerns its passages, and the sources of what is linked, set aside, cited or quoted in
    wording to use. A page concerns its passages with their claims, and a source the claims for
    which its findings are linked, with their passages.

    Args:
        address: `claims/<id>`, `pages/<id>` or `sources/<key>`, or the name alone if one record
            has it.
    Raises:
        UserError: there is no such record, or more than one; it has the likely repair.
    """
    base, index = context.base, context.report.index
    kind, slash, name = address.partition("/")
    if not slash:
        named = [each for each in addresses(base) if each.partition("/")[2] == address]
        if len(named) > 1:
            raise UserError(f"{address!r} is ambiguous; write {' or '.join(named)}")
        if named:
            return subject(named[0], context)
    match kind:
        case "claims" if claim := base.claims.get(name):
            keys = dict.fromkeys(chain(_linked(claim, base), _cited(claim.occurrences)))
            return Subject(
                address, claim_title(claim, base), (claim,), claim.occurrences, tuple(keys)
            )
        case "pages" if page := base.pages.get(name):
            passages = tuple(base.by_page[name])
            claims = tuple(dict.fromkeys(map(base.claim_of, passages)))
            linked = chain.from_iterable(_linked(claim, base) for claim in claims)
            keys = dict.fromkeys(chain(linked, _cited(passages)))
            return Subject(address, f"{page.clinic}: {page.title}", claims, passages, tuple(keys))
        case "sources" if source := base.sources.get(name):
            used = (index.by_finding.get(finding.key, ()) for finding in source.findings)
            claims = tuple(dict.fromkeys(chain.from_iterable(used)))
            passages = tuple(o for claim in claims for o in claim.occurrences)
            return Subject(address, short(name, base), claims, passages, (name,))
    kinds = {kind}.intersection(KINDS) if slash else KINDS
    names = list(chain.from_iterable(getattr(base, each) for each in kinds))
    repair = did_you_mean(name or address, names) or "write claims/ID, pages/ID or sources/KEY"
    raise UserError(f"there is no {address!r}; {repair}")


def _linked(claim: Claim, base: Base) -> Iterator[str]:
    """The sources of the findings that a claim names."""
    named = (
        *(link.finding for link in claim.evidence),
        *(each.finding for each in claim.set_aside),
        *(key for say in claim.say for key in say.rests_on),
    )
    return (base.findings[key].source for key in named)


def _cited(passages: Iterable[Occurrence]) -> Iterator[str]:
    return (key for passage in passages for key in passage.cites if key != UNRESOLVED)


def files(
    about: Subject,
    context: Context,
    tables: Tables,
    root: Path,
    engine: jinja2.Environment,
    version: str,
) -> dict[str, bytes]:
    """The files of a dossier by name.

    Args:
        context: the judged base with the formatted citations of its sources.
        tables: the judged base as data.
        root: the folder of the base, from which the records are copied.
        version: of the records (`receipts.base_hash`).
    """
    base, report = context.base, context.report
    held: Mapping[str, list[Any]] = {
        "claims": list(about.claims),
        "sources": [base.sources[key] for key in about.sources],
        "pages": [base.pages[name] for name in about.pages],
    }
    near = (report.by_occurrence.get(passage.id, ()) for passage in about.passages)
    flags = sorted(
        dict.fromkeys(chain.from_iterable(near)),
        key=lambda flag: (flag.at, flag.rule, flag.message),
    )
    references = [base.references[key] for key in about.sources]
    own = {}
    if about.address.startswith("claims/"):
        own["claim.json"] = judged(about.claims[0], report, tables)
    claim_version = "".join(map(version_of, own.values()))
    texts = {
        **own,
        "dossier.html": _html(about, context, engine, version, claim_version),
        **{
            f"data/{kind}.json": tables.as_json(kind, (record.id for record in records))
            for kind, records in {**held, "flags": flags}.items()
        },
        "references.bib": "\n".join(reference.text for reference in references),
        "references.ris": "\n".join(map(ris, references)),
    }
    result = {name: text.encode() for name, text in texts.items()}
    for record in chain.from_iterable(held.values()):
        result[f"records/{record.at.file}"] = (root / record.at.file).read_bytes()
    manifest = {
        "about": about.address,
        "title": about.title,
        "records_as_of": str(records_as_of(base)),
        "records_version": version,
        "files": {name: sha256(content) for name, content in sorted(result.items())},
    }
    result["manifest.json"] = as_json(manifest).encode()
    return result


def records_as_of(base: Base) -> date:
    """The newest day in the records; a base has pages, and each was read on a day."""
    return max(days(base.claims.values(), base.pages.values(), base.sources.values()))


def _html(
    about: Subject, context: Context, engine: jinja2.Environment, version: str, claim_version: str
) -> str:
    """The dossier as one page: every claim with its passages and evidence, sources and pages."""
    report, index = context.report, context.report.index
    wanted = {passage.id for passage in about.passages}
    return engine.get_template("dossier.html.jinja").render(
        about=about,
        version=version,
        claim_version=claim_version,
        as_of=records_as_of(context.base),
        citations={
            key: Markup(context.citations.get(key, escape(short(key, context.base))))  # noqa: S704
            for key in about.sources
        },
        claims=[
            {
                "claim": claim,
                "rated": rating(claim, index),
                "evidence": body(claim, index),
                "deciding": deciding_findings(claim, index),
                "passages": [passage(o, context) for o in claim.occurrences if o.id in wanted],
                "checks": {o.id: report.quote_check(o) for o in claim.occurrences},
            }
            for claim in about.claims
        ],
    )
