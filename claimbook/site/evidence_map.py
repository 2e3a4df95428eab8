"""The map of the evidence: what was studied of each question, by the form of treatment."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from claimbook.evidence.appraisal import Evidence, body, rating
from claimbook.evidence.certainty import Certainty
from claimbook.evidence.harms import HarmStatus, harm_status
from claimbook.evidence.index import Index
from claimbook.records import Claim, Source, SourceKind, Topic, Vocabulary
from claimbook.records.grouping import grouped
from claimbook.site.context import Context
from claimbook.site.questions import by_heading
from claimbook.site.words import WORDS

OTHER, UNNAMED = map(str, WORDS["map"])  # forms of treatment that no claim is about; no treatment


class Searched(StrEnum):
    """How somebody looked for studies of a form of treatment."""

    ITSELF = "itself"
    BROADER = "broader"  # within a search for the treatment as a whole, or a broader form
    NOT = "not"


@dataclass(frozen=True, slots=True)
class MapCell:
    """What was studied of one question with one form of treatment.

    Attributes:
        studies: and reviews, each with the number of its people, the largest first.
        certainty: of the surest claim that they bear on; None where none is rated.
        harm: without that, how a harm is known that they bear on.
        searched: how somebody looked for such studies; None where the column is no treatment.
    """

    studies: tuple[tuple[Source, int | None], ...]
    certainty: Certainty | None
    harm: HarmStatus | None
    searched: Searched | None


def page(context: Context) -> dict[str, Any]:
    """The columns of the map by name, and the questions by heading, each with its cells."""
    index = context.report.index
    forms = _forms(index)
    cells = {topic.id: _cells(topic, forms, index) for topic in index.base.topics.values()}
    studied = {form for row in cells.values() for form, cell in row.items() if cell.studies}
    used = {form: name for form, name in forms.items() if form in studied}
    return {
        "forms": list(used.values()),
        "groups": [
            (heading, [(topic, [cells[topic.id][form] for form in used]) for topic in topics])
            for heading, topics in by_heading(index.base)
        ],
    }


def _forms(index: Index) -> dict[str, str]:
    """The forms of treatment that claims are about, by name, the broad before the narrow."""
    vocabulary = index.base.vocabulary
    about = {claim.about.intervention for claim in index.base.claims.values()} - {None}
    forms = sorted(filter(None, about), key=lambda form: (len([*vocabulary.inherited(form)]), form))
    return {form: vocabulary.label(form) for form in forms} | dict(WORDS["map"])


def _cells(topic: Topic, forms: Mapping[str, str], index: Index) -> dict[str, MapCell]:
    claims = [index.base.claims[name] for name in topic.claims]
    vocabulary = index.base.vocabulary
    studied = grouped(
        (_form(evidence.finding.about.intervention, forms, vocabulary), (claim, evidence))
        for claim in claims
        for evidence in body(claim, index)
        if evidence.usable and evidence.source.kind in (SourceKind.STUDY, SourceKind.REVIEW)
    )
    looked_for = {claim.about.intervention for claim in claims if claim.searched}
    return {
        form: _cell(
            studied.get(form, ()), _searched(form, broader, looked_for) if broader else None, index
        )
        for form in forms
        for broader in [{concept.id for concept in vocabulary.inherited(form)}]
    }


def _searched(form: str, broader: Collection[str], looked_for: Collection[str | None]) -> Searched:
    if form in looked_for:
        return Searched.ITSELF
    return Searched.BROADER if any(name in looked_for for name in broader) else Searched.NOT


def _form(intervention: str | None, forms: Collection[str], vocabulary: Vocabulary) -> str:
    """The nearest of the forms that a treatment is, or is one of."""
    if intervention is None:
        return UNNAMED
    return next((c.id for c in vocabulary.inherited(intervention) if c.id in forms), OTHER)


def _cell(
    pairs: Collection[tuple[Claim, Evidence]], searched: Searched | None, index: Index
) -> MapCell:
    claims = dict.fromkeys(claim for claim, _ in pairs)
    studies = {evidence.source: _people(evidence.source) for _, evidence in pairs}
    harms = {harm for claim in claims if (harm := harm_status(claim, index))}
    rated = [
        rate.certainty
        for claim in claims
        if not harm_status(claim, index) and (rate := rating(claim, index)) and rate.certainty
    ]
    return MapCell(
        tuple(sorted(studies.items(), key=lambda pair: (-(pair[1] or 0), pair[0].id))),
        max(rated, default=None),
        next((status for status in HarmStatus if status in harms), None),
        searched,
    )


def _people(source: Source) -> int | None:
    """How many people a source counted, as far as that is recorded."""
    counts = source.participants
    if counts is None:
        return None
    return counts.enrolled if counts.analysed is None else counts.analysed
