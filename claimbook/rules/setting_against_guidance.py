"""A passage that allows a treatment in a place where an authority does not."""

from collections.abc import Iterator

from claimbook.evidence.appraisal import appraise, source_ids
from claimbook.evidence.index import Index
from claimbook.records import ConceptSet, Occurrence, Relation, Remark
from claimbook.rules.remarks import labels, listed, verb


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
        where = labels(sorted(says.concepts), index)
        heard = " (read only second-hand)" if all(one.second_hand for one in against) else ""
        keys = source_ids(against)
        verdict = f"{listed(keys)} {verb(keys, 'does', 'do')} not allow this"
        yield Remark(occurrence.at, f"{where}: {verdict}{heard}", sources=keys)
