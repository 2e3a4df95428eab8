"""Whether a clause that names a place offers anything there."""

from collections.abc import Sequence
from functools import partial

from claimbook.language.care import Care, small_letters
from claimbook.language.concepts import Reading
from claimbook.language.phrases import Span, pattern
from claimbook.language.safety import Safety
from claimbook.language.stance import affirms
from claimbook.language.warning_words import tells_harm
from claimbook.records import ConceptSet, Value, Vocabulary

_words = partial(pattern, "matching")


class Places:
    """Reads what clauses say of the places of a base. Keeps nothing of a clause."""

    def __init__(self, vocabulary: Vocabulary, safety: Safety) -> None:
        self._vocabulary, self._safety = vocabulary, safety

    def only_names(self, says: Value | None, reading: Reading) -> bool:
        """Whether a place is only part of what something is called, that nobody offers here.

        "At-home care is not covered by insurers" offers none, nor does who warns of a place.
        """
        if not isinstance(says, ConceptSet):
            return False
        vocabulary, text = self._vocabulary, reading.text
        named = says.concepts & reading.signs.keys()
        places = [name for name in named if vocabulary.concepts[name].facet == "setting"]
        spans = [span for sign in reading.signs_of(*places) for span in sign.spans]
        if not spans:
            return False
        warns = says.mode == "includes" and self._warns(text)
        if warns or self._tells_harm(reading, spans):
            return True
        return (
            all("-" in text[start:end] and text[end : end + 2].strip() for start, end in spans)
            and _words("only names").search(text) is not None
            and not _words("ours").search(text)
        )

    def _warns(self, text: str) -> bool:
        """Whether a clause only takes care: it sends for help, or warns of what is not ours."""
        if self._safety.sends_for_help(text):
            return True
        if _words("ours").search(text):
            return False
        warns = pattern("care", "warns").search(small_letters(text))
        careful = warns and self._safety.care(text) is Care.CAREFUL
        return bool(careful) or affirms(_words("worries"), text) is True

    def _tells_harm(self, reading: Reading, places: Sequence[Span]) -> bool:
        """Whether a clause tells of a harm that comes at some places: it offers nothing there.

        Words that name a harm only together with a place tell of none.
        """
        harms = filter(self._vocabulary.harm, reading.concepts.get("outcome", ()))
        return any(
            tells_harm(reading, harm)
            for harm in harms
            if all(set(sign.spans).isdisjoint(places) for sign in reading.signs_of(harm))
        )
