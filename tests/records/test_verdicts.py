"""The verdict on a sentence that has several parts."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.records import Verdict, gravest

S, N, C, OVER, U = list(Verdict)[:5]
VERDICTS = st.sampled_from(Verdict)


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ((), None),
        ((N,), N),
        ((N, N), N),
        ((S, N), S),
        ((S, C, N), C),
        ((OVER, N), OVER),
        ((S, OVER, U, N), U),
    ],
)
def test_parts_that_nobody_can_check_do_not_count_beside_others(
    parts: tuple[Verdict, ...], whole: Verdict | None
) -> None:
    assert {gravest(order) for order in permutations(parts)} == {whole}


@given(st.lists(VERDICTS, min_size=1), VERDICTS)
def test_another_part_never_makes_a_sentence_better(parts: list[Verdict], part: Verdict) -> None:
    before, after = gravest(parts), gravest([*parts, part])
    assert before is not None
    assert after is not None
    assert after >= before or before is Verdict.NOT_CHECKABLE
