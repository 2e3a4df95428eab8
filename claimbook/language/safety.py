"""Whether a sentence that touches a safety topic takes care.

It has to: it is at risk unless it warns, forbids, restricts, asks to tell somebody, has a safeguard
or tells of a harm (`care`). It is no rule: what is found is no fault but a reason for a person to
look, and a sentence with such a reason is never shown as supported. The words are data,
`en/safety.txt`.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from claimbook.language.care import (
    Care,
    Names,
    answer,
    care,
    has_verb,
    permits,
    small_letters,
    undone_by,
)
from claimbook.language.discourse import MAX_HEADING, asks, ends, heads, refers, statement
from claimbook.language.phrases import GAP, Pattern, Phrases, pattern, phrases
from claimbook.language.riders import puts_off

_FRAGMENT = 3  # words of what names a thing, though it ends as a sentence does
SAFE = pattern("matching", "safe")
_LABEL = re.compile(r"^[qa]: ")  # "Q: May I drive? A: No."
LIMITS = "a limit or a safeguard"  # the topic where something is waived, whatever it is about
AT_LARGE = "safety"  # the topic of what names none
DOSE = "dose"  # the topic of how much is given
HARMS = "side effects"  # the topic of the harms that a base knows


@cache
def _topics() -> Mapping[str, Mapping[str, Pattern]]:
    """The patterns of every topic by their kind (`en/safety.txt`)."""
    topics: dict[str, dict[str, Pattern]] = {}
    for section in phrases("safety"):
        topic, _, kind = section.partition(": ")
        if kind:
            topics.setdefault(topic, {})[kind] = pattern("safety", section)
    return topics


def named(words: Mapping[str, Pattern], text: str, *kinds: str) -> bool:
    """Whether a text has a topic's words of some kinds; of any that name it, where none is given.

    Args:
        words: those of the topic by their kind.
        text: what is read, in small letters.
    """
    wanted = kinds or tuple(kind for kind in words if kind != "send")
    return any(kind in words and words[kind].search(text) for kind in wanted)


@cache
def _of_kind(*kinds: str) -> Phrases:
    """The words of some kinds, of all topics."""
    found = (words[kind] for words in _topics().values() for kind in kinds if kind in words)
    return Phrases("|".join(each.pattern for each in found))


def _of_medicines(
    medicines: Pattern, harmful: Pattern | None
) -> Mapping[str, Mapping[str, Pattern]]:
    """The topics of a base's other medicines: that they are stopped, or taken beside treatment."""
    stopping, after = pattern("safety", "stopping").pattern, pattern("safety", "stopped").pattern
    stopped = Phrases(f"{stopping}{GAP}{medicines.pattern}|{medicines.pattern}{GAP}{after}")
    bars = {"bar": harmful} if harmful else {}
    return {"stopping medicine": {"bar": stopped}, "other medicines": {**bars, "risk": medicines}}


def _had_before(medicines: Phrases) -> re.Pattern[str]:
    """Medicines, one or a list of them, of which it is told that somebody has had them."""
    one = f"(?:{medicines.pattern})"
    more = rf"(?:,?(?: and| or)? {one})*"
    return re.compile(rf"{pattern('safety', 'had before').pattern}(?: [\w-]+){{0,4}} {one}{more}")


def is_only_spoken_of(text: str, start: int, end: int) -> bool:
    """Whether a medicine is only compared with, or named for what it does, and nobody takes it.

    Args:
        text: in small letters.
        start, end: where it is named.
    """
    before, after = pattern("matching", "compared"), pattern("matching", "kind of effect")
    return bool(before.search(text[:start]) or after.match(text[end:].removeprefix(" ")))


