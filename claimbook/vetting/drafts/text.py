"""The words of plain text."""

import re

from claimbook.language.phrases import alternatives
from claimbook.vetting.drafts.draft import MARK, PREFIX, Draft, TextBuilder, plain_lines

_TARGET = r"\((?:[^()\[\]\n]|\([^()\[\]\n]{0,300}\)){0,2000}\)"  # of a link
_APART = re.compile(
    rf"<!--(?P<comment>\s{{0,100}}{PREFIX}(?:[^-<]|-(?!->)|<(?!!--)){{0,2000}})-->[ \t]*\n?"
    rf"|^[ \t]*#[ \t]*(?P<line>{PREFIX}[^\n]*)\n?"
    rf"|{MARK}(?P<margin>\d+){MARK}"
    rf"|^(?P<quote>[ \t]*>(?:[ \t]?>)*[ \t]?)"  # of a mail
    rf"|(?P<address>https?://[^\s<>\"]{{0,2000}}[^\s<>\".,;:!?)\]])"  # nobody reads it as words
    rf"|!?\[(?P<link>[^\[\]\n]{{0,300}})\]{_TARGET}",
    re.MULTILINE | re.IGNORECASE,
)
_NEAR = 1000  # letters: longer than the lines of a mail
_FULL = 45  # letters of a line that is broken because it is full
_ENDS = re.compile(r"(?:[.!?:;|][\"'”’)\]*_]*|-->)$")
_MARK = re.compile(r"[ \t>]*(?:[-*+•·#|]|\d{1,3}[.)][ \t])")  # opens a line that goes on with none
_OPEN = re.compile(rf"(?:,|\b{alternatives('line-ends', 'open')})$", re.IGNORECASE)


def _unwrapped(text: str) -> str:
    """The text, as long as before, where a line that was broken for want of room goes on.

    The line breaks off at a comma or a word that ends no sentence ("more than"), or it is full: the
    first word of the next one would have made it the longest of its paragraph.
    """
    return re.sub(r"(?:^[^\n]*\S[^\n]*\n?)+", _paragraph, text, flags=re.MULTILINE)


def _paragraph(match: re.Match[str]) -> str:
    lines = match[0].split("\n")
    width = max(map(len, lines))
    parts = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        bare, word = line.rstrip(), following.lstrip(" \t>").partition(" ")[0]
        full = len(bare) >= _FULL and len(bare) + 1 + len(word) > width
        breaks = not word or _ENDS.search(bare) or _MARK.match(following) or bare.startswith("#")
        goes_on = not breaks and (full or _OPEN.search(bare[-30:]))
        parts += [line, " " if goes_on else "\n"]
    return "".join(parts[:-1])


def _is_quoted(source: str, mark: re.Match[str]) -> bool:
    """Whether a line is quoted; one that is alone and has a figure next gives a bound: "> 15"."""
    if not source[mark.end() : mark.end() + 1].isdigit():
        return True
    before = source[max(mark.start() - _NEAR, 0) : mark.start()].split("\n")[-2:-1]
    after = source[mark.end() : mark.end() + _NEAR].split("\n")[1:2]
    return any(line.lstrip(" \t").startswith(">") for line in (*before, *after))


def read_text(text: str, name: str, margin: tuple[str, ...] = (), wrapped: bool = True) -> Draft:
    """Plain text as it is, but for links (their words stay) and comments that speak to us.

    The signs of quoted mail (`> `) and bare addresses are left out.

    Args:
        text: the text; a number between two `MARK` stands for a comment in the margin.
        wrapped: whether a line may have been broken for want of room.
    """
    source, words, done = plain_lines(text), TextBuilder(), 0
    words.fresh = False  # white space stays
    shown = _unwrapped(source) if wrapped else source
    for match in _APART.finditer(source):
        if match.start() > done:
            words.add_verbatim(shown[done : match.start()], done)
        done = match.end()
        if match["link"] is not None:
            words.add_verbatim(match["link"], match.start("link"))
        elif match["quote"] is not None:
            if not _is_quoted(source, match):
                words.add_verbatim(match[0], match.start())
        elif match["address"] is not None:
            continue
        elif match["margin"] is not None:
            words.add_comment(margin[int(match["margin"])], match.start())
        else:
            after_words = words.parts and words.parts[-1][-1:] != "\n"
            if match["comment"] is not None and after_words and match[0].endswith("\n"):
                done -= 1  # it ends a line of words, whose end stays
            words.add_comment(match["comment"] or match["line"], match.start())
    if done < len(source):
        words.add_verbatim(shown[done:], done)
    return words.draft(name, source)
