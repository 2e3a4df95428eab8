r"""Phrase lists: English as data, one phrase a line, in `en/NAME.txt`.

A line is a phrase in small letters, read in any case, with these shorthands:

* `*` is any ending of a word ("promis*"), `…` between two words is up to seven words
  ("no … reason"); `(a|b)` is one of two, `(a )?` may be left out; other signs mean what they mean
  in a regular expression;
* `^` is the beginning of the text; a capital letter is a capital in the text as well;
* `<list>` is any phrase of another list, `<list/section>` of one of its sections, and `<name>` a
  word that begins with a capital letter.

Lines that start with `#` are comments; `[section]` begins a section; ` = ` parts a phrase from what
it stands for. A list that is looked up word by word (`PhraseTable`) uses `(a|b)`, `(a )?`,
`<list>` and whole words only; `\w+` and `\d+` are any word and any figure, and a word in brackets
has to stand there but is no part of the phrase ("considered [for]").
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path

from claimbook.records import UserError, did_you_mean
from claimbook.records.grouping import grouped

Span = tuple[int, int]  # where words stand: their start, and their end

_LISTS = Path(__file__).parent / "en"
GAP = r" (?:[^\s.;]+ ){0,7}?"  # what "…" stands for
_NAME = r"(?-i:[A-Z][a-z])\w*"
_REFERENCE = re.compile(r"<([a-z][a-z /-]*)>")
_CHOICE = re.compile(r"\(([^()]*)\)(\??)")
_CAPITAL = re.compile(r"(?<!\\)[A-Z]")
_BRACKETS = re.compile(r"(?:\[([^\]]*)\] )?([^\[\]]+?)(?: \[([^\]]*)\])?")
TOKEN = re.compile(
    r"(?<=\w)-\w+(?:'\w+)*|\w+(?:'\w+)*"  # a word; of "risk-free" the parts are "risk" and "-free"
    r"|(?:!|(?<!\.)\.(?!\.))(?=[\s\"”)\].!?]|$)|[?;%()]|[,:](?=[\s\"”])|[—–](?=\w)|(?<=\s)[-—–](?=\s)"
)


def plain(text: str) -> str:
    """A text in small letters and with straight apostrophes, as long as it was."""
    # "İ" is the one letter whose small form is longer.
    return text.replace("’", "'").replace("İ", "I").lower()


def place(name: str) -> Path:
    """The file of a list."""
    return _LISTS / f"{name}.txt"


def names() -> list[str]:
    """Every list there is."""
    return [path.stem for path in _LISTS.glob("*.txt")]


@cache
def phrases(name: str) -> Mapping[str, tuple[str, ...]]:
    """The phrases of a list by section, as written; those before the first section are under "".

    Raises:
        UserError: there is no such list.
    """
    path = place(name)
    if not path.exists():
        raise UserError(f"{path}: there is no such list; {did_you_mean(name, names()) or 'add it'}")
    return {"": (), **grouped((section, line) for _, section, line in _lines(path))}


def _section(name: str, section: str) -> tuple[str, ...]:
    """The phrases of one section.

    Raises:
        UserError: the list is not there, or has no such section.
    """
    sections = phrases(name)
    if section not in sections:
        path = place(name)
        first = next((number for number, title, _ in _lines(path) if not title), 1)
        repair = did_you_mean(section, sections) or f"write [{section}] above its phrases"
        raise UserError(f"{path}:{first}: the list has no section [{section}]; {repair}")
    return sections[section]


def _lines(path: Path) -> Iterator[tuple[int, str, str]]:
    """The phrases of a file, each after the number of its line and its section."""
    section = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif line and not line.startswith("#"):
            yield number, section, line


def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern of phrases.

    Raises:
        UserError: a phrase in a list cannot be read, such as one with an open bracket.
    """
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        for path in sorted(_LISTS.glob("*.txt")):
            for number, _, line in _lines(path):
                try:
                    re.compile(_expression(_REFERENCE.sub("", _phrase(line))))
                except re.error as fault:
                    at, why = f"{path}:{number}", f"{line!r} cannot be read: {fault.msg}"
                    raise UserError(f"{at}: {why}; close every bracket") from error
        raise


@cache
def meanings(name: str, section: str) -> Mapping[str, str]:
    """What each phrase of a section stands for, in the order of the file."""
    return dict(line.split(" = ") for line in _section(name, section))


@cache
def words(name: str, section: str = "") -> frozenset[str]:
    """The phrases of a section, each choice written out."""
    return frozenset(word for line in _section(name, section) for word in expanded(_phrase(line)))