class Safety:
    """The safety topics of one base. Keeps nothing of a sentence.

    Args:
        harms: words of the harms of a treatment, in small letters.
        treatments: words of treatments, in small letters.
        medicines: words of those among them that a patient may take beside the one in question.
        harmful: words of those among these that may harm together with it.
    """

    def __init__(
        self,
        harms: Pattern | None = None,
        treatments: Pattern | None = None,
        medicines: Pattern | None = None,
        harmful: Pattern | None = None,
    ) -> None:
        self._harms = harms
        kinds = (pattern("safety", "medicines"), *((medicines,) if medicines else ()))
        self._medicines = Phrases("|".join(each.pattern for each in kinds))
        self._had_before = _had_before(self._medicines)
        self._own = _of_medicines(medicines, harmful) if medicines else {}
        may_harm = (_of_kind("guard"), harms) if harms else (_of_kind("guard"),)
        self._names = Names(_of_kind("harm"), may_harm, _of_kind("bar", "risk", "sign"), treatments)

    @lru_cache(maxsize=64)  # noqa: B019 - several ask about one sentence; a base keeps its topics
    def touched(self, sentence: str) -> Mapping[str, Mapping[str, Pattern]]:
        """The topics that a sentence names, with their words by kind."""
        text = small_letters(sentence)

        def met(known: Mapping[str, Mapping[str, Pattern]]) -> dict[str, Mapping[str, Pattern]]:
            return {topic: words for topic, words in known.items() if named(words, text)}

        topics = met(_topics())
        if self._harms and met({HARMS: {"harm": self._harms}}):
            topics.setdefault(HARMS, {"harm": self._harms})
        return {**topics, **met(self._own)}

    def undone_by(self, sentence: str) -> str | None:
        """The words by which a sentence takes back its own precaution; None where it does not."""
        return undone_by(small_letters(sentence), self._names)

    def undoes_care(self, sentence: str) -> bool:
        """Whether a sentence takes back a precaution, or sends for no help where it is due.

        It names what calls for help at once, and sends for none or puts it off.
        """
        text = small_letters(sentence)
        return self.undone_by(text) is not None or any(
            _leaves_alone(words, text, text) for words in _topics().values()
        )

    def sends_for_help(self, sentence: str) -> bool:
        """Whether a sentence names what calls for help at once, and sends for it."""
        text = small_letters(sentence)
        return any(
            named(words, text, "sign") and not _leaves_alone(words, text, text)
            for words in _topics().values()
        )

    def taken(self, text: str) -> str:
        """A text without the medicines that nobody takes beside a treatment.

        They were had before, are compared with, or named for what they do. Where something is
        stopped, they may be what is.

        Args:
            text: in small letters.
        """
        text = self._had_before.sub("", text)
        if pattern("safety", "stopping").search(text) or pattern("safety", "stopped").search(text):
            return text
        for match in reversed([*self._medicines.finditer(text)]):
            if is_only_spoken_of(text, *match.span()):
                text = text[: match.start()] + text[match.end() :]
        return text

    def care(self, sentence: str) -> Care:
        """The signs of care in a sentence."""
        return care(small_letters(sentence), self._names)

    def takes_care(self, sentence: str) -> bool:
        """Whether a sentence on a safety topic says something careful, and nothing light."""
        found = self.care(sentence)
        light = bool(found & (Care.LIGHT | Care.WAIVED))
        return Care.CAREFUL in found and not light and bool(self.touched(sentence))

    def topic_at_risk(self, sentence: str, before: str = "", asked_of: str = "") -> str | None:
        """The safety topic that a sentence makes light of, or touches without care; or None.

        Args:
            sentence: the words of one sentence.
            before: the sentence before it: what "they" are, the question that this one answers, or
                the heading over it.
            asked_of: what was said in front of that question ("I have asthma. Can I come?").
        """
        sentence = statement(sentence)
        text = _LABEL.sub("", small_letters(sentence))
        if asks(sentence) and not pattern("care", "denial").match(text.rstrip(" ?")):
            return None
        question = small_letters(before) if asks(before) or heads(before) else ""
        context = question or (small_letters(before) if refers(sentence) else "")
        if asks(before):
            context = f"{small_letters(asked_of)} {context}"
        said, rest = answer(question, text, self._names) if question else (Care.NONE, text)
        found = said | care(rest, self._names)
        topics = self.touched(text)
        if context:  # what the sentence itself names comes first
            topics = {**topics, **self.touched(context), **topics}
        if found & (Care.LIGHT | Care.WAIVED):
            return next(iter(topics), LIMITS if Care.WAIVED in found else None)
        if not question and _only_names(text):
            return None
        alarm = f"{context}\n{text}" if asks(before) and not said else text
        for topic, words in topics.items():
            if _leaves_alone(words, alarm, text):
                return topic
        if Care.CAREFUL in found:
            return None
        text = self.taken(text)
        leave = permits(text)
        if Care.FORBIDS in found and not leave:
            return None
        wanted = {"bar", "sign", "risk"} if leave else {"bar", "sign"}
        asked = {"risk", "harm"} if asks(before) else set()
        return next(
            (
                topic
                for topic, words in topics.items()
                if named(words, f"{context}\n{text}", *wanted)
                or (asked and named(words, context, *asked))
            ),
            None,
        )


def _leaves_alone(words: Mapping[str, Pattern], alarm: str, text: str) -> bool:
    """Whether a text has a topic's sign that calls for help at once, and sends for none.

    Args:
        words: those of the topic by their kind.
        alarm: where the sign may stand.
        text: what may send for help.
    """
    sent = named(words, text, "send") and not puts_off(text)
    return named(words, alarm, "sign") and not sent


def calls_safe(text: str) -> bool:
    """Whether words call something safe, and neither "completely" nor without any harm.

    To answer yes to "Is it safe?" is more than that.
    """
    if "?" in text:
        return False
    rest = re.sub(SAFE.pattern, "", text, flags=re.IGNORECASE)
    denies = pattern("care", "denial").search(small_letters(rest))
    return rest != text and not denies and not pattern("matching", "in full").search(rest)


def _only_names(text: str) -> bool:
    """Whether words only name a thing, as an item of a list does."""
    count = len(text.split())
    few = count <= _FRAGMENT or (not ends(text) and count <= MAX_HEADING)
    return few and not (permits(text) or has_verb(text) or ":" in text)
