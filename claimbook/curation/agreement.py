"""How far two raters agree beyond chance: Cohen's kappa."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from claimbook.records import RATINGS, Review, wilson


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two raters made of the same things.

    `kappa` is 1 where they always agree, 0 where they agree as often as chance would have it, and
    below 0 where less often; `low` and `high` are the ends of its 95% interval. All three are None
    where both gave one and the same rating throughout: chance alone would then always agree.
    """

    rated: int
    agreed: int
    kappa: float | None
    low: float | None
    high: float | None


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """How far two raters agree on what each of them rated.

    Args:
        pairs: the first and the second rater's rating of each thing; at least one.
    Raises:
        ValueError: there is nothing that both rated.
    Source:
        Kappa: Cohen 1960, doi:10.1177/001316446002000104. Its interval takes chance agreement as
        given, like the usual standard error, sqrt(p(1 - p) / n) / (1 - chance) (Statistics for Data
        Science, chapter 6, p. 210), but with Wilson's interval of the share p on which they agree
        (doi:10.1080/01621459.1927.10502953): where they agree on all of a few things, the usual
        interval has no width.
    """
    if not pairs:
        raise ValueError("nothing that both rated")
    total = len(pairs)
    agreed = sum(first == second for first, second in pairs)
    firsts, seconds = (Counter(side) for side in zip(*pairs, strict=True))
    chance = sum(firsts[rating] * seconds[rating] for rating in firsts) / total**2
    if chance == 1:
        return Agreement(total, agreed, None, None, None)
    share = wilson(agreed, total)
    low, high = ((end / 100 - chance) / (1 - chance) for end in (share.low, share.high))
    kappa = (agreed / total - chance) / (1 - chance)
    return Agreement(total, agreed, kappa, max(low, -1.0), min(high, 1.0))


@dataclass(frozen=True, slots=True)
class Raters:
    """Two reviewers, by name, and how far they agree on claims, on findings or on links."""

    names: tuple[str, str]
    kind: str
    agreement: Agreement


def raters(reviews: Iterable[Review]) -> list[Raters]:
    """Every two reviewers who rated the same things, as these were then, each on their own.

    The last rating of a reviewer counts. Whoever settles a disagreement knows both ratings, so that
    rating is not compared.
    """
    ratings: dict[str, dict[str, dict[tuple[str, str], str]]] = {kind: {} for kind in RATINGS}
    for review in sorted(reviews, key=lambda review: (review.on, review.id)):
        if review.rates and not review.adjudicates:
            rated = ratings[review.kind].setdefault(review.reviewer.name, {})
            rated[review.subject, review.of] = review.rates
    return [
        Raters((one, other), kind, agreement([(by[one][key], by[other][key]) for key in both]))
        for kind, by in ratings.items()
        for one, other in combinations(sorted(by), 2)
        if (both := by[one].keys() & by[other].keys())
    ]
