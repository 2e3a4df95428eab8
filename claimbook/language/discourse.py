"""How a text is taken apart: its sentences, their clauses, and what a sentence is before it claims anything.

A heading names a thing; advice tells the reader what to do; a voice tells an experience; a sentence that takes its distance
repeats what others say. None of these claims what its words would claim in a plain statement.
"""

import re

MAX_TITLE = 12  # words of a heading
MAX_ITEM = 14  # words of an item that goes on from the words that open its list

_ENDS = re.compile(r"[.!?][\"'”’)]*$")
_CLAUSE = re.compile(
    r"\s*;\s+"
    r"|:\s+(?=(?:\w+\s+){1,8}(?:is|are|was|were|has|have|can|may|will)\b)"
    r"|,?\s+(?:but|whereas|yet)\s+"
    r"|,\s+(?:while|although|though|because|so)\s+"
    r"|,\s+and\s+(?=(?:its?|they|their|this|that|we|our|you|your|the|using|people|no|any|some|most)\b"
    r"|\w+\s+(?:is|are|was|were|can|may|will|has|have|does|do)\b)"
    r"|(?:,|\s+and|,\s+and)\s+(?=not\s+(?:for|as|in|at|by|with|\w+er)\b)",
    re.IGNORECASE,
)
_EFFECT = re.compile(  # what a heading says when it claims something
    r"\d|\b(?:fewer|less|lower|reduc\w+|improv\w+|better|shorter|faster|quick\w*|rapid\w*|instant\w*|no more|without|free|within|cure\w*"
    r"|stop\w*|end\w*|safe|safely|approved|proven|effective\w*|lasting|at home|half|most)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|can|will|may|has|have|does|do|helps?|works?|eases?|relieves?|prevents?|lasts?|brings?|makes?|gives?)\b"
)
_OTHERS = r"(?:you|we|some|others?|many|certain|people|clinics|websites|ads|adverts|advertisements)"
_DISTANT = re.compile(
    r"\b(?:anyone|anybody|clinics?|ads|adverts|advertisements|sites|websites|pages|those) (?:who|that|which) (?:\w+ )?"
    r"(?:promis|guarant|claim|offer|tell|say)\w*"
    r"|^(?:some|many|other) (?:websites|sites|clinics|ads|adverts|people|pages|posts) (?:\w+ )?(?:claim|say|promise|call)"
    r"|\bwrong to (?:call|say|claim|think)\b"
    r"|^(?:people|patients|many|some|you) (?:\w+ )?(?:ask|wonder)\b"
    rf"|\b{_OTHERS}\b[^.;,]{{0,40}}\b(?:read|hear|heard|see|seen|claim|say|call|promise|told)s?\b[^.]*(?:;|,? but|\.|—|–)[^.]*"
    r"\b(?:we do not|we don't|we cannot|we make no|that is not|it is not|this is not|evidence does not|not true|no such)",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"^(?:please\s+)?(?:tell|call|ring|phone|let us know|ask|bring|do not|don't|arrange|wear|allow|plan|book|keep|talk to|speak to)\b",
    re.IGNORECASE,
)
_MODEST = re.compile(
    r"\b(?:no|not|nobody|no one|never|cannot|can't|won't|don't|nor)\b[^.;]{0,30}\b(?:guarantee|promise|assure|certainty)\w*"
    r"|\b(?:neither|nor|nobody|no one|no clinic)\b[^.;]{0,40}\b(?:can|could|should) (?:tell|say)\b"
    r"|\b(?:not|never|n't) (?:call|say|claim|pretend)\b"
    r"|\b(?:wary|suspicious|sceptical|skeptical|careful|beware) of\b|\bdo(?: not|n't) (?:believe|trust|mistake|confuse)\b",
    re.IGNORECASE,
)
_STUDY = re.compile(
    r"\b(?:one|an?|the|this|that|only|single|each|\d{4}) (?:[\w-]+ ){0,4}(?:trial|study|series|survey|case report|chart review|report on)\b"
    r"|\b(?:in|of|among) (?:the )?(?:\d+|[a-z]+teen|eleven|twelve|ten|twenty) (?:[\w-]+ ){0,3}"
    r"(?:people|patients|users|inpatients|volunteers|women|men|adults)\b"
    r"|\bin (?:pigs|mice|rats|animals|the laboratory|cells)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"[(\[](?:sources?|refs?\.?|references?|citations?|citation needed|links?)[)\]]", re.IGNORECASE
)
_TOLD = r"(?:told|tells?|said|says?|wrote|writes?|shared|shares?|raved?|described?|describes?|calls? it|report(?:s|ed)?)"
_VOICE = re.compile(
    r"(?<!schedule )(?<!phase )(?<!type )(?<!class )(?<!part )\b(?:I|I'm|I've|I'd|I'll)\b(?!\.\d)|\b[Mm]y\b"
    r"|★|⭐|\b[Ff]ive[- ]star\b|\b[Pp]eople say (?:our|we|this)\b"
    r"|\b(?:[Pp]eople|[Pp]atients|[Uu]sers) on [A-Z]\w+ (?:report|say|write|describe|swear)\b"
    r"|^(?:Read|Meet|Hear|Ask|See) (?:how |from |about )?(?:our (?:patient|client) )?[A-Z][a-z]+\b(?! (?:our|your|the|about))"
    r"|^[A-Z][a-z]+(?: from [A-Z]\w+|, (?:from [A-Z]|\d\d,|an? (?:\w+ ){1,3}(?:from|of|in)))"
    r"|\b(?:[Oo]ne|[Aa]nother) of our (?:\w+ )?(?:patients|clients|members|guests)\b|\b[Oo]ur (?:patient|client) [A-Z]"
    r"|^[A-Z][a-z]+ (?:had|hadn't|has not|hasn't|couldn't|used to|went from|was|came to us|could not) .*"
    r"\b(?:visits?|sessions?|treatments?|later|since)\b"
    rf"|\b(?:person after person|patient after patient|one after another) {_TOLD}\b"
    r"|\b(?:[Oo]ne|[Aa]|[Aa]nother|[Tt]his|[Oo]ur|[Mm]any|[Ss]ome) (?:\w+ ){0,2}(?:patients?|clients?|sufferers?|members?|users?"
    r"|mothers?|women|woman|man|men) "
    rf"(?:(?:has|have|recently|often|regularly|even|once) )?{_TOLD}\b"
    r"|\bsince (?:her|his) (?:first |second |third |fourth |last )?(?:\w+)"
    r"|\b(?:got|gave|has|had|have|won) (?:\w+ )?(?:her|his) (?:\w+ )?(?:life|weekends?|mornings?|evenings?|smile|energy|days)\b"
    r"|^Thanks to [^,]{1,40}, [A-Z][a-z]+ (?:is|can|has|now|no)\b"
    r"|[,.!?][\"”] (?:[\w-]+ ){0,6}(?:says?|said|writes?|wrote|raves?|told us|tells us)\b"
    r"|\bswears by (?:her|his)\b"
    r"|\bis back (?:at|on|to|in|with) (?:her|his)\b"
    r"|\b[Tt]hank[- ]you (?:notes?|letters?|cards?|mails?|emails?)\b|\b[Ww]ord of mouth\b"
    r"|\b(?:at|read|see) our reviews\b|\b[Oo]ur reviews (?:speak|say|tell)|\b4\.\d (?:out of 5|stars)"
    r"|\b(?:[Pp]eople|[Pp]atients|[Cc]lients|[Mm]embers) keep (?:telling|writing|thanking)\b"
    r"|\b(?:used to|couldn't|could not|spent)\b.*\b(?:now|today),? (?:she|he)\b"
    r"|\b(?:mother|mum|mom|father|dad) of (?:two|three|four|five)\b"
    r"|^(?:Just )?[Aa]sk [A-Z][a-z]+(?:,? who| from)\b|^(?:One|An?) (?:retired )?(?:teacher|nurse|trucker|lawyer|runner|student|farmer)"
    r" (?:from|in) [A-Z]|^(?!People|Women|Men|Everyone|Anyone|Someone)[A-Z][a-z]+[a-rt-z], (?:who|whose)\b"
    r"|(?:—|–|--| - )\s*[A-Z][a-z]+(?:,| [A-Z]\.)[^.]*$"
)


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence that stand against one another ("it helps, but not everyone"), in order."""
    return [part for part in _CLAUSE.split(sentence) if part.strip()] or [sentence]


def asks(sentence: str) -> bool:
    """Whether it is a question."""
    return sentence.rstrip("\"')”’").endswith("?")


def ends(sentence: str) -> bool:
    """Whether it is closed as a sentence is, and a heading or an item of a list is not."""
    return _ENDS.search(sentence) is not None


def voice(sentence: str) -> bool:
    """Whether somebody tells an experience: in the first person, as reported speech, or with a name beneath."""
    return _VOICE.search(sentence) is not None


def distant(sentence: str) -> bool:
    """Whether it repeats what others say or promise, and does not say it ("you may read that …; we do not say so")."""
    return _DISTANT.search(sentence) is not None


def modest(clause: str) -> bool:
    """Whether it says that nothing is promised, or warns of those who promise."""
    return _MODEST.search(clause) is not None


def refers(sentence: str) -> bool:
    """Whether it opens with a word that stands for what was named before."""
    return re.match(r"(?:it|this|that|they|these)\b", sentence, re.IGNORECASE) is not None


def cites_nothing(sentence: str, after: str = "") -> bool:
    """Whether it carries a citation that leads nowhere, "(Source)" or "[citation needed]", in itself or right after."""
    return _BARE.search(sentence) is not None or _BARE.match(after.strip()) is not None


def reports(sentence: str) -> bool:
    """Whether it tells of one study: what was done to whom, and what came of it."""
    return _STUDY.search(sentence) is not None


def advises(clause: str) -> bool:
    """Whether it tells the reader what to do."""
    return _ADVICE.search(clause) is not None


def titles(words: str, outcome: bool) -> bool:
    """Whether words only name a thing, as a heading does; *outcome* tells whether they name one.

    A heading with a figure or a word of change ("Fewer attacks in two weeks") claims what it says.
    """
    count = len(words.split())
    if count <= 2:
        return True
    return (
        words[-1] not in ".!"
        and not _EFFECT.search(words)
        and count <= MAX_TITLE
        and not (outcome and _VERB.search(words))
    )