class Phrases:
    """Phrases as one pattern, which matches them in any case.

    A text is searched in small letters first, once, which takes a third of the time: few have a
    phrase. Either expression is compiled when it is needed.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        return _compiled(self.pattern, re.IGNORECASE)

    @cached_property
    def _in_small_letters(self) -> re.Pattern[str]:
        small = self.pattern.replace("(?-i:", "(?:")
        return _compiled(_CAPITAL.sub(lambda match: match[0].lower(), small))

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first phrase in a text, or None."""
        return self._for(text).search(text, start, end) if self.may_have(text[:end]) else None

    def finditer(
        self, text: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterator[re.Match[str]]:
        """Every phrase in a text."""
        return self._for(text).finditer(text, start, end) if self.may_have(text[:end]) else iter(())

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The phrase at the start of a text, or None."""
        return self._for(text).match(text, start, end)

    def _for(self, text: str) -> re.Pattern[str]:
        in_small_letters = _searched(text)[0] == text and "(?-i:" not in self.pattern
        return self._in_small_letters if in_small_letters else self._regex

    def may_have(self, text: str) -> bool:
        """Whether a phrase may stand in a text: where it says no, none does."""
        small, known = _searched(text)
        if self not in known:
            known[self] = self._in_small_letters.search(small) is not None
        return known[self]


@lru_cache(maxsize=2_000)
def _searched(text: str) -> tuple[str, dict["Phrases", bool]]:
    """A text in small letters, and which phrases were looked for in it, and whether it has them."""
    small = text.lower()
    if not small.isascii():  # "s" and "i" in any case are these letters, too
        small = small.replace("ſ", "s").replace("ı", "i")
    return small, {}


Pattern = Phrases | re.Pattern[str]


@cache
def pattern(name: str, section: str = "") -> Phrases:
    """One pattern for a whole section of a list; longer phrases are tried first.

    Raises:
        UserError: the list is not there, or has no such section.
    """
    return Phrases(_whole_words(alternatives(name, section)))


def alternatives(name: str, section: str = "") -> str:
    """The phrases of a section as a regular expression to build others from."""
    lines = sorted((_phrase(line) for line in _section(name, section)), key=len, reverse=True)
    return f"(?:{'|'.join(map(_expression, lines))})"


def any_of(words: Iterable[str]) -> str:
    """Any of some words, as they are written, as a regular expression; longer ones come first."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, longest_first))})"


def _phrase(line: str) -> str:
    return line.partition(" = ")[0]


def expression(phrase: str) -> str:
    """A phrase as a regular expression that matches whole words."""
    return _whole_words(f"(?:{_expression(phrase)})")


def _whole_words(expression: str) -> str:
    """An expression that matches whole words only; for all phrases at once, which is quick."""
    return rf"(?<![\w-]){expression}(?!\w)"


def _expression(phrase: str) -> str:
    phrase = re.sub(r"\((?!\?)", "(?:", phrase).replace("*", r"\w*").replace(" … ", GAP)
    phrase = _CAPITAL.sub(r"(?-i:\g<0>)", phrase)
    return _REFERENCE.sub(_referred, phrase)


def _referred(match: re.Match[str]) -> str:
    name, _, section = match[1].partition("/")
    return _NAME if match[1] == "name" else alternatives(name, section)


def expanded(phrase: str) -> list[str]:
    """Every phrase that a line stands for, its choices and references written out."""
    if match := _REFERENCE.search(phrase):
        name, _, section = match[1].partition("/")
        choices = list(_section(name, section))
    elif match := _CHOICE.search(phrase):
        choices = [*match[1].split("|"), *([""] if match[2] else [])]
    else:
        return [phrase]
    before, after = phrase[: match.start()], phrase[match.end() :]
    return [line for choice in choices for line in expanded(f"{before}{choice}{after}")]


class PhraseTable:
    """Phrases of several kinds, found by their first word; the longest that stands at a place wins.

    Of phrases of the same length the kind that was given first wins.
    """

    def __init__(self, kinds: Mapping[str, Iterable[str]]) -> None:
        # By the first word of a phrase: its words and those around it, how many of them stand
        # before it, how many are its own, its kind, and the word after its first where one must
        # stand there as it is written.
        self._by_first: dict[str, list[tuple[list[str], int, int, str, str]]] = {}
        for kind, lines in kinds.items():
            for phrase in dict.fromkeys(phrase for line in lines for phrase in expanded(line)):
                match = _BRACKETS.fullmatch(phrase)
                before, own, after = map(_pieces, match.groups(""))  # type: ignore[union-attr]
                second = next(iter((*own[1:], *after)), "")
                literal = "" if "\\" in second else second
                entry = [*before, *own, *after], len(before), len(own), kind, literal
                self._by_first.setdefault(own[0], []).append(entry)
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, words: Sequence[str], at: int) -> tuple[str, int] | None:
        """The kind of the phrase that stands at a word, and how many words it has; or None."""
        word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
        inexact = "'" in following
        for first in (word, word.partition("'")[0]) if "'" in word else (word,):
            for row, before, count, kind, second in self._by_first.get(first, ()):
                if second and second != following and not inexact:
                    continue
                start, end = at - before, at - before + len(row)
                if start >= 0 and end <= len(words) and all(map(_same, row, words[start:end])):
                    return kind, count
        return None


def _pieces(text: str) -> list[str]:
    return text.split() if "\\" in text else TOKEN.findall(text)


def _same(written: str, word: str) -> bool:
    if word == written or ("\\" in written and re.fullmatch(written, word)):
        return True
    return "'" in word and word.partition("'")[0] == written
