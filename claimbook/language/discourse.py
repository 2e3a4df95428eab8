"""What a sentence is before it claims anything, and its clauses.

A heading names a thing; advice tells the reader what to do; a voice tells an experience; a sentence
that takes its distance repeats what others say. None of these claims what its words would claim in
a plain statement. The words are data, in `en/`.
"""

import re

from claimbook.language.clauses import YES
from claimbook.language.negation import asserted_matches
from claimbook.language.phrases import alternatives, pattern

MAX_HEADING = 8  # words that stand over others
MAX_TITLE = 12  # words of a heading
MAX_USE = 6  # words of a place or a use that goes on with the verb before it
MAX_ITEM = 14  # words of an item that goes on from the words that open its list

_ENDS = re.compile(r"[.!?][\"'”’)]*$")
_VERBS = alternatives("clause-breaks", "verbs")
_CLAUSE = re.compile(  # a run of spaces is tried from its start only, so that it costs its length
    r"(?=[\s;:,])(?:(?:(?<!\s)\s++)?;\s+"
    rf"|:\s+(?=(?:\w+\s+){{1,8}}{_VERBS}\b)"
    rf"|(?:,|(?<!\s))\s++{alternatives('clause-breaks', 'contrasts')}\s+"
    rf"|(?:,\s+(?:and\s+)?|(?<!\s)\s++and\s+){alternatives('clause-breaks', 'joins')}\s+"
    rf"|,\s+and\s+(?=(?:{alternatives('clause-breaks', 'subjects')}|\w+\s+(?:{_VERBS}|does|do))\b)"
    rf"|(?:,|(?<!\s)\s++and|,\s+and)\s+(?=not\s+{alternatives('clause-breaks', 'limits')}\b))",
    re.IGNORECASE,
)
# A name beneath: "– Janine, Dallas".
_SIGNED = re.compile(r"(?:—|–|--| - )\s*+[A-Z][a-z]+(?:,| [A-Z]\.)[^.]{0,80}$")
_EMPTY = re.compile(rf"[(\[]{alternatives('studies', 'empty citations')}[)\]]", re.IGNORECASE)
# The uses after "approved", each after a comma or an "and".
_LEAD = re.compile(
    rf"(.*?\b{alternatives('clause-breaks', 'approved')}\b)"
    r"(?: by [^,;.]{1,40}?|(?: [\w-]+){1,4}?)??(?: for use)? (?:for|as|to)(?= )(?! use in )",
    re.IGNORECASE,
)
_OFF_LABEL = re.compile(
    rf"(.*\b{alternatives('clause-breaks', 'an approval')}\b.*?),?(?: (?:that|which|and|but))?"
    rf"(?: (?:is|are|was|were))? (?={alternatives('clause-breaks', 'off-label')}\b)",
    re.IGNORECASE,
)
_EXCEPT = re.compile(rf"\s+{alternatives('clause-breaks', 'except')}\s.*", re.IGNORECASE)
_USE = re.compile(r",\s+(?:(?:and|or)\s+)?|\s+(?:and|or|as well as)\s+")
_GOES_ON = re.compile(r"(?:(?P<also>also )|(?P<no>(?:just )?(?:not|never) ))?(?:for|as|in|at|to) ")
_APPROVED = re.compile(rf"\b{alternatives('clause-breaks', 'approved')}\b", re.IGNORECASE)
_PLACED = {  # what stands before a place or a use: one that is denied, or any
    False: re.compile(r"(.*?),? (?:not|never)(?: only| just)? (?:for|as|in|at) .*", re.IGNORECASE),
    True: re.compile(r"(.*?),?(?: not(?: only| just| merely))? (?:for|as|in|at) .*", re.IGNORECASE),
}
_LINK = re.compile(r"(?:also )?(?:for|as|to) ")
_VERB = re.compile(rf"\b{_VERBS}\b")
_NOT_FOR = re.compile(r"\bnot (?:for|as|to)\b")
_ELIDED = re.compile(
    rf"(?:also |\w+ly |often |now )*{alternatives('clause-breaks', 'participles')}\b"
)
_MAX_TAG = 30  # letters: no less than the longest of these has
_TAG = re.compile(rf"(?:,| [–—-]) {alternatives('clauses', 'tags')}\?\W*$", re.IGNORECASE)
_NO_QUESTION = re.compile(rf"{alternatives('clauses', 'no question')} ", re.IGNORECASE)
_NO = re.compile(rf"\W*{alternatives('clauses', 'no')}\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_TURN = re.compile(r";|,? but\b|[—–]")  # from what others say to what we say of it


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence that stand against one another ("it helps, but not everyone")."""
    parts = [part for part in _CLAUSE.split(sentence) if part.strip()]
    before = parts[0] if parts else sentence
    for number, part in enumerate(parts[1:], 1):
        parts[number] = _with_verb(before, part)
        before = part if parts[number] is part else before
    return parts or [sentence]


def _with_verb(before: str, part: str) -> str:
    """A part with the verb of the part before it, where it has only a place or a use.

    "Given not here but at home", "approved for the one, but also for the other", "approved, but not
    for this".
    """
    goes_on = _GOES_ON.match(part)
    if not goes_on or _VERB.search(part) or len(part.split()) > MAX_USE:
        return part
    if goes_on["no"]:
        return f"{before} {part}" if _APPROVED.search(before) else part
    lead = _PLACED[goes_on["also"] is not None].match(before)
    return f"{lead[1]} {part}" if lead else part


def uses(clause: str) -> list[tuple[str, str]]:
    """A clause for each use that it lists ("approved as an A and for B"), and that use alone.

    What goes on with a verb ("and is used for C", "and often used for C") is a clause of the same
    subject; what has a subject of its own is a clause by itself. A "not for B" denies what follows
    it in the list, too ("for A, not for B or C"). What is used off-label is of a use by itself.
    """
    if off_label := _OFF_LABEL.match(clause):
        rest = clause[off_label.end() :]
        return [*uses(off_label[1]), (f"it is {rest}", rest)]
    lead = _LEAD.match(clause)
    if not lead:
        return [(clause, clause)]
    aside = pattern("clauses", "though").match(clause)
    if aside and aside.end() > lead.end():
        rest = clause[aside.end() :].strip()
        return [*uses(clause[: aside.end() - 1]), (rest, rest)]
    parts, denied, items = [], "", _USE.split(_EXCEPT.sub("", clause[lead.end() :]).strip())
    for number, item in enumerate(items):
        elided = _ELIDED.match(item)
        if number and (verb := elided or _VERB.search(item)):
            subject = _VERB.search(clause) if verb.start() == 0 else None
            end = (subject.end() if elided else subject.start()) if subject else 0
            rest = " ".join(items[number:])
            parts.append((f"{clause[:end]} {rest}".strip(), rest))
            break
        linked = number and _LINK.match(item)
        parts.append((f"{lead[1] if linked else lead[0]} {denied}{item}", item))
        denied = "not for " if denied or _NOT_FOR.search(item) else ""
    return parts


def asks(sentence: str) -> bool:
    """Whether it is a question."""
    return sentence.rstrip("\"')”’").endswith("?")


def statement(sentence: str, after: str = "") -> str:
    """What a question states that asks nothing: "…, isn't it?", "Did you know that …?".

    Args:
        sentence: one sentence; what asks or states is given back as it is.
        after: what follows it: where that denies, it was asked in earnest.
    """
    if not asks(sentence) or _NO.match(after):
        return sentence
    straight = sentence.replace("’", "'")
    tag = _TAG.search(straight, max(len(sentence) - _MAX_TAG, 0))
    if tag:
        return f"{sentence[: tag.start()]}."
    opening = _NO_QUESTION.match(straight)
    return f"{sentence[opening.end() :].rstrip('?')}." if opening else sentence


def confirms(question: str, sentence: str) -> bool:
    """Whether a sentence answers the question before it with yes."""
    return asks(question) and YES.match(sentence) is not None


def ends(sentence: str) -> bool:
    """Whether it is closed as a sentence is, and a heading or an item of a list is not."""
    return _ENDS.search(sentence) is not None


def heads(words: str) -> bool:
    """Whether words may stand over others, as a heading does, or open a list."""
    return bool(words) and not ends(words) and len(words.split()) <= MAX_HEADING


def of_somebody(sentence: str) -> bool:
    """Whether it tells the experience of somebody: reported speech, or a name beneath."""
    return pattern("voices").search(sentence) is not None or _SIGNED.search(sentence) is not None


def of_oneself(sentence: str) -> bool:
    """Whether it is in the first person."""
    return pattern("voices", "oneself").search(sentence) is not None


def was_ill(sentence: str) -> bool:
    """Whether somebody tells how ill they were, and not that anything got better."""
    ill = pattern("voices", "was ill").search(sentence)
    return ill is not None and not for_the_better(sentence)


def for_the_better(sentence: str) -> bool:
    """Whether it has words for what got better ("gone", "no longer"), and does not deny them."""
    return next(asserted_matches(pattern("voices", "for the better"), sentence), None) is not None


def leads_to_question(sentence: str, after: str) -> bool:
    """Whether somebody tells how they are only to ask: "I have asthma. Can I come?".

    Args:
        after: the text from there to the end of the next sentence.
    """
    if "\n" in after or not asks(after) or for_the_better(sentence):
        return False
    oneself = of_oneself(sentence) and of_oneself(after)
    return oneself and pattern("voices", "asks to know").match(after.strip()) is not None


def named_before(sentence: str, before: str) -> bool:
    """Whether it goes on about a source that the sentence before it names."""
    same = pattern("vague-authority", "the same").match(sentence)
    return same is not None and pattern("vague-authority", "named").search(before) is not None


def distant(sentence: str) -> bool:
    """Whether it repeats what others say, and does not say it ("you may read …; we do not say")."""
    if pattern("distancing", "distant").search(sentence):
        return pattern("stance", "untrue").search(sentence) is None  # else we say it is wrong
    others = pattern("distancing", "others say").search(sentence)
    turn = others and _TURN.search(sentence, others.end())
    return bool(turn and pattern("distancing", "we deny").search(sentence, turn.end()))


def modest(clause: str) -> bool:
    """Whether it says that nothing is promised, or warns of those who promise."""
    return pattern("distancing", "modest").search(clause) is not None


def refers(sentence: str) -> bool:
    """Whether it opens with a word that stands for what was named before."""
    return pattern("clauses", "refers").match(sentence) is not None


def refers_to_several(clause: str) -> bool:
    """Whether it opens with what may stand for several things named before: "but they are …"."""
    return pattern("clauses", "of them").match(clause) is not None


def cites_nothing(sentence: str, after: str) -> bool:
    """Whether a citation that leads nowhere, "(Source)", stands in it or right after it."""
    return _EMPTY.search(sentence) is not None or _EMPTY.match(after.strip()) is not None


def reports(sentence: str) -> bool:
    """Whether it tells of one study: what was done to whom, and what came of it."""
    return pattern("studies", "reports").search(sentence) is not None


def tells_finding(sentence: str) -> bool:
    """Whether it tells what a study found."""
    return pattern("studies", "found").search(sentence) is not None


def advises(clause: str) -> bool:
    """Whether it tells the reader what to do."""
    return pattern("advice").search(clause) is not None


def titles(words: str, outcome: bool) -> bool:
    """Whether words only name a thing, as a heading does; *outcome* tells whether they name one.

    A heading with a figure or a word of change ("Fewer colds in two weeks") claims what it says.
    """
    count, verbs = len(words.split()), pattern("headings", "verbs").finditer(words)
    if count <= 2:
        return True
    return (
        words[-1] not in ".!"
        and not (_DIGIT.search(words) or pattern("headings", "claims").search(words))
        and count <= MAX_TITLE
        and not (outcome and any(verb[0].islower() for verb in verbs))
    )
