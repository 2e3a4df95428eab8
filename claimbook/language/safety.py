"""Whether a sentence makes light of safety.

It waives a safeguard, permits what speaks against treatment, or denies a harm. What speaks against
treatment is also at risk where nothing careful is said of it: no warning, no refusal, no advice to
ask. It is no rule: what is found is no fault but a reason for a person to look, and a sentence with
such a reason is never shown as supported. The words are data, `en/safety.txt`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial

from claimbook.language.discourse import asks, clauses, refers
from claimbook.language.phrases import Pattern, Phrases, pattern, phrases
from claimbook.records.quotes import normalize

_cue = partial(pattern, "safety")
_CUE = {"bar": "permits", "risk": "permits", "guard": "waives"}  # what makes light of each
_REACH = 6  # words before a cue in which a denial turns it round
_NEAR = 30  # letters between a harm and what says that it is absent
# A condition: what is denied there is not denied of what follows.
_IF = re.compile(r"(?:if|when|once|after|unless|where)\b.*,")
_INSTEAD = re.compile(r"instead of|rather than")
_YES = re.compile(r"(?:yes|absolutely|of course|certainly|sure|definitely)\b", re.IGNORECASE)
_NO = re.compile(r"(?:no|not at all|not necessarily|never|none)\b", re.IGNORECASE)


@cache
def _topics() -> Mapping[str, Mapping[str, Pattern]]:
    """The patterns of every topic by their kind: risk, bar, guard, act, harm; and all as one."""
    topics: dict[str, dict[str, Pattern]] = {}
    for section in phrases("safety"):
        topic, _, kind = section.partition(": ")
        if kind:
            topics.setdefault(topic, {})[kind] = pattern("safety", section)
    for words in topics.values():
        words["all"] = Phrases("|".join(each.pattern for each in words.values()))
    return topics


def topic_at_risk(sentence: str, before: str = "", harms: Pattern | None = None) -> str | None:
    """The safety topic that a sentence makes light of, or None.

    Args:
        sentence: the words of one sentence.
        before: the sentence before it: what "they" are, or the question that this one answers.
        harms: words of the harms of a treatment, in small letters.
    """
    if asks(sentence):
        return None
    text, question = _plain(sentence), _plain(before) if asks(before) else ""
    context = question or (_plain(before) if refers(sentence) else "")
    parts = [clause.rstrip(" .!") for clause in clauses(text)]
    for topic, words in _topics().items():
        if not words["all"].search(text) and not words["all"].search(context):
            continue
        if _at_risk(words, text, parts, context) or (question and _answers(words, question, text)):
            return topic
    if harms and _at_risk({"harm": harms}, text, parts, context):
        return "side effects"
    return None


def _answers(words: Mapping[str, Pattern], question: str, text: str) -> bool:
    """Whether an answer permits a risk ("May I drive? Yes.") or waives a safeguard ("… No.")."""
    return not _careful(text) and any(
        kind in words
        and words[kind].search(question) is not None
        and answer.match(text) is not None
        for kind, answer in (("bar", _YES), ("risk", _YES), ("guard", _NO), ("harm", _NO))
    )


def _at_risk(words: Mapping[str, Pattern], text: str, parts: Iterable[str], context: str) -> bool:
    if "bar" in words and words["bar"].search(text) and not _careful(text):
        return True
    cues = [
        _cue(cue)
        for kind, cue in _CUE.items()
        if kind in words and (words[kind].search(text) or words[kind].search(context))
    ]
    for clause in parts:
        said = [words["act"].finditer(clause)] if "act" in words else []
        if "harm" in words:
            said.append(_absent(words["harm"], clause))
        said += [cue.finditer(clause) for cue in cues]
        if any(_stands(match, clause) for matches in said for match in matches):
            return True
    return False


def _absent(harm: Pattern, clause: str) -> Iterator[re.Match[str]]:
    """Where a clause says that a harm is absent ("no side effects", "side effects are minimal")."""
    if (match := _cue("unproven").search(clause)) and harm.search(clause, match.end()):
        yield match
    for match in harm.finditer(clause):
        absent = _cue("absent").finditer(clause, max(match.start() - _NEAR, 0), match.start())
        yield from list(absent)[-1:]  # the nearest
        yield from _cue("gone").finditer(clause, match.end(), match.end() + _NEAR)


def _stands(match: re.Match[str], clause: str) -> bool:
    """Whether a cue holds: no denial before it turns it round, and no caution stands beside it."""
    if _denied(match.start(), clause):
        return False
    instead = _INSTEAD.match(match[0])  # what stands before it takes the place of the safeguard
    return not any(
        ((caution.end() <= match.start() and not instead) or caution.start() >= match.end())
        and not _denied(caution.start(), clause)
        for caution in _cue("caution").finditer(clause)
    )


def _careful(text: str) -> bool:
    """Whether a sentence has a careful word that is not itself denied ("need not tell")."""
    return any(not _denied(match.start(), text) for match in _cue("careful").finditer(text))


def _denied(at: int, clause: str) -> bool:
    """Whether a denial stands shortly before a place in a clause, or its subject is nobody."""
    condition = _IF.match(clause, 0, at)
    start = max(at - 80, condition.end() if condition else 0)
    before = " ".join(clause[start:at].split()[-_REACH:])
    return (
        _cue("denial").search(before) is not None or _cue("nobody").match(clause, 0, at) is not None
    )


def _plain(text: str) -> str:
    """The text in small letters, "not" a word of its own."""
    return re.sub(r"\bcannot\b", "can not", re.sub(r"n't\b", " not", normalize(text).lower()))
