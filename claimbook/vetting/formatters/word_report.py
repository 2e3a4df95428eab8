"""A vetted draft as a Word file: its words, and in the margin what is to be said of them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from claimbook.records import Base
from claimbook.vetting.formatters.docx_writer import Comment, Paragraph, word_file
from claimbook.vetting.formatters.results import (
    additions,
    heading,
    named,
    opening,
    set_aside,
    urgent,
    whole,
)
from claimbook.vetting.formatters.text import reasons
from claimbook.vetting.results import State
from claimbook.vetting.suppressions import FinalResult, SuppressedFlag

Part = tuple[str, tuple[Comment, ...]]
# The comments that set flags aside, which Word has in its margin; a line of its own goes with them.
_ASIDE = re.compile(
    r"^[ \t]*<!--\s*(claimbook:[^<>]*?)\s*-->[ \t]*\n?|[ \t]*<!--\s*(claimbook:[^<>]*?)\s*-->"
    r"|^[ \t]*#[ \t]*(claimbook:[^\n]*)\n?",
    re.IGNORECASE | re.MULTILINE,
)


def as_word(result: FinalResult, shown: Iterable[tuple[str, int | None]], base: Base) -> bytes:
    """A draft with comments: on a sentence what is said of it, on the first words what is of all.

    Args:
        shown: its text in pieces, each with the number of its sentence, or None.
    """
    paragraphs = [Paragraph(parts=tuple(parts)) for parts in _lines(_parts(result, shown, base))]
    whole = tuple(_whole(result, base))
    if whole and paragraphs:
        (words, remarks), *rest = paragraphs[0].parts
        paragraphs[0] = Paragraph(parts=((words, (whole, *remarks)), *rest))
    return word_file(paragraphs, "claimbook")


def _whole(result: FinalResult, base: Base) -> Iterator[str]:
    """What is said of the draft as a whole, line by line, and which sentences are most urgent."""
    if worst := urgent(result):
        yield f"Most urgent: {'; '.join(f'“{opening(each)}”' for each in worst)}"
    for flag in whole(result):
        what = f"{flag.severity.value.capitalize()}, of the whole draft"
        yield f"{what}: {named(flag.message, flag.sources, base)} ({flag.rule})"
        yield from additions(result, flag)


def _parts(
    result: FinalResult, shown: Iterable[tuple[str, int | None]], base: Base
) -> Iterator[Part]:
    """The text in parts, each with its comments.

    A comment that sets a flag aside goes to the words before it in its line, or to the next ones.
    """
    aside = set_aside(result)
    before: dict[str, str] = {}
    waiting: list[Comment] = []
    last: Part | None = None
    for shown_words, number in shown:
        said = [" ".join(filter(None, match.groups())) for match in _ASIDE.finditer(shown_words)]
        words = _ASIDE.sub("", shown_words)
        comments: list[Comment] = [(" ".join(each.split()),) for each in said]
        if last:
            if last[0].strip() and not last[0].endswith("\n"):
                last = (last[0], (*last[1], *comments))
                comments = []
            yield last
        waiting += comments
        last = (words, ())
        if words.strip():
            last = (words, (*_said(result, number, aside, base, before), *waiting))
            waiting = []
    if last:
        yield last[0], (*last[1], *waiting)


def _said(
    result: FinalResult,
    number: int | None,
    aside: Mapping[int | None, Sequence[SuppressedFlag]],
    base: Base,
    before: dict[str, str],
) -> Iterator[Comment]:
    """What is said of a sentence, if anything, after its state; not what was said before."""
    if number is not None:
        sentence = result.vetted.sentences[number]
        held = aside.get(sentence.start, ())
        if sentence.flags or held or sentence.state is State.LOOK:
            where = f"“{opening(sentence)}”"
            yield heading(sentence), *reasons(sentence, base, held, before, where)


def _lines(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """The parts of each line that has words; comments stand on the first line of their part."""
    line: list[Part] = []
    for words, remarks in parts:
        first, *others = words.split("\n")
        line.append((first, remarks))
        for other in others:
            if any(text.strip() for text, _ in line):
                yield line
            line = [(other, ())]
    if any(text.strip() or remarks for text, remarks in line):
        yield line
