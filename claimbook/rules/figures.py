"""Figures that are a best case, that no source gives, or that do not say of how many people."""

import re
from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise
from claimbook.evidence.figures import origins, printed_figure, printed_share, same_figure
from claimbook.evidence.index import Index
from claimbook.language.negation import asserted_matches
from claimbook.language.phrases import pattern
from claimbook.language.written_figures import plain_figures
from claimbook.records import BENEFITS, Finding, Occurrence, Remark, Share, Source, parse_value
from claimbook.records.display import listed
from claimbook.records.grouping import grouped
from claimbook.rules.remarks import agreeing

PEOPLE = "people"  # who takes part in a study
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PERCENT = re.compile(r"\d+(?:\.\d+)?\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)


def bare_up_to(occurrence: Occurrence, index: Index, *, phrases: str) -> Iterator[Remark]:
    """Object to a best case that stands alone."""
    says = printed_figure(occurrence.says)
    recorded = says.text if says and says.text.startswith("up to ") else ""
    match = next(asserted_matches(pattern(phrases, "best"), occurrence.quote), None)
    best = match[0] if match else recorded
    rest = occurrence.quote.replace(best, " ")
    usual = all(pattern(phrases, name).search(rest) for name in ("usual", "usual figure"))
    if best and not usual:
        shares = _shares(occurrence, index)
        figures = "; ".join(shares.values())
        yield Remark(
            f'"{best}" is the best case, and readers take it for the usual result: '
            "give the usual one too",
            f"give the figure of each study with its count: {figures}" if figures else None,
            sources=tuple(shares),
        )


def _shares(occurrence: Occurrence, index: Index) -> dict[str, str]:
    """What each deciding source found, with the count where it gives one."""
    shares = {}
    for each in appraise(occurrence, index).deciding:
        if says := printed_share(each.evidence.finding.says):
            share, key = says.corrected().text, each.source.id
            counted = says.count is not None and says.total is not None
            of = each.evidence.finding.counted
            people = f"{says.count:,} of {says.total:,} {of}" if counted else ""
            shares[key] = f"{people} ({share}, {key})" if counted else f"{share} ({key})"
    return shares


def number_collision(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where a whole percentage is some study's number of people."""
    says = printed_share(occurrence.says)
    for number in _NUMBER.findall(says.text.partition(" in ")[0]) if says else ():
        if not number.isdigit() or number not in occurrence.quote:
            continue
        near, share = _near(occurrence, index), parse_value({"share": f"{number}%"})
        about = index.base.scope_of(occurrence).intervention
        counts = {source.id: _counted(source, int(number), about, index) for source in near}
        counts = {key: counted for key, counted in counts.items() if counted}
        prints = [
            source.id
            for source in near
            if any(same_figure(share, finding.says) for finding in source.findings)
        ]
        if counts and not any(key in occurrence.cites for key in prints):
            origin = f"no study on this gives {number}%"
            if prints:
                origin = f"{agreeing(prints, 'gives', 'give')} {number}%, exactly or rounded"
            of_each = grouped((counted, key) for key, counted in counts.items())
            what = listed([f"{counted} in {listed(keys)}" for counted, keys in of_each.items()])
            message = f"{number} is also the number of {what}, and {origin}"
            message += ": check where the figure comes from"
            yield Remark(message, sources=tuple(dict.fromkeys([*counts, *prints])))


def _near(occurrence: Occurrence, index: Index) -> list[Source]:
    """The sources linked to the claim, and those that report its outcome."""
    claim, outcome = index.base.claim_of(occurrence), index.base.scope_of(occurrence).outcome
    linked = {index.base.findings[key].source for key in claim.mentioned}
    linked |= {finding.source for finding in index.by_outcome.get(outcome, ())}
    return [source for source in index.base.sources.values() if source.id in linked]


def _counted(source: Source, number: int, about: str | None, index: Index) -> str | None:
    """What of a source is so many: those who took part, or of whom or what it gives a share.

    Not what it counted of another treatment.
    """
    if source.id in index.by_size.get(number, ()):
        return PEOPLE
    return next(
        (
            finding.counted
            for finding in source.findings
            if isinstance(finding.says, Share)
            and finding.says.total == number
            and not index.base.vocabulary.apart([finding.about.intervention], [about])
        ),
        None,
    )


def number_not_in_source(occurrence: Occurrence, index: Index, *, phrases: str) -> Iterator[Remark]:
    """Object where the figure is in no finding that it may come from."""
    says = printed_figure(occurrence.says)
    if not says or not pattern(phrases, "numbers").search(occurrence.quote):
        return
    findings, where = index.findings_behind(occurrence), "the evidence linked to this claim"
    if keys := occurrence.cited:
        where = f"the cited source{'s' * (len(set(keys)) > 1)} {listed(keys)}"
    if not any(same_figure(says, finding.says) for finding in findings):
        message = f"no finding recorded from {where} gives {says.text}"
        if not keys and (elsewhere := _elsewhere(occurrence, index)):
            label = index.base.vocabulary.label(elsewhere.about.outcome).lower()
            message += f"; {elsewhere.source} gives it of something else ({label})"
            keys = (elsewhere.source,)
        yield Remark(message, sources=keys)


def _elsewhere(occurrence: Occurrence, index: Index) -> Finding | None:
    """The likeliest finding on another benefit of the treatment that prints a passage's figure."""
    vocabulary, scope = index.base.vocabulary, index.base.scope_of(occurrence)
    if index.base.claim_of(occurrence).kind not in BENEFITS:
        return None

    def near(finding: Finding) -> bool:
        facets = ("population", "intervention")
        pairs = ((getattr(scope, facet), getattr(finding.about, facet)) for facet in facets)
        alike = all(one and other and not vocabulary.apart([one], [other]) for one, other in pairs)
        return alike and not vocabulary.harm(finding.about.outcome)

    return next(
        (origin.finding for origin in origins(occurrence, index) if near(origin.finding)), None
    )


def share_without_denominator(
    occurrence: Occurrence, index: Index, *, phrases: str
) -> Iterator[Remark]:
    """Object to a printed percentage of people without their number."""
    says = printed_share(occurrence.says)
    if says is None or says.total is not None:
        return
    printed = _PERCENT.search(plain_figures(occurrence.quote))
    if printed and not pattern(phrases, "people").search(occurrence.quote):
        yield Remark(
            f'"{printed[0]}" does not say of how many people',
            "give the number of people beside the percentage",
        )
