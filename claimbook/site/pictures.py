"""What a question shows of its findings: people at moments in time, and how long a treatment is."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from claimbook.evidence.appraisal import read_second_hand
from claimbook.evidence.certainty import UNCONTROLLED
from claimbook.evidence.groups import overlapping
from claimbook.records import Amount, Base, Claim, Finding, Kind, Topic, display
from claimbook.records.grouping import grouped
from claimbook.site.charts import times


@dataclass(frozen=True, slots=True)
class Picture:
    """Findings to show as one: a finding, or what one source counted at several moments.

    `alone`: it is a share of people of whom nobody was compared with anybody.
    """

    findings: tuple[Finding, ...]
    alone: bool


def pictures(findings: Iterable[Finding], base: Base) -> list[Picture]:
    """The pictures of some findings, each where its first finding stands."""
    groups = grouped(((f.source, f.counted) if f.when else f.key, f) for f in findings)
    return [
        Picture(tuple(sorted(some, key=base.sources[some[0].source].findings.index)), alone)
        for some in groups.values()
        for alone in [all(_alone(finding, base) for finding in some)]
    ]


def _alone(finding: Finding, base: Base) -> bool:
    compared = finding.about.comparator or base.sources[finding.source].design not in UNCONTROLLED
    return not compared and display.figures(finding, base) is not None


def rows(shown: Iterable[Picture], base: Base) -> list[tuple[tuple[Picture, ...], tuple[str, ...]]]:
    """Pictures in rows, those of sources that may have counted the same people in one.

    Returns:
        For each row its pictures, and the sources that overlap; none where it is a picture alone.
    """
    shown = tuple(shown)
    source_of = {id(picture): picture.findings[0].source for picture in shown}
    group_of = {key: group for group in overlapping(source_of.values(), base) for key in group}
    by_row = grouped((group_of.get(source_of[id(p)], id(p)), p) for p in shown)
    return [(some, row if isinstance(row, tuple) else ()) for row, some in by_row.items()]


def ruler(topic: Topic, base: Base) -> dict[str, Any] | None:
    """How long the treatment was in the studies of a question, and how long pages say it is.

    It is of the claim on a regimen on which the most pages give a time, and of which a study that
    the question shows for benefit tells one. Each side has its times in words, the sources or the
    pages that they are `by`, and its spans on the axis.
    """
    shown = {base.findings[key].source for key in topic.found}
    found = ((claim, _studied(claim, shown, base), _said(claim)) for claim in base.claims.values())
    rulers = [each for each in found if each[0].kind is Kind.REGIMEN and each[1] and each[2]]
    if not rulers:
        return None
    claim, studied, said = max(rulers, key=lambda each: len({page for page, _ in each[2]}))
    ends = [end for _, v in (*studied, *said) for end in (v.interval.low, v.interval.high)]
    units = base.vocabulary.units
    axis = times([end for end in ends if end < math.inf], math.inf in ends, units)

    def side(values: list[tuple[str, Amount]]) -> dict[str, Any]:
        values = sorted(values, key=lambda pair: pair[1].interval.low + pair[1].interval.high)
        spans = dict.fromkeys((v.interval.low, v.interval.high) for _, v in values)
        return {
            "words": list(dict.fromkeys(display.in_words(v, base.vocabulary) for _, v in values)),
            "by": list(dict.fromkeys(key for key, _ in values)),
            "spans": [(axis.position(low), axis.position(high)) for low, high in spans],
        }

    return {"claim": claim, "axis": axis, "studied": side(studied), "said": side(said)}


def _studied(claim: Claim, shown: Iterable[str], base: Base) -> list[tuple[str, Amount]]:
    """The times that studies among *shown* give on a claim, as read in the studies themselves."""
    findings = base.linked(claim)
    return [
        (f.source, f.says)
        for f in findings
        if f.source in shown
        and isinstance(f.says, Amount)
        and f.says.dimension == "time"
        and not read_second_hand(f, base.sources[f.source])
    ]


def _said(claim: Claim) -> list[tuple[str, Amount]]:
    return [
        (o.page, o.says)
        for o in claim.occurrences
        if isinstance(o.says, Amount) and o.says.dimension == "time"
    ]
