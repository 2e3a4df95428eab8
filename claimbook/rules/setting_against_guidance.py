"""A passage that allows a treatment in a place where an authority does not."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise, source_ids
from claimbook.evidence.index import Index
from claimbook.records import ConceptSet, Occurrence, Relation, Remark


def check(occurrence: Occurrence, index: Index) -> Iterator[Remark]:
    """Object where an authority's set of settings conflicts with the passage's, also where it was read second-hand."""
    says, concepts = occurrence.says, index.base.vocabulary.concepts
    if not isinstance(says, ConceptSet) or not any(
        concepts[name].facet == "setting" for name in says.concepts
    ):
        return
    against = [
        one.evidence
        for one in appraise(occurrence, index).all
        if one.evidence.authority
        and one.comparison
        and one.comparison.relation is Relation.CONFLICTS
    ]
    if against:
        where = ", ".join(
            sorted(index.base.vocabulary.label(name).lower() for name in says.concepts)
        )
        heard = " (read only second-hand)" if all(one.second_hand for one in against) else ""
        names = source_ids(against)
        yield Remark(occurrence.at, f"{where}: against {', '.join(names)}{heard}", sources=names)
