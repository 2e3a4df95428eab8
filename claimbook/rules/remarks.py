"""How remarks are worded."""

from collections.abc import Collection, Iterable

from claimbook.evidence.appraisal import AppraisedFinding
from claimbook.evidence.index import Index
from claimbook.records import (
    ConceptSet,
    Direction,
    Effect,
    Occurrence,
    Regimen,
    Value,
    Vocabulary,
    YesNo,
    display,
)
from claimbook.records.display import listed
from claimbook.records.grouping import grouped

# What a page says, also of a harm, and what a source says.
_PAGE = {
    Direction.REDUCES: "says that it reduces {}",
    Direction.INCREASES: "says that it increases {}",
    Direction.NONE: "says that it makes no difference to {}",
    Direction.MIXED: "says that results on {} differ",
    Direction.UNCLEAR: "says that too little is known of {}",
}
_PAGE_ON_HARM = _PAGE | {
    Direction.INCREASES: "tells of {}",
    Direction.NONE: "rules out {}",
    Direction.MIXED: "says that not everybody has {}",
}
_STUDY = {
    Direction.REDUCES: "found less",
    Direction.INCREASES: "found more",
    Direction.NONE: "found no clear difference",
    Direction.MIXED: "found mixed results",
    Direction.UNCLEAR: "found too little to tell",
}
_AUTHORITY = {
    Direction.REDUCES: "that there is less",
    Direction.INCREASES: "that there is more",
    Direction.NONE: "that there is no difference",
    Direction.MIXED: "that results differ",
    Direction.UNCLEAR: "that too little is known",
}
_SETS = {"only": ("says only", "say only"), "includes": ("names", "name")}
_SETS |= {"excludes": ("rules out", "rule out")}


def agreeing(names: Collection[str], singular: str, plural: str) -> str:
    """Names and the form of a verb that has them as its subject: "a says", "a and b say"."""
    return f"{listed(names)} {singular if len(set(names)) == 1 else plural}"


def labels(concepts: Iterable[str | None], index: Index) -> str:
    """Some concepts as running text names them."""
    return listed(index.base.vocabulary.label(name).lower() for name in concepts)


def contrast(findings: Iterable[AppraisedFinding], occurrence: Occurrence, index: Index) -> str:
    """What a page says and what findings say instead: "the page says ...; a and b found ...".

    The one place where a difference between the two is worded. Findings that say the same stand
    together. What differs in a regimen is told part by part.
    """
    findings, says = tuple(findings), occurrence.says
    vocabulary, outcome = index.base.vocabulary, index.base.scope_of(occurrence).outcome
    if isinstance(says, Regimen):
        return "; ".join(f"{each.source.id}: {each.reason}" for each in findings)
    if isinstance(says, YesNo):
        statement = index.base.claim_of(occurrence).statement.removesuffix(".")
        page = f"says {'yes' if says.holds else 'no'} to “{statement}?”"
    else:
        page = _page(says, outcome, vocabulary)
    return f"the page {page}; {findings_in_words(findings, index)}"


def findings_in_words(findings: Iterable[AppraisedFinding], index: Index) -> str:
    """What findings say: "a and b found no clear difference; c found less"."""
    vocabulary = index.base.vocabulary
    pairs = ((_source(each, vocabulary), each.source.id) for each in findings)
    same = grouped(dict.fromkeys(pairs))
    parts = (f"{agreeing(keys, *verbs)} {what}" for (*verbs, what), keys in same.items())
    return "; ".join(part.strip() for part in parts)


def _page(says: Value | None, outcome: str | None, vocabulary: Vocabulary) -> str:
    match says:
        case Effect():
            words = _PAGE_ON_HARM if vocabulary.harm(outcome) else _PAGE
            return words[says.direction].format(_lower(outcome, vocabulary))
        case ConceptSet():
            return f"{_SETS[says.mode][0]} {_members(says, vocabulary)}"
    return f"says {display.in_words(says, vocabulary)}"


def _source(finding: AppraisedFinding, vocabulary: Vocabulary) -> tuple[str, str, str]:
    """What a source says: the verb for one and for several, and the rest."""
    says, authority = finding.evidence.finding.says, finding.evidence.authority
    match says:
        case Effect() if not authority:
            found = _STUDY[says.direction]
            return found, found, ""
        case Effect():
            warns = finding.evidence.of_harm and says.direction is Direction.INCREASES
            if warns:
                return "warns", "warn", "of it"
            return "says", "say", _AUTHORITY[says.direction]
        case YesNo():
            verbs = ("says", "say") if authority else ("found", "found")
            return *verbs, f"that it is {'' if says.holds else 'not '}so"
        case ConceptSet():
            return *_SETS[says.mode], _members(says, vocabulary)
    return "gives", "give", display.in_words(says, vocabulary)


def _members(says: ConceptSet, vocabulary: Vocabulary) -> str:
    return listed(sorted(_lower(name, vocabulary) for name in says.concepts))


def _lower(name: str | None, vocabulary: Vocabulary) -> str:
    """A label in running text; one that starts with an abbreviation stays as it is."""
    label = vocabulary.label(name)
    return label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}"
