"""The words of plain text."""

import re

from claimbook.vetting.drafts.draft import MARK, PREFIX, Draft, TextBuilder, plain_lines

_TARGET = r"\((?:[^()\[\]\n]|\([^()\[\]\n]{0,300}\)){0,2000}\)"  # of a link
_APART = re.compile(
    rf"<!--(?P<comment>\s{{0,100}}{PREFIX}(?:[^-<]|-(?!->)|<(?!!--)){{0,2000}})-->[ \t]*\n?"
    rf"|^[ \t]*#[ \t]*(?P<line>{PREFIX}[^\n]*)\n?"
    rf"|{MARK}(?P<margin>\d+){MARK}"
    rf"|!?\[(?P<link>[^\[\]\n]{{0,300}})\]{_TARGET}",
    re.MULTILINE | re.IGNORECASE,
)


def read_text(text: str, name: str, margin: tuple[str, ...] = ()) -> Draft:
    """Plain text as it is, but for links (their words stay) and comments that speak to us.

    Args:
        text: the text; a number between two `MARK` stands for a comment in the margin.
        name: how messages name it.
        margin: the comments in the margin.
    """
    source, words, done = plain_lines(text), TextBuilder(), 0
    words.fresh = False  # white space stays
    for match in _APART.finditer(source):
        if match.start() > done:
            words.add_verbatim(source[done : match.start()], done)
        done = match.end()
        if match["link"] is not None:
            words.add_verbatim(match["link"], match.start("link"))
        elif match["margin"] is not None:
            words.add_comment(margin[int(match["margin"])], match.start())
        else:
            after_words = words.parts and words.parts[-1][-1:] != "\n"
            if match["comment"] is not None and after_words and match[0].endswith("\n"):
                done -= 1  # it ends a line of words, whose end stays
            words.add_comment(match["comment"] or match["line"], match.start())
    if done < len(source):
        words.add_verbatim(source[done:], done)
    return words.draft(name, source)
