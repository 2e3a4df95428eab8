"""A draft as a whole: where it offers treatment, to whom, and the flags that are on no sentence."""

from collections.abc import Iterable

from claimbook.evidence.index import Index
from claimbook.language.concepts import reader_of
from claimbook.language.warning_words import is_elsewhere
from claimbook.records import Base, Category, Flag, OfferedRegimen
from claimbook.rules.check import Report, all_rules
from claimbook.rules.rule import Drafts
from claimbook.vetting.occurrences import SentenceRecords
from claimbook.vetting.safety_box import gravity


def offered(records: Iterable[SentenceRecords], base: Base) -> OfferedRegimen:
    """Where a draft says that treatment is given or taken, and which treatments it names.

    Not where somebody goes after it; and only treatments of which more is asked than of others.
    """
    read = reader_of(base.vocabulary).read
    wanted = {disclosure.when or "" for disclosure in base.disclosures.values()}
    settings: dict[str, None] = {}
    named: dict[str, None] = {}
    for each in records:
        places = each.concepts.get("setting", ())
        treatments = wanted.intersection(each.concepts.get("intervention", ()))
        if places or treatments:
            reading = read(each.sentence.whole)
            named |= dict.fromkeys(name for name in treatments if not reading.denies(name))
            settings |= dict.fromkeys(
                name
                for name in places
                if not reading.denies(name)
                and not is_elsewhere(reading.text, reading.place(name) or (0, 0))
            )
    return OfferedRegimen(settings=tuple(settings), named=tuple(sorted(named)))


def illnesses(records: Iterable[SentenceRecords], index: Index) -> frozenset[str]:
    """The illnesses that sentences name, but for those that speak against treatment."""
    return treated((n for each in records for n in each.concepts.get("population", ())), index)


def treated(people: Iterable[str | None], index: Index) -> frozenset[str]:
    """The illnesses among the people named, but for those that speak against treatment."""
    against = {disclosure.concept for disclosure in index.base.disclosures.values()}
    return index.illnesses & set(people) - against


def of_document(report: Report) -> list[Flag]:
    """The flags on the whole draft; of what it leaves out the gravest kind first.

    Of its contradictions only `contradictions` is sure enough.
    """
    flags = (
        flag
        for flag in report.flags
        if all_rules()[flag.rule].drafts is Drafts.DOCUMENT
        and flag.category is not Category.DISAGREEMENT
    )
    return sorted(flags, key=gravity)
