"""Flags as annotations on a pull request (GitHub's workflow commands)."""

from collections.abc import Iterable, Iterator

from claimbook.records import Location, Severity
from claimbook.vetting.formatters.results import looks, place, visible
from claimbook.vetting.suppressions import BASELINE, FinalResult


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


def as_annotations(results: Iterable[FinalResult]) -> Iterator[str]:
    """Every flag with what one may write; as notices what is to be looked at or was set aside."""
    for result in results:
        name = result.draft.name
        for flag, sentence in (*looks(result), *result.vetted.with_sentences()):
            start, end = place(result, flag, sentence)
            message = visible(flag.message)
            for other in flag.also:
                message += f"\nAlso: {visible(other.message)} ({other.rule})"
            if flag.suggestion:
                message += f"\nYou may write: {visible(flag.suggestion)}"
            yield annotation(flag.severity, name, start, flag.rule, message, end)
        for held in result.suppressed:
            if held.by != BASELINE:
                start, end = place(result, held.flag, held.sentence)
                by = f"Set aside by {held.owner} until {held.until}: {held.reason}"
                message = f"{visible(by)}\n{visible(held.flag.message)}"
                yield annotation(Severity.NOTE, name, start, held.flag.rule, message, end)
