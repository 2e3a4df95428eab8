"""Flags as annotations on a pull request (GitHub's workflow commands)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from claimbook.records import Base, Location, Severity
from claimbook.records.display import count
from claimbook.vetting.formatters.results import additions, looks, named, place, visible
from claimbook.vetting.suppressions import BASELINE, FinalResult

SHOWN = 10  # annotations: as many as a reader of a pull request takes in


def annotation(
    severity: str, file: str, start: Location, rule: str, message: str, end: Location | None = None
) -> str:
    """One workflow command, its values escaped as GitHub asks."""
    kind = "notice" if severity == Severity.NOTE else severity
    until = f",endLine={end.line},endColumn={end.column}" if end and end > start else ""
    at = f"file={_escaped(visible(file), ':,')},line={start.line},col={start.column}{until}"
    return f"::{kind} {at},title={_escaped(rule, ':,')}::{_escaped(message)}\n"


def _escaped(text: str, more: str = "") -> str:
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def as_annotations(results: Iterable[FinalResult], base: Base) -> str:
    """Every flag with what one may write; as notices what is to be looked at or was set aside."""
    return worst(chain.from_iterable(_of_draft(result, base) for result in results))


def worst(annotations: Iterable[tuple[Severity, str]]) -> str:
    """The gravest annotations in the order of the files, and how many more there are."""
    every = list(annotations)
    gravity = [list(Severity).index(severity) for severity, _ in every]
    ranked = sorted(range(len(every)), key=gravity.__getitem__)
    shown = "".join(every[place][1] for place in sorted(ranked[:SHOWN]))
    rest = Counter(every[place][0].value for place in ranked[SHOWN:])
    if not rest:
        return shown
    more = ", ".join(count(number, severity) for severity, number in rest.items())
    return f"{shown}::notice title=claimbook::And {more}: --format text prints them all.\n"


def _of_draft(result: FinalResult, base: Base) -> Iterator[tuple[Severity, str]]:
    name = result.draft.name
    for flag, sentence in (*looks(result), *result.vetted.with_sentences()):
        start, end = place(result, flag, sentence)
        message = visible(named(flag.message, flag.sources, base))
        for other in flag.also:
            also = visible(named(other.message, flag.sources, base))
            message += f"\nAlso: {also} ({other.rule})"
        if flag.suggestion:
            message += f"\nYou may write: {visible(flag.suggestion)}"
        for line in () if sentence else additions(result, flag):
            message += f"\n{line[0].upper()}{line[1:]}"
        yield flag.severity, annotation(flag.severity, name, start, flag.rule, message, end)
    for held in result.suppressed:
        if held.by != BASELINE:
            start, end = place(result, held.flag, held.sentence)
            by = f"Set aside by {held.owner} until {held.until}: {held.reason}"
            message = f"{visible(by)}\n{visible(held.flag.message)}"
            note = annotation(Severity.NOTE, name, start, held.flag.rule, message, end)
            yield Severity.NOTE, note
