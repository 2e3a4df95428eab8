"""Cohen's kappa against tables worked out by hand and printed ones, and what holds of it always."""

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimbook.curation.agreement import agreement, raters
from claimbook.records import Review, Reviewer

Pairs = list[tuple[str, str]]


def table(yes_yes: int, yes_no: int, no_yes: int, no_no: int) -> Pairs:
    return [
        *[("yes", "yes")] * yes_yes, *[("yes", "no")] * yes_no,
        *[("no", "yes")] * no_yes, *[("no", "no")] * no_no,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pairs", "kappa", "low", "high"),
    [
        # They agree on 35 of 50 (0.7); by chance on 0.5 * 0.6 + 0.5 * 0.4 = 0.5; (0.7 - 0.5) / 0.5.
        # Wilson's interval of 35 of 50 is 0.5625 to 0.8090.
        (table(20, 5, 10, 15), 0.4, 0.1249, 0.6181),
        # Statistics for Data Science, table 6.1: "approximately equal to 0.625"
        (table(20, 5, 10, 65), 0.625, 0.4181, 0.7674),
        # statpsych, ci.kappa(.05, 31, 12, 4, 58): 0.6756757. Chance 0.5302; Wilson 0.7667 to 0.9040.
        (table(31, 12, 4, 58), 0.6756757, 0.5035, 0.7956),
        # All of three: chance 5/9; Wilson's interval of 3 of 3 is 0.4385 to 1.
        ([("yes", "yes"), ("yes", "yes"), ("no", "no")], 1.0, -0.2634, 1.0),
        (table(0, 1, 1, 0), -1.0, -1.0, 0.3152),  # never: chance 1/2; 0 of 2 is 0 to 0.6576
    ],
)
def test_worked_examples(pairs: Pairs, kappa: float, low: float, high: float) -> None:
    found = agreement(pairs)
    assert found.kappa == pytest.approx(kappa, abs=1e-7)
    assert found.low == pytest.approx(low, abs=1e-3)
    assert found.high == pytest.approx(high, abs=1e-3)


def test_one_rating_throughout_tells_nothing() -> None:
    found = agreement([("yes", "yes")] * 9)
    assert (found.rated, found.agreed, found.kappa, found.low) == (9, 9, None, None)
    with pytest.raises(ValueError, match="nothing that both rated"):
        agreement([])


RATING = st.sampled_from("abcd")
PAIRS = st.lists(st.tuples(RATING, RATING), min_size=1, max_size=60)


@given(PAIRS)
def test_it_has_its_bounds_and_stands_in_its_interval(pairs: Pairs) -> None:
    found = agreement(pairs)
    if found.kappa is None or found.low is None or found.high is None:
        assert len({rating for pair in pairs for rating in pair}) == 1
        return
    assert -1 <= found.low <= found.kappa + 1e-9
    assert found.kappa <= found.high + 1e-9 <= 1 + 2e-9
    assert (found.kappa == pytest.approx(1)) == all(one == other for one, other in pairs)


@given(PAIRS, st.randoms(), st.permutations("abcd"))
def test_neither_order_nor_names_matter(pairs: Pairs, random: object, names: Iterable[str]) -> None:
    found = agreement(pairs)
    renamed = dict(zip("abcd", names, strict=True))
    for same in (
        [(other, one) for one, other in pairs],
        sorted(pairs),
        [(renamed[one], renamed[other]) for one, other in pairs],
    ):
        again = agreement(same)
        assert again.agreed == found.agreed
        assert again.kappa == pytest.approx(found.kappa)


def review(name: str, who: str, subject: str, rates: str, of: str = "1", **more: object) -> Review:
    return Review(
        name,
        subject,
        of,
        date(2002, 1, int(name)),
        Reviewer(who, "invented"),
        rates=rates,
        **more,  # type: ignore[arg-type]
    )


def test_only_what_both_rated_on_their_own_is_compared() -> None:
    found = raters(
        [
            review("1", "Anna", "claim-a", "yes"),
            review("2", "Bert", "claim-a", "no"),
            review("3", "Bert", "claim-a", "yes"),  # he thought again
            review("4", "Anna", "claim-b", "no"),
            review("5", "Bert", "claim-b", "no", of="2"),  # of another version
            review("6", "Cara", "claim-a", "yes", adjudicates=("1", "2")),
            review("7", "Anna", "a/b", "low"),
            review("8", "Bert", "c/d", "low"),
        ]
    )
    assert [(each.names, each.kind, each.agreement.rated) for each in found] == [
        (("Anna", "Bert"), "claim", 1)
    ]
