"""Whatever order the small words of English stand in, they can be read."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimbook.language.clauses import read_clauses
from claimbook.language.negation import negated_spans
from claimbook.language.phrases import expanded, phrases
from claimbook.language.stance import denies, stance
from claimbook.language.strength import STEP_WORDS, wording

SECTIONS = [
    sorted({phrase for line in lines for phrase in expanded(line) if "*" not in phrase})
    for name in ("ladder", "clauses")
    for lines in phrases(name).values()
]
AROUND = ["tea", "burns", "it", "and", ",", ";", ".", "?", "(", ")", "–", ":"]
KINDS = [[word] for word in AROUND] + [each for each in SECTIONS if each]
WORDS = st.sampled_from(KINDS).flatmap(st.sampled_from)
PASSAGES = st.lists(WORDS, max_size=12).map(
    lambda words: " ".join(words).translate(str.maketrans("", "", "[]"))
)


@settings(max_examples=1_000)
@example("it is not known and may never be")
@given(PASSAGES)
def test_any_row_of_small_words_is_read(passage: str) -> None:
    for denying in (False, True):
        assert wording(passage, denying).step in STEP_WORDS
        marks = [mark for clause in read_clauses(passage, denying) for mark in clause.marks]
        assert all(mark.predicate >= 0 for mark in marks)
    assert negated_spans(passage) == sorted(negated_spans(passage))
    assert stance(passage)
    denies(passage, (len(passage), len(passage)))
