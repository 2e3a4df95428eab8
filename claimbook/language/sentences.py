"""Where sentences end: the one splitter for pages, drafts and quotes."""

import re
from collections.abc import Iterator

from claimbook.language.phrases import phrases

_END = re.compile(r"(?<![.!?])[.!?]++[\"'”’)\]]*+(?=\s|$)|\n")
_BEFORE = re.compile(r"(?:[^\W_]+\.)*[^\W_]+$")  # the word or abbreviation before a full stop
_LOOK_BACK = 12  # letters: longer than any abbreviation
_NEXT = re.compile(r"[\s\"'“‘(\[]*+([\w%$£€]?)([\w'-]*)")
_MARKS = re.compile(r"^[\s#>*+\-•·|–]*+(?:\d{1,9}[.)]\s+)?(?:\[[ x]\]\s+)?")
_NUMBER = re.compile(r"\s*+\d{1,3}\.")  # of a list: "3. Call us."
_ABBREVIATIONS = {word: kind for kind, lines in phrases("abbreviations").items() for word in lines}
_OPENERS = frozenset(phrases("abbreviations")["openers"])


def split(text: str) -> list[str]:
    """The sentences of a text, without the white space between them.

    A sentence ends at ".", "?" or "!", with the quotation marks and brackets that close there, and
    at the end of a line.
    """
    return [sentence for start, end in _spans(text) if (sentence := text[start:end].strip())]


def statements(text: str) -> list[str]:
    """The sentences of a text, parted at semicolons, too."""
    return [part for sentence in split(text) for part in re.split(r"(?<=;)\s+", sentence)]


def spans(text: str) -> list[tuple[int, int]]:
    """The sentences of a draft as (start, end), list marks and heading signs left out.

    A sentence that goes on in small letters on the next line is one.
    """
    sentences: list[tuple[int, int]] = []
    for begin, until in _spans(text):
        raw = text[begin:until]
        start = begin + len(_MARKS.match(raw)[0])  # type: ignore[index]
        end = begin + len(raw.rstrip(" \t|*_"))
        if end <= start or not re.search(r"\w", text[start:end]):
            continue
        if sentences and _continues(text, sentences[-1][1], start):
            sentences[-1] = (sentences[-1][0], end)
        else:
            sentences.append((start, end))
    return sentences


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _END.finditer(text):
        if mark[0] == "\n":
            yield start, mark.start()
        elif _NUMBER.fullmatch(text, start, mark.end()) or _goes_on(text, mark):
            continue
        else:
            yield start, mark.end()
        start = mark.end()
    yield start, len(text)


def _goes_on(text: str, mark: re.Match[str]) -> bool:
    """Whether the sentence goes on after a mark: after "Dr.", or in small letters after '"No."'."""
    letter, word = _NEXT.match(text, mark.end()).groups()  # type: ignore[union-attr]
    if mark[0] != ".":
        return letter.islower() and mark[0][-1] in "\"'”’."
    before = _BEFORE.search(text, max(mark.start() - _LOOK_BACK, 0), mark.start())
    if not before:
        return False
    kind = _ABBREVIATIONS.get(before[0].lower())
    if len(before[0]) == 1 and before[0].isupper() and before[0] != "I":
        kind = "before a name"  # an initial
    return (
        kind == "always"
        or (kind in ("before a figure", "before a name") and letter.isdigit())
        or (kind in ("before small letters", "before a name") and letter.islower())
        or (kind == "before a name" and bool(letter) and (letter + word).lower() not in _OPENERS)
    )


def _continues(text: str, end: int, start: int) -> bool:
    """Whether what starts on the next line goes on with the sentence that ends before it."""
    gap = text[end:start]
    return (
        not gap.strip()
        and gap.count("\n") == 1
        and text[start].islower()
        and text[end - 1] not in ".!?:;"
    )
